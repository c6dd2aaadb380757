/** The projector's wall, and the longest that a class may be told, asked and called: it shows all of it. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { LONG, question } from './longest.ts';
import { openPage } from './page.ts';
import { CLASS, openRoom, prepare, type RoomUnderTest } from './room.ts';

const LONG_HOST = 'kafka-workshop-2026-afternoon.education.example-company.co.kr';

let browser: Browser;
let policy: string;
let room: RoomUnderTest;

beforeAll(async () => {
  ({ browser, policy } = await prepare());
});
afterAll(() => browser.close());
beforeEach(async () => {
  room = await openRoom(browser, policy);
});
afterEach(() => room.close());

describe('the wall', () => {
  it.each([
    [1920, CLASS],
    [1280, CLASS],
    [1280, LONG_HOST],
    [390, LONG_HOST],
  ])('of %i breaks no word of the address http://%s', async (width, host) => {
    await room.closeHub();
    await room.reopenHub(host);
    const context = await browser.newContext({ viewport: { width, height: 720 } });
    const { page } = await openPage(context, room.address);
    await page.goto(`http://127.0.0.1:${room.presenterPort}/workshop/projector/`);
    const address = page.locator('[data-part="address"]');
    await address.getByText(`${host}:${room.port}`).waitFor();
    const words = await address.locator('span').evaluateAll((spans) =>
      spans.map((span) => {
        const { right } = span.getBoundingClientRect();
        return { lines: span.getClientRects().length, isIn: right <= innerWidth };
      }),
    );
    expect(words).toEqual(Array(2).fill({ lines: 1, isIn: true }));
    const fit = await address.evaluate((each) => Number(each.style.getPropertyValue('--fit')));
    if (host === CLASS) expect(fit).toBe(1);
  });

  it.each([
    [1024, 768],
    [1280, 720],
    [1920, 1080],
  ])('of %i by %i shows all of the longest that may be said and asked', async (width, height) => {
    const { command, close } = await room.openPresenter();
    const context = await browser.newContext({ viewport: { width, height } });
    const { page, complaints } = await openPage(context, room.address);
    await page.goto(`http://127.0.0.1:${room.presenterPort}/workshop/projector/`);
    const wall = page.locator('.wall');
    const size = (): Promise<number> =>
      wall.evaluate((each) => Number(each.style.getPropertyValue('--fit')));
    /** Of what is there, as far as it sticks out of what shows it. */
    const cut = (): Promise<number> =>
      page.evaluate(() => {
        const box = document.querySelector('.wall')?.getBoundingClientRect();
        const { scrollHeight, scrollWidth } = document.documentElement;
        const parts = [...document.querySelectorAll('.wall *')].map((each) =>
          each.getBoundingClientRect(),
        );
        return Math.max(
          scrollHeight - innerHeight,
          scrollWidth - innerWidth,
          ...parts.map(({ bottom }) => bottom - (box?.bottom ?? 0)),
          ...parts.filter((each) => each.height > 0).map(({ top }) => (box?.top ?? 0) - top),
        );
      });
    command({ kind: 'announce', text: '쉬는 시간' });
    await page.getByText('쉬는 시간').waitFor();
    expect(await size()).toBe(1);
    command({ kind: 'announce', text: LONG });
    command({ kind: 'timer', seconds: 90, label: '실습'.repeat(30) });
    command(question());
    await page.getByText('7: ').waitFor();
    expect(await cut()).toBeLessThan(1);
    expect(await violations(page)).toEqual([]);
    command({ kind: 'announce', text: null });
    await wall.locator('[data-part="announcement"]').waitFor({ state: 'hidden' });
    expect(await cut()).toBeLessThan(1);
    const face = wall.locator('[data-part="face"]');
    const lines = await face.evaluate((each) => {
      const range = document.createRange();
      range.selectNodeContents(each);
      return range.getClientRects().length;
    });
    expect(lines).toBe(1);
    const { poll, ...asked } = question(20);
    command({ poll, ...asked });
    await page.getByText(asked.options[7]?.label ?? '', { exact: true }).waitFor();
    expect(await cut()).toBeLessThan(1);
    command({ kind: 'poll-end', poll });
    command({ kind: 'poll-outcome', poll, value: '7', reason: '' });
    await wall.locator('li', { hasText: '실제 결과' }).getByText('7: ').waitFor();
    expect(await cut()).toBeLessThan(1);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    close();
  });

  it('has large type beside a timer, and marks what has happened in one piece', async () => {
    const { command, close } = await room.openPresenter();
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    const { page } = await openPage(context, room.address);
    await page.goto(`http://127.0.0.1:${room.presenterPort}/workshop/projector/`);
    const { poll, ...asked } = question();
    const options = asked.options.slice(0, 2);
    command({ kind: 'timer', seconds: 90, label: '실습' });
    command({ ...asked, poll, question: '리더는 어떻게 될까요?', options });
    await page.getByText('1: 컨트롤러가').waitFor();
    const fit = await page
      .locator('.wall')
      .evaluate((each) => Number(each.style.getPropertyValue('--fit')));
    expect(fit).toBe(1);
    command({ kind: 'poll-end', poll });
    command({ kind: 'poll-outcome', poll, value: '1', reason: '' });
    const mark = page.locator('strong', { hasText: '실제 결과' });
    await mark.waitFor();
    // Below the words, it begins where they do.
    const below: number[] = [];
    for (let width = 320; width <= 420; width += 10) {
      await page.setViewportSize({ width, height: 720 });
      const { lines, isBelow, indent } = await mark.evaluate((each) => {
        const name = each.parentElement;
        const words = [...(name?.firstElementChild?.getClientRects() ?? [])];
        const { left, top, height } = each.getBoundingClientRect();
        return {
          lines: each.getClientRects().length,
          isBelow: top + height / 2 > Math.max(...words.map(({ bottom }) => bottom)),
          indent: left - (name?.getBoundingClientRect().left ?? 0),
        };
      });
      expect(lines).toBe(1);
      if (isBelow) below.push(indent);
    }
    expect(new Set(below)).toEqual(new Set([0]));
    close();
  });
});
