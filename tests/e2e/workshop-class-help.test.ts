/** Who needs help, why, and what others lack. */
import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait.ts';
import { type Class, NAMES, openDashboard, says } from './class.ts';
import { haveClass } from './have-class.ts';
import { Attendee, type HubUnderTest } from './hub.ts';

let browser: Browser;
let hub: HubUnderTest;
let thirty: Class;

haveClass((had) => {
  ({ browser, hub, thirty } = had);
});

describe('who needs help', () => {
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
    const otherCauses = page.getByText('그 밖의 이유');
    const otherHands = page.getByText('그 뒤에 기다리는');
    await says(otherCauses, '그 밖의 이유 18개');
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

  it('gathers what computers lack, whatever the numbers on each', async () => {
    const { page, close } = await openDashboard(browser, hub);
    await page.getByRole('button', { name: '3명: 메모리가 모자랍니다', exact: true }).click();
    await waitFor('their rows', async () => (await page.locator('tbody tr').count()) === 3);
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
});
