/** All of one person, beside the class and who else needs help. */
import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { type Class, NAMES, openDashboard, says } from './class.ts';
import { haveClass } from './have-class.ts';
import { Attendee, type HubUnderTest } from './hub.ts';

let browser: Browser;
let hub: HubUnderTest;
let thirty: Class;

haveClass((had) => {
  ({ browser, hub, thirty } = had);
});

describe('a look at a person', () => {
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
      // Words take less room than a terminal.
      expect(table?.width).toBeGreaterThan(width * 0.6);
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

  it('asks for a look, shows what is shared and by whom, and nothing of it once withdrawn', async () => {
    const { page, complaints, close } = await openDashboard(browser, hub);
    await page.getByRole('button', { name: '이서준 자세히 보기' }).click();
    const ask = page.getByRole('button', { name: '터미널 출력을 보여 달라고 하기' });
    await ask.click();
    await thirty.person(1).hears('room.asked');
    const note = page.locator('.look [data-part="note"]');
    await says(note, '물어보았습니다');
    // Once is enough, and the focus stays where it was.
    expect(await ask.isEnabled()).toBe(false);
    expect(await ask.evaluate((each) => each === document.activeElement)).toBe(true);
    thirty.person(1).say({ type: 'room.decline', why: 'refused' });
    await says(note, '이서준 님이 이번에는 보여 주지 않겠다고 했습니다');
    expect(await ask.isEnabled()).toBe(true);
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
    expect(await ask.isEnabled()).toBe(false);
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
    expect(await ask.isEnabled()).toBe(true);
    expect(await screen()).toBe('');
    expect(await page.locator('.look .xterm').count()).toBe(0);
    expect(await page.locator('.look [data-part="screen"]').isVisible()).toBe(false);
    // What they have not taken back, but run again, is said to be so.
    const again = {
      type: 'room.share',
      run: randomUUID(),
      step: 'topics/describe-orders',
    } as const;
    thirty.person(1).say({ ...again, on: true });
    await says(note, '이서준 님이 공유 중');
    thirty.person(1).say({ ...again, on: false, anew: true });
    await says(note, '이서준 님이 그 단계를 다시 실행해, 공유가');
    expect(complaints).toEqual([]);
    await close();
  });

  it.each([1280, 1440, 390])('cuts nothing of what is shared, %i pixels wide', async (width) => {
    const viewport = { width, height: 900 };
    const { page, complaints, close } = await openDashboard(browser, hub, { viewport });
    await page.getByRole('button', { name: `${NAMES[1]} 자세히 보기` }).click();
    const run = randomUUID();
    const step = 'topics/describe-orders';
    thirty.person(1).say({ type: 'room.share', run, step, on: true });
    const printed = `${'모든 브로커가 끝낸 뒤 다시 시작합니다. '.repeat(8)}\r\n${'W'.repeat(240)}\r\n`;
    thirty.person(1).output(run, 0, printed);
    const lines = page.locator('.look .xterm-rows > div', { hasText: /\S/ });
    await lines.getByText('WWW').first().waitFor();
    const { over, hidden } = await lines.evaluateAll((rows) => {
      const box = rows[0]?.closest('.xterm')?.parentElement;
      const right = box?.getBoundingClientRect().right ?? 0;
      const drawn = rows.map((row) => {
        const range = document.createRange();
        range.selectNodeContents(row);
        return range.getBoundingClientRect().right;
      });
      return {
        over: Math.max(...drawn) - right,
        hidden: (box?.scrollWidth ?? 0) - (box?.clientWidth ?? 0),
      };
    });
    expect({ over: over > 0, hidden }).toEqual({ over: false, hidden: 0 });
    thirty.person(1).say({ type: 'room.share', run, step, on: false });
    await page.locator('.look .xterm').waitFor({ state: 'detached' });
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
});
