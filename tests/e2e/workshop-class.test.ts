/** The presenter's dashboard: who is where in a class of thirty, who needs help, and a look at each. */
import { randomUUID } from 'node:crypto';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../free-port.ts';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { type Class, NAMES, openClass, openDashboard, PORT_TAKEN, says } from './class.ts';
import { Attendee, type HubUnderTest, startHub } from './hub.ts';
import { openPage } from './page.ts';

let browser: Browser;
let hub: HubUnderTest;
let thirty: Class;

beforeAll(async () => {
  hub = await startHub(await freePort(), '--new');
  browser = await launchBrowser();
  thirty = await openClass(hub);
});
afterAll(async () => {
  await browser.close();
  thirty.leave();
  hub.program.child.kill('SIGINT');
  await hub.program.exited;
});

const rowOf = (page: Page, name: string): Locator =>
  page.locator('tbody tr', { has: page.getByRole('button', { name: `${name} 자세히 보기` }) });

describe('the dashboard', () => {
  it('says which class it is, in its heading and on its tab', async () => {
    const { page, close } = await openDashboard(browser, hub);
    await says(page.locator('h1'), '카프카 실습 3기 · 수업 현황');
    expect(await page.title()).toBe('카프카 실습 3기 · 수업 현황');
    // In the letters that people's names are in, whatever the computer has.
    const fonts = await page
      .locator('h1, lab-class')
      .evaluateAll((all) => all.map((each) => getComputedStyle(each).fontFamily));
    expect(fonts[0]).toContain('Pretendard');
    expect(fonts[1]).toBe(fonts[0]);
    await close();
  });

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

  it('shows the largest causes and the oldest hands, and the others where they are asked for', async () => {
    const { page, complaints, close } = await openDashboard(browser, hub);
    const come = async (index: number): Promise<Attendee> => {
      const guest = new Attendee(hub.door);
      await guest.join(hub.code, `손님 ${index}`, 'local');
      const [run, step] = [randomUUID(), 'topics/list'];
      const reason = { kind: 'unavailable', text: `까닭 ${index}` };
      guest.report({ kind: 'progress', step, run, status: 'failed', reason });
      guest.report({ kind: 'hand', up: true, step });
      await guest.hears('room.hand');
      return guest;
    };
    const guests: Attendee[] = [];
    for (let index = 0; index < 20; index += 1) guests.push(await come(index));
    const causes = page.locator('.causes [data-part="chip"]').filter({ visible: true });
    const hands = page.locator('.queue li').filter({ visible: true });
    const otherCauses = page.getByText('그 밖의 원인');
    const otherHands = page.getByText('그 뒤에 기다리는');
    await says(otherCauses, '그 밖의 원인 18개');
    await says(otherHands, '그 뒤에 기다리는 17명');
    expect([await causes.count(), await hands.count()]).toEqual([5, 3]);
    expect(await causes.first().textContent()).toBe('7명: 9092 포트가 이미 사용 중');
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect((await page.locator('#class-matrix').boundingBox())?.y).toBeLessThan(800);
    }
    // To whom somebody goes keeps their place, and takes none of who waits.
    await page.getByRole('button', { name: '가는 중: 손님 0' }).click();
    await says(otherHands, '그 뒤에 기다리는 16명');
    expect(await hands.count()).toBe(4);
    await otherHands.click();
    await page.getByRole('button', { name: '가는 중: 손님 9' }).click();
    await says(otherHands, '그 뒤에 기다리는 15명');
    await says(page.locator('[data-part="help-count"]'), '18명 기다림 · 2명에게 가는 중');
    await otherHands.click();
    await otherCauses.focus();
    await page.keyboard.press('Enter');
    await waitFor('all causes', async () => (await causes.count()) === 23);
    guests.push(await come(20));
    await waitFor('another', async () => (await causes.count()) === 24);
    await page.getByRole('button', { name: '1명: 까닭 20', exact: true }).click();
    await waitFor('their row', async () => (await page.locator('tbody tr').count()) === 1);
    for (const guest of guests) guest.say({ type: 'room.leave' });
    await otherCauses.waitFor({ state: 'hidden' });
    await otherHands.waitFor({ state: 'hidden' });
    for (const guest of guests) guest.leave();
    expect(complaints).toEqual([]);
    await close();
  });

  it('says that it has copied the address, for a while', async () => {
    const { page: first, close } = await openDashboard(browser, hub);
    const page = await first.context().newPage();
    await page.clock.install();
    await page.goto(first.url());
    await page.getByRole('button', { name: '주소 복사' }).click();
    const said = page.locator('[data-part="copied"]');
    await says(said, '복사했습니다.');
    await page.clock.fastForward(10_000);
    expect(await said.textContent()).toBe('');
    await close();
  });

  it('gathers what computers lack, whatever the numbers on each', async () => {
    const { page, close } = await openDashboard(browser, hub);
    await page.getByRole('button', { name: '3명: 메모리가 모자랍니다', exact: true }).click();
    await waitFor('their rows', async () => (await page.locator('tbody tr').count()) === 3);
    await close();
  });

  it.each(['light', 'dark'] as const)(
    'has labels on its buttons also under the pointer, in the %s theme',
    async (colorScheme) => {
      const { page, close } = await openDashboard(browser, hub, { colorScheme });
      await page.locator('select[data-part="chapter"]').selectOption('topics');
      await page.getByRole('button', { name: /: 모든 토픽 목록 보기$/ }).click();
      await page.locator('th[aria-current="step"]').waitFor();
      await page.locator('[data-part="causes"] button').first().click();
      // One of each look.
      for (const look of [
        'button.primary',
        'th[aria-current] button',
        'th:not([aria-current]) button',
        '[data-part="chip"][aria-pressed="true"]',
        '[data-part="chip"][aria-pressed="false"]',
        '.reasons button',
        '.tools button',
        '.tools a',
        'tbody td.name button',
      ]) {
        await page.locator(`lab-class :is(${look}):visible`).first().hover();
        expect(await violations(page, 'lab-class :hover:is(button, a)')).toEqual([]);
      }
      await close();
    },
  );

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

  it('has actions that look like buttons, and places that look like links', async () => {
    const { page, close } = await openDashboard(browser, hub);
    thirty.person(18).report({ kind: 'hand', up: true, step: null });
    await page.getByRole('button', { name: `가는 중: ${NAMES[18]}` }).waitFor();
    await page.getByRole('button', { name: `${NAMES[1]} 자세히 보기` }).click();
    const looks = await page.locator('lab-class :is(button, a)').evaluateAll((all) =>
      all
        .filter((each) => each.checkVisibility())
        .map((each) => {
          const { borderTopWidth, textDecorationLine } = getComputedStyle(each);
          const isPlace =
            each.matches('a') || (each.getAttribute('aria-label') ?? '').endsWith('자세히 보기');
          const isButton = borderTopWidth !== '0px' && textDecorationLine === 'none';
          const isLink = borderTopWidth === '0px' && textDecorationLine === 'underline';
          return (isPlace ? isLink : isButton) ? '' : each.outerHTML;
        })
        .filter((each) => each !== ''),
    );
    expect(looks).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: `해결: ${NAMES[18]}` }).click();
    await page.locator('[data-part="help-none"]').waitFor();
    await close();
  });

  it('is walked by the arrows of the keyboard, and opens a person by Enter', async () => {
    const { page, close } = await openDashboard(browser, hub);
    await page.locator('select[data-part="chapter"]').selectOption('topics');
    await page.getByRole('button', { name: '이서준 자세히 보기' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    const focused = page.locator('td:focus');
    expect(await focused.getAttribute('aria-label')).toContain('이서준');
    await page.keyboard.press('Enter');
    await says(page.locator('.look h2'), '이서준');
    expect(await page.locator('.look [data-part="close"]:focus').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await focused.getAttribute('aria-label')).toContain('이서준');
    const at = (): Promise<unknown> =>
      page.locator('table :focus').evaluate((each) => {
        const cell = each.closest<HTMLTableCellElement>('th, td');
        const row = cell?.closest('tr');
        return [
          row?.previousElementSibling === null && row.parentElement?.tagName === 'THEAD',
          row?.nextElementSibling === null && row.parentElement?.tagName === 'TBODY',
          cell?.previousElementSibling === null,
          cell?.nextElementSibling === null,
        ];
      });
    await page.keyboard.press('Control+Home');
    expect(await at()).toEqual([true, false, true, false]);
    await page.keyboard.press('Control+End');
    expect(await at()).toEqual([false, true, false, true]);
    await page.getByRole('button', { name: '이서준 자세히 보기' }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await says(page.locator('.look h2'), '이서준');
    await page.keyboard.press('Escape');
    await page.locator('.look').waitFor({ state: 'hidden' });
    expect(await page.locator('table [tabindex="0"]').count()).toBe(1);
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

  it('has a queue of hands: the first is the first, claimed, and done', async () => {
    const { page, close } = await openDashboard(browser, hub);
    thirty.person(20).report({ kind: 'hand', up: true, step: 'topics/list' });
    await thirty.person(20).hears('room.hand');
    thirty.person(13).report({ kind: 'hand', up: true, step: null });
    const queue = page.locator('[data-part="queue"] li');
    await waitFor('two hands', async () => (await queue.count()) === 2);
    expect(await queue.first().textContent()).toContain(NAMES[20]);
    await says(page.locator('tbody tr').first(), '손듦');
    const count = page.locator('[data-part="help-count"]');
    await says(count, /^2명 기다림$/);
    await page.getByRole('button', { name: `가는 중: ${NAMES[20]}` }).click();
    // To whom somebody goes waits no longer: in the queue, its number, and their row.
    await says(count, /^1명 기다림 · 1명에게 가는 중$/);
    await says(queue.first().locator('[data-part="where"]'), /· 가는 중입니다$/);
    const hands = page.locator('tbody [data-part="hand"]:not(:empty)');
    expect(await hands.allTextContents()).toEqual(['가는 중', '손듦']);
    expect(await hands.first().getAttribute('data-claimed')).toBe('');
    await waitFor('them to be told', () =>
      thirty.person(20).heard.some((each) => each.type === 'room.hand' && each.state === 'claimed'),
    );
    await page.getByRole('button', { name: `해결: ${NAMES[20]}` }).click();
    await waitFor('one hand', async () => (await queue.count()) === 1);
    await page.locator('[data-part="queue"] .name:focus').waitFor();
    await page.getByRole('button', { name: `해결: ${NAMES[13]}` }).click();
    await page.locator('[data-part="help-none"]').waitFor();
    await close();
  });

  it('says of who has gone that they have, after all who are there', async () => {
    const guest = new Attendee(hub.door);
    await guest.join(hub.code, '떠난이', 'local');
    const [run, reason, step] = [randomUUID(), PORT_TAKEN, 'topics/list'];
    guest.report({ kind: 'progress', step, run, status: 'failed', reason });
    guest.report({ kind: 'hand', up: true, step });
    await guest.hears('room.hand');
    guest.leave();
    thirty.person(20).report({ kind: 'hand', up: true, step: null });
    const { page, complaints, close } = await openDashboard(browser, hub);
    const queue = page.locator('[data-part="queue"] li');
    await waitFor('two hands', async () => (await queue.count()) === 2);
    await says(queue.last(), '떠난이');
    await says(queue.last().locator('[data-part="where"]'), /· 연결 끊김$/);
    const row = page.locator('tbody tr').last();
    await says(row.locator('[data-part="nickname"]'), '떠난이');
    await says(row.locator('[data-part="lab"]'), '연결 끊김');
    await says(row.locator('[data-part="how"]'), '막힌 채 끊김');
    await page.getByRole('button', { name: '8명(그중 1명 연결 끊김): 9092 포트' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: '해결: 떠난이' }).click();
    await page.getByRole('button', { name: `해결: ${NAMES[20]}` }).click();
    await page.locator('[data-part="help-none"]').waitFor();
    await row.click();
    await page.getByRole('button', { name: '내보내기', exact: true }).click();
    await page.getByRole('button', { name: '정말 내보내기' }).click();
    await waitFor('thirty rows', async () => (await page.locator('tbody tr').count()) === 30);
    expect(complaints).toEqual([]);
    await close();
  });

  it('helps from where all of a person is shown, while their hand is up', async () => {
    const { page, complaints, close } = await openDashboard(browser, hub);
    const look = page.locator('.look');
    await page.getByRole('button', { name: `${NAMES[20]} 자세히 보기` }).click();
    await look.getByRole('button', { name: '터미널 출력을 보여 달라고 하기' }).waitFor();
    expect(await look.getByRole('button', { name: '가는 중' }).isVisible()).toBe(false);
    thirty.person(20).report({ kind: 'hand', up: true, step: 'topics/list' });
    await look.getByRole('button', { name: '가는 중' }).click();
    await says(look.locator('[data-part="about"]'), '가는 중');
    await look.getByRole('button', { name: '가는 중' }).waitFor({ state: 'hidden' });
    await look.getByRole('button', { name: '해결' }).click();
    await look.getByRole('button', { name: '해결' }).waitFor({ state: 'hidden' });
    await page.locator('[data-part="help-none"]').waitFor({ state: 'attached' });
    expect(complaints).toEqual([]);
    await close();
  });

  it('has the class in sight beside three hands also in a small window', async () => {
    const { page, close } = await openDashboard(browser, hub, {
      viewport: { width: 1024, height: 768 },
    });
    for (const index of [1, 4, 9]) {
      thirty.person(index).report({ kind: 'hand', up: true, step: 'topics/describe-orders' });
      await page.locator('.queue .name', { hasText: NAMES[index] ?? '' }).waitFor();
    }
    const first = await page.locator('tbody tr').first().boundingBox();
    expect((first?.y ?? 0) + (first?.height ?? 0)).toBeLessThan(768);
    for (const index of [1, 4, 9])
      await page.getByRole('button', { name: `해결: ${NAMES[index]}` }).click();
    await page.locator('[data-part="help-none"]').waitFor();
    await close();
  });

  it('says why who needs help has failed, and shortens what is long', async () => {
    const { page, close } = await openDashboard(browser, hub, {
      viewport: { width: 1366, height: 768 },
    });
    const guest = new Attendee(hub.door);
    await guest.join(hub.code, '긴사연', 'local');
    const [run, step] = [randomUUID(), 'failures/stop-kafka1'];
    const text = `org.apache.kafka.common.errors.${'Timeout'.repeat(20)}, ${'연결하지 못했고, '.repeat(10)}`;
    const reason = { kind: 'other', text };
    guest.report({ kind: 'progress', step, run, status: 'failed', reason });
    guest.report({ kind: 'preflight', findings: [{ kind: 'disk', good: false, text }] });
    guest.report({ kind: 'hand', up: true, step });
    const why = page.locator('[data-part="queue"] [data-part="why"]');
    await says(why, text);
    expect(await why.getAttribute('title')).toBe(text);
    expect((await why.boundingBox())?.height).toBeLessThan(24);
    const chips = page.locator('[data-part="chip"]', { hasText: 'org.apache' });
    await waitFor('both', async () => (await chips.count()) === 2);
    for (const chip of await chips.all()) {
      expect(await chip.getAttribute('title')).toContain(text.trim());
      expect((await chip.boundingBox())?.height).toBeLessThan(56);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1366);
    // All of it is there once it was pressed.
    await chips.first().click();
    await says(page.locator('[data-part="filter-text"]'), text.trim());
    guest.say({ type: 'room.leave' });
    await why.waitFor({ state: 'detached' });
    guest.leave();
    await close();
  });

  it('shows each cell that the arrows go to, also where the chapter is wider than the window', async () => {
    const { page, close } = await openDashboard(browser, hub, {
      viewport: { width: 1366, height: 768 },
    });
    await page.locator('select[data-part="chapter"]').selectOption('failures');
    await page.getByRole('button', { name: '이서준 자세히 보기' }).focus();
    await page.keyboard.press('End');
    const name = await page.locator('tbody td.name').first().boundingBox();
    const end = (name?.x ?? 0) + (name?.width ?? 0);
    const cell = page.locator('td:focus');
    const index = (): Promise<number> =>
      cell.evaluate((each) => (each as HTMLTableCellElement).cellIndex);
    for (let at = await index(); at > 1; at = await index()) {
      await page.keyboard.press('ArrowLeft');
      expect((await cell.boundingBox())?.x).toBeGreaterThanOrEqual(end - 1);
    }
    await close();
  });

  it('has its head in sight as long as its rows, and no scrollbar up and down but the page’s', async () => {
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      const { page, complaints, close } = await openDashboard(browser, hub, { viewport });
      await page.locator('select[data-part="chapter"]').selectOption('failures');
      const rows = page.locator('tbody tr');
      await waitFor('thirty rows', async () => (await rows.count()) === 30);
      const own = await page.locator('table, table *, .scroll').evaluateAll(
        (all) =>
          all.filter((each) => {
            const scrolls = /auto|scroll/.test(getComputedStyle(each).overflowY);
            return scrolls && each.scrollHeight > each.clientHeight;
          }).length,
      );
      expect(own).toBe(0);
      await page.evaluate(() => {
        const last = document.querySelector('tbody tr:last-child');
        scrollBy(0, (last?.getBoundingClientRect().bottom ?? 0) - innerHeight);
      });
      const seen = (): Promise<{ head: boolean; rows: number }> =>
        page.evaluate(() => {
          const nav = document.querySelector('header.header')?.getBoundingClientRect().bottom ?? 0;
          const head = document.querySelector('thead')?.getBoundingClientRect();
          const under = head?.bottom ?? 0;
          const whole = [...document.querySelectorAll('tbody tr')].filter((row) => {
            const { top, bottom } = row.getBoundingClientRect();
            return top >= under - 1 && bottom <= innerHeight + 1;
          });
          return { head: Math.abs((head?.top ?? 0) - nav) < 2, rows: whole.length };
        });
      // Of names that need two lines on a phone, fewer.
      const many = viewport.width === 390 ? 8 : 14;
      await waitFor('the head', async () => (await seen()).head);
      expect((await seen()).rows).toBeGreaterThanOrEqual(many);
      // By the keyboard, nobody goes where they do not see it.
      await page.locator('tbody td.name button').last().focus();
      const focused = page.locator('tbody :focus');
      const head = page.locator('thead');
      for (let count = 0; count < 25; count += 1) {
        await page.keyboard.press('ArrowUp');
        const [at, over] = [await focused.boundingBox(), await head.boundingBox()];
        expect(at?.y).toBeGreaterThanOrEqual((over?.y ?? 0) + (over?.height ?? 0) - 1);
      }
      expect(complaints).toEqual([]);
      await close();
    }
  });

  it('has its head over its columns, whichever of both is scrolled sideways', async () => {
    const { page, close } = await openDashboard(browser, hub, {
      viewport: { width: 1024, height: 768 },
    });
    await page.locator('select[data-part="chapter"]').selectOption('failures');
    await waitFor('its columns', async () => (await page.locator('thead th').count()) > 12);
    const apart = (): Promise<number> =>
      page.evaluate(() => {
        const [heads, cells] = ['thead tr > *', 'tbody tr:first-child > *'].map((cells) =>
          [...document.querySelectorAll(cells)].map((each) => each.getBoundingClientRect()),
        );
        const differences = (heads ?? []).map((head, index) =>
          Math.max(
            Math.abs(head.left - (cells?.[index]?.left ?? 0)),
            Math.abs(head.width - (cells?.[index]?.width ?? 0)),
          ),
        );
        return Math.max(...differences);
      });
    expect(await apart()).toBeLessThan(1);
    for (const [part, left] of [
      ['thead', 200],
      ['tbody', 120],
      ['thead', 0],
    ] as const) {
      await page.locator(part).evaluate((each, to) => {
        each.scrollLeft = to;
      }, left);
      await waitFor('the other', async () => (await apart()) < 1);
      expect(await page.locator(part).evaluate((each) => each.scrollLeft)).toBe(left);
    }
    await close();
  });

  it.each([1280, 1440])(
    'has the queue, and the class, beside a person, %i pixels wide',
    async (width) => {
      const { page, complaints, close } = await openDashboard(browser, hub, {
        viewport: { width, height: 900 },
      });
      const look = page.locator('.look');
      await page.getByRole('button', { name: `${NAMES[1]} 자세히 보기` }).click();
      await says(look.locator('h2'), NAMES[1] ?? '');
      expect(await look.locator('[data-part="waiting"]').isVisible()).toBe(false);
      for (const index of [20, 13])
        thirty.person(index).report({ kind: 'hand', up: true, step: null });
      await says(page.locator('[data-part="help-count"]'), '2명 기다림');
      // Also far down the class; each is clicked where it is seen.
      await page.locator('tbody tr').last().scrollIntoViewIfNeeded();
      await page.getByRole('button', { name: `가는 중: ${NAMES[20]}` }).click();
      await page
        .getByRole('button', { name: `가는 중: ${NAMES[20]}` })
        .waitFor({ state: 'hidden' });
      for (const index of [20, 13])
        await page.getByRole('button', { name: `해결: ${NAMES[index]}` }).click();
      await page.locator('[data-part="help-none"]').waitFor();
      expect(await look.isVisible()).toBe(true);
      const [panel, table] = [await look.boundingBox(), await page.locator('table').boundingBox()];
      expect((table?.x ?? 0) + (table?.width ?? 0)).toBeLessThanOrEqual(panel?.x ?? 0);
      expect(table?.width).toBeGreaterThan(width / 2 - 80);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await violations(page)).toEqual([]);
      // So is what else leads the class.
      await page.getByText('새 투표').click();
      await page.getByRole('button', { name: '투표 시작' }).click({ trial: true });
      await page.getByRole('button', { name: '닫기', exact: true }).click();
      await look.waitFor({ state: 'hidden' });
      expect((await page.locator('table').boundingBox())?.width).toBeGreaterThan(table?.width ?? 0);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it.each([1024, 390])(
    'says over a person who else waits, and leads to them, %i pixels wide',
    async (width) => {
      const { page, close } = await openDashboard(browser, hub, {
        viewport: { width, height: 768 },
      });
      const waiting = page.locator('.look [data-part="waiting"]');
      await page.getByRole('button', { name: `${NAMES[20]} 자세히 보기` }).click();
      thirty.person(20).report({ kind: 'hand', up: true, step: null });
      await page.locator('.look').getByRole('button', { name: '가는 중' }).waitFor();
      // They are not another.
      expect(await waiting.isVisible()).toBe(false);
      thirty.person(13).report({ kind: 'hand', up: true, step: null });
      await says(waiting, '다른 1명이 도움을 기다립니다');
      await waiting.getByRole('button').click();
      await page.locator('.look').waitFor({ state: 'hidden' });
      await page.locator('.queue .name:focus').waitFor();
      for (const index of [20, 13])
        await page.getByRole('button', { name: `해결: ${NAMES[index]}` }).click();
      await page.locator('[data-part="help-none"]').waitFor();
      await close();
    },
  );

  it('has the question of the step where the class is ready to ask, until another is chosen', async () => {
    const { page, close } = await openDashboard(browser, hub);
    const form = page.locator('[data-part="poll-form"]');
    const [from, question] = [form.locator('select'), form.locator('[name="question"]')];
    const options = form.locator('[name="options"]');
    const go = async (chapter: string, title: string): Promise<void> => {
      await page.locator('select[data-part="chapter"]').selectOption(chapter);
      await page.getByRole('button', { name: `모두 여기로: ${title}` }).click();
      await page.locator('th[aria-current]', { hasText: title }).waitFor();
    };
    await page.getByText('새 투표').click();
    await go('failures', 'kafka1 중단하기');
    await waitFor('its question', async () => (await question.inputValue()) !== '');
    expect(await from.inputValue()).toBe('failures/stop-kafka1');
    expect((await options.inputValue()).split('\n')).toContain('kafka2');
    // Where nothing is asked, nothing is.
    await go('topics', '모든 토픽 목록 보기');
    await waitFor('no question', async () => (await question.inputValue()) === '');
    expect([await from.inputValue(), await options.inputValue()]).toEqual(['', '']);
    await question.fill('다음은 무엇을 볼까요?');
    await go('failures', 'kafka1 중단하기');
    expect(await question.inputValue()).toBe('다음은 무엇을 볼까요?');
    expect(await from.inputValue()).toBe('');
    await close();
  });

  it('shows somebody out, once it is asked twice, and they are gone from it', async () => {
    const { page, complaints, close } = await openDashboard(browser, hub);
    const guest = new Attendee(hub.door);
    await guest.join(hub.code, '불청객', 'local');
    guest.report({ kind: 'hand', up: true, step: null });
    await guest.hears('room.hand');
    await page.getByRole('button', { name: '불청객 자세히 보기' }).last().click();
    await page.getByRole('button', { name: '내보내기', exact: true }).click();
    expect(await page.locator(':focus').textContent()).toBe('그대로 두기');
    await page.getByRole('button', { name: '정말 내보내기' }).click();
    await page.locator('.look').waitFor({ state: 'hidden' });
    const traces = page.locator('[data-part="room"]').getByText('불청객');
    await waitFor('them to be gone', async () => (await traces.count()) === 0);
    // By the keyboard, it goes on with who is next.
    const focused = page.locator('tbody [data-part="nickname"]:focus');
    expect(await focused.count()).toBe(1);
    expect(await guest.hears('room.refused')).toMatchObject({ code: 'removed' });
    await guest.closed;
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows all out who are not connected, once it is asked twice, and nobody else', async () => {
    const { page, complaints, close } = await openDashboard(browser, hub);
    const ask = page.getByRole('button', { name: /^연결이 끊긴/ });
    await says(page.locator('[data-part="people"]'), '30명 접속 · 모두 30명');
    expect(await ask.count()).toBe(0);
    for (const name of ['침입자', '침입자']) {
      const guest = new Attendee(hub.door);
      await guest.join(hub.code, name, 'none');
      guest.leave();
    }
    await says(page.locator('[data-part="people"]'), '30명 접속 · 모두 32명');
    await says(ask, '연결이 끊긴 2명 내보내기');
    const top = async (): Promise<number | undefined> =>
      (await page.locator('#class-matrix').boundingBox())?.y;
    // What is asked moves nothing away.
    for (const width of [1440, 1024]) {
      await page.setViewportSize({ width, height: 900 });
      const before = await top();
      await ask.click();
      await page.getByRole('button', { name: '정말 2명 내보내기' }).waitFor();
      expect(await top()).toBe(before);
      await page.getByRole('button', { name: '그대로 두기' }).click();
    }
    await ask.click();
    expect(await page.locator(':focus').textContent()).toBe('그대로 두기');
    await page.getByRole('button', { name: '정말 2명 내보내기' }).click();
    await says(page.locator('[data-part="people"]'), '30명 접속 · 모두 30명');
    await ask.waitFor({ state: 'hidden' });
    expect(await page.locator(':focus').textContent()).toBe('새 코드');
    expect(complaints).toEqual([]);
    await close();
  });

  it('asks for a look, shows what is shared and by whom, and nothing of it once withdrawn', async () => {
    const { page, complaints, close } = await openDashboard(browser, hub);
    await page.getByRole('button', { name: '이서준 자세히 보기' }).click();
    await page.getByRole('button', { name: '터미널 출력을 보여 달라고 하기' }).click();
    await thirty.person(1).hears('room.asked');
    const note = page.locator('.look [data-part="note"]');
    await says(note, '물어보았습니다');
    thirty.person(1).say({ type: 'room.decline', why: 'refused' });
    await says(note, '이서준 님이 이번에는 보여 주지 않겠다고 했습니다');
    // Nobody has asked them.
    thirty.person(1).say({ type: 'room.decline', why: 'nothing' });
    const run = randomUUID();
    const screen = (): Promise<string> =>
      page
        .locator('lab-class')
        .evaluate((each) => (each as HTMLElement & { screenText: string }).screenText);
    thirty.person(1).say({ type: 'room.share', run, step: 'topics/describe-orders', on: true });
    thirty
      .person(1)
      .output(
        run,
        0,
        '$ docker exec kafka1 kafka-topics --describe\r\n\x1b[31mConnection refused\x1b[0m\r\n',
      );
    await says(note, '이서준 님이 공유 중');
    await says(page.locator('[data-part="shares"]'), '이서준 님이 터미널을 보여 주고 있습니다');
    await waitFor('its output', async () => (await screen()).includes('Connection refused'));
    // Also where not all that is known of them fits into the window.
    await page.setViewportSize({ width: 1440, height: 400 });
    const cut = await page
      .locator('.look .screen')
      .evaluate((each) => (each.querySelector('.xterm')?.clientHeight ?? 0) - each.clientHeight);
    expect(cut).toBeLessThanOrEqual(0);
    expect(await page.getByRole('button', { name: '닫기', exact: true }).isVisible()).toBe(true);
    await page.getByRole('button', { name: '그만 보기' }).click();
    await thirty.person(1).hears('room.look-ended');
    thirty.person(1).say({ type: 'room.share', run, step: 'topics/describe-orders', on: false });
    await says(note, /이서준 님의 공유가 .*에 끝났습니다/);
    expect(await screen()).toBe('');
    expect(await page.locator('.look .xterm').count()).toBe(0);
    expect(await page.locator('.look [data-part="screen"]').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await close();
  });

  it('closes what it knows of somebody who leaves, and says that they have', async () => {
    const { page, close } = await openDashboard(browser, hub);
    const guest = new Attendee(hub.door);
    await guest.join(hub.code, '잠시만', 'local');
    await page.getByRole('button', { name: '잠시만 자세히 보기' }).click();
    await says(page.locator('.look h2'), '잠시만');
    guest.say({ type: 'room.leave' });
    await page.locator('.look').waitFor({ state: 'hidden' });
    await says(page.locator('[data-part="notice"]'), '잠시만 님이 수업에서 나갔습니다');
    // What it was opened from has gone, too.
    await page.locator('table :focus').waitFor();
    guest.leave();
    await close();
  });

  it('tells a participant’s browser that this is not theirs', async () => {
    const context = await browser.newContext();
    const { page } = await openPage(context, new URL('/workshop/class/', hub.address).href);
    await page.locator('lab-class[data-state="denied"]').waitFor();
    expect(await page.locator('[data-part="room"]').isVisible()).toBe(false);
    // On a wall, nobody is told what to type.
    await page.goto(new URL('/workshop/projector/', hub.address).href);
    await page.locator('lab-projector[data-state="denied"]').waitFor();
    await says(page.locator('[data-part="state"]'), /^강사가 ‘수업 현황’에서.*보입니다\.$/);
    await context.close();
  });
});
