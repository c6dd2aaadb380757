/** What a presenter sees of a class of thirty: who is where, and the way to each. */
import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait.ts';
import { type Class, NAMES, openDashboard, PORT_TAKEN, rowOf, says } from './class.ts';
import { haveClass } from './have-class.ts';
import { Attendee, type HubUnderTest } from './hub.ts';

let browser: Browser;
let hub: HubUnderTest;
let thirty: Class;

haveClass((had) => {
  ({ browser, hub, thirty } = had);
});

describe('the matrix', () => {
  it('shows everyone at each step, with reasons, who is stuck on top', async () => {
    const { page, complaints, close } = await openDashboard(browser, hub);
    await page.locator('select[data-part="chapter"]').selectOption('topics');
    await waitFor('thirty rows', async () => (await page.locator('tbody tr').count()) === 30);
    const failed = rowOf(page, '이서준').getByRole('gridcell', {
      name: /9092 포트가 이미 사용 중/,
    });
    expect(await failed.getAttribute('data-status')).toBe('failed');
    expect(await failed.locator('span').getAttribute('data-mark')).toBe('포트');
    const stuck = await page
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => row.hasAttribute('data-stuck')));
    expect(stuck.slice(0, 10)).toEqual(Array(10).fill(true));
    expect(stuck.slice(10)).not.toContain(true);
    // Who has no lab waits for nothing.
    await says(rowOf(page, NAMES[6] ?? '').locator('[data-part="how"]'), '읽기만');
    expect(
      await rowOf(page, NAMES[6] ?? '')
        .locator('[data-label="시작 전"]')
        .count(),
    ).toBe(0);
    // All of the reason, for who points at it.
    await failed.hover();
    await says(page.locator('[data-part="detail"]'), PORT_TAKEN.text);
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows what failed of the way to where a chapter begins, by its own name', async () => {
    const { page, complaints, close } = await openDashboard(browser, hub);
    const guest = new Attendee(hub.door);
    await guest.join(hub.code, '늦은이', 'local');
    const [run, reason] = [randomUUID(), PORT_TAKEN];
    guest.report({ kind: 'progress', step: 'failures/start', run, status: 'failed', reason });
    await page.locator('select[data-part="chapter"]').selectOption('failures');
    const cell = rowOf(page, '늦은이').getByRole('gridcell', {
      name: /^늦은이, 3장 시작 준비: 실패/,
    });
    await cell.waitFor();
    expect(await cell.locator('span').getAttribute('data-mark')).toBe('포트');
    // Under its own head, from where nobody is sent.
    const heads = page.getByRole('columnheader');
    const head = heads.nth(await cell.evaluate((each) => (each as HTMLTableCellElement).cellIndex));
    expect(await head.textContent()).toBe('3장 시작 준비');
    await says(rowOf(page, '늦은이').locator('[data-part="where"]'), '3장 시작 준비');
    await cell.click();
    await says(page.locator('.look [data-part="done"]'), '3장 시작 준비');
    guest.say({ type: 'room.leave' });
    await page.locator('.look').waitFor({ state: 'hidden' });
    guest.leave();
    expect(complaints).toEqual([]);
    await close();
  });

  it('says of what has passed whether it runs on, and of what did not begin that it did not', async () => {
    const { page, complaints, close } = await openDashboard(browser, hub);
    const guest = new Attendee(hub.door);
    await guest.join(hub.code, '돌림이', 'local');
    const [run, goesOn] = [randomUUID(), { status: 'passed', background: true } as const];
    guest.report({ kind: 'progress', step: 'topics/list', run, ...goesOn, reason: null });
    await page.locator('select[data-part="chapter"]').selectOption('topics');
    const row = rowOf(page, '돌림이');
    await says(row.locator('[data-part="how"]'), '성공 · 실행 중');
    const cell = row.locator('td.cell[data-status="passed"]');
    expect(await cell.locator('span').getAttribute('data-mark')).toBe('실행 중');
    await cell.click();
    await says(page.locator('.look [data-part="done"]'), '아직 실행 중');
    guest.report({ kind: 'progress', step: 'topics/list', run, status: 'passed', reason: null });
    await waitFor(
      'its end',
      async () => (await row.locator('[data-part="how"]').textContent()) === '성공',
    );
    await says(page.locator('.look [data-part="done"]'), /^[^아]*$/);

    const reason = { kind: 'cluster-down', text: '클러스터가 아직 없습니다.' };
    const refused = { status: 'refused', reason } as const;
    guest.report({ kind: 'progress', step: 'topics/list', run: randomUUID(), ...refused });
    await row
      .getByRole('gridcell', { name: /: 실행하지 않음 · .*클러스터가 아직 없습니다/ })
      .waitFor();
    await says(page.locator('.look [data-part="done"]'), '실행하지 않음');
    expect(await row.getAttribute('data-stuck')).toBe('');
    guest.say({ type: 'room.leave' });
    await page.locator('.look').waitFor({ state: 'hidden' });
    guest.leave();
    expect(complaints).toEqual([]);
    await close();
  });

  it('gathers failures of one cause, and shows only their rows when it is asked to', async () => {
    const { page, close } = await openDashboard(browser, hub);
    const cause = page.getByRole('button', { name: '7명: 9092 포트가 이미 사용 중' });
    await cause.click();
    await waitFor('seven rows', async () => (await page.locator('tbody tr').count()) === 7);
    expect(await cause.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: '모두 보기' }).click();
    await waitFor('all rows', async () => (await page.locator('tbody tr').count()) === 30);
    await close();
  });

  it.each([1024, 390])(
    'has the class right after who needs help, %i pixels wide',
    async (width) => {
      const { page, close } = await openDashboard(browser, hub, {
        viewport: { width, height: 768 },
      });
      const heads = await page
        .locator('lab-class h2:visible')
        .evaluateAll((all) =>
          all.map((each) => [each.id, each.getBoundingClientRect().top] as const),
        );
      expect(heads.slice(0, 2).map(([id]) => id)).toEqual(['class-help', 'class-matrix']);
      const [help = 0, matrix = 0, ...others] = heads.map(([, top]) => top);
      expect(matrix).toBeGreaterThan(help);
      expect(Math.min(...others)).toBeGreaterThan(matrix);
      await close();
    },
  );

  it('shows who somebody is, how they stand, and at least four steps on a phone', async () => {
    const name = '긴이름을가진참가자입니다';
    const guest = new Attendee(hub.door);
    await guest.join(hub.code, name, 'local');
    const { page, complaints, close } = await openDashboard(browser, hub, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    /** Of the heads of steps, those that are seen whole. */
    const seen = (): Promise<string[]> =>
      page.locator('[data-part="scroll"]').evaluate((box) => {
        const left = box.querySelector('th')?.getBoundingClientRect().right ?? 0;
        const right = box.getBoundingClientRect().left + box.clientLeft + box.clientWidth;
        return [...box.querySelectorAll<HTMLElement>('th:has([data-part="move"])')]
          .filter((head) => {
            const { left: from, right: to } = head.getBoundingClientRect();
            return from >= left - 1 && to <= right + 1;
          })
          .map(({ dataset }) => dataset.title ?? '');
      });
    for (const chapter of ['failures', 'topics']) {
      await page.locator('select[data-part="chapter"]').selectOption(chapter);
      await waitFor('its steps', async () => (await seen()).length >= 4);
    }
    const row = rowOf(page, name);
    await says(row.locator('[data-part="standing"]'), '아직 실행 없음');
    expect(await row.locator('[data-part="standing"]').isVisible()).toBe(true);
    const button = row.getByRole('button');
    expect(await button.evaluate((each) => each.scrollWidth - each.clientWidth)).toBeGreaterThan(0);
    // What a finger meets, beside what others are.
    const small = await page.locator('table button').evaluateAll((all) =>
      all
        .map((each) => each.getBoundingClientRect())
        .filter(({ width, height }) => width < 24 || height < 24)
        .map(({ width, height }) => `${width} × ${height}`),
    );
    expect(small).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    // Where the class goes comes into sight by itself, and all of a head once it is tapped.
    const last = page.getByRole('button', { name: /: orders 토픽의 파티션과 복제 상태$/ });
    expect(await seen()).not.toContain('orders 토픽의 파티션과 복제 상태');
    await last.evaluate((each) => (each as HTMLElement).click());
    await waitFor('it', async () => (await seen()).includes('orders 토픽의 파티션과 복제 상태'));
    await page.locator('th[aria-current] .title').tap();
    await says(page.locator('[data-part="detail"]'), 'orders 토픽의 파티션과 복제 상태');
    expect(await page.locator('[data-part="detail"]').isVisible()).toBe(true);
    await page
      .getByRole('button', { name: /: 모든 토픽 목록 보기$/ })
      .evaluate((each) => (each as HTMLElement).click());
    await says(page.locator('th[aria-current] .title'), '모든 토픽 목록 보기');
    // Nothing that is not seen has the focus.
    await button.focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('td.cell:focus').count()).toBe(1);
    await button.tap();
    await says(page.locator('.look h2'), `${name} 님`);
    guest.say({ type: 'room.leave' });
    await page.locator('.look').waitFor({ state: 'hidden' });
    guest.leave();
    expect(complaints).toEqual([]);
    await close();
  });

  it('takes all pages to a step', async () => {
    const { page, close } = await openDashboard(browser, hub);
    await page.locator('select[data-part="chapter"]').selectOption('topics');
    await page
      .getByRole('button', { name: '모두 여기로: orders 토픽의 파티션과 복제 상태' })
      .click();
    await waitFor('the room to move', () =>
      thirty
        .person(0)
        .heard.some(
          (each) => each.type === 'room.view' && each.place?.step === 'topics/describe-orders',
        ),
    );
    await page.locator('th[aria-current="step"]').waitFor();
    await close();
  });
});
