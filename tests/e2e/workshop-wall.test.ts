/** The projector's wall, and the longest that a class may be told, asked and called: it shows all of it. */
import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { haveRoom } from './have-room.ts';
import { LONG, question } from './longest.ts';
import { openPage } from './page.ts';
import { CLASS, type RoomUnderTest } from './room.ts';

const LONG_HOST = 'kafka-workshop-2026-afternoon.education.example-company.co.kr';

let browser: Browser;
let room: RoomUnderTest;

haveRoom((had) => {
  ({ browser, room } = had);
});

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
    await page.getByText('QR 코드를 찍으세요').waitFor();
    await page.locator('[data-part="qr"]').waitFor();
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
          ...parts.map(({ right }) => right - (box?.right ?? 0)),
          ...parts.filter((each) => each.height > 0).map(({ top }) => (box?.top ?? 0) - top),
        );
      });
    command({ kind: 'announce', text: '쉬는 시간' });
    await page.getByText('쉬는 시간').waitFor();
    expect(await size()).toBeGreaterThan(1);
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
    expect(fit).toBeGreaterThanOrEqual(1);
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

  it.each([
    [1024, 768],
    [1280, 720],
    [1920, 1080],
  ])('of %i by %i is filled by what is asked, in an order that is plain', async (width, height) => {
    const { command, close } = await room.openPresenter();
    const context = await browser.newContext({ viewport: { width, height } });
    const { page, complaints } = await openPage(context, room.address);
    await page.goto(`http://127.0.0.1:${room.presenterPort}/workshop/projector/`);
    const options = page.locator('.bars li');
    const places = (): Promise<{ x: number; y: number; size: number }[]> =>
      options.evaluateAll((each) =>
        each.map((option) => {
          const { x, y } = option.getBoundingClientRect();
          return { x, y, size: Number.parseFloat(getComputedStyle(option).fontSize) };
        }),
      );
    const ask = async (labels: readonly string[]): Promise<string> => {
      const poll = crypto.randomUUID();
      const asked = labels.map((label, index) => ({ value: String(index), label }));
      command({ kind: 'poll', poll, step: null, question: '리더는 누구일까요?', options: asked });
      await options.getByText(labels.at(-1) ?? '', { exact: true }).waitFor();
      return poll;
    };
    const few = ['kafka1', 'kafka2', 'kafka3', '아무도 맡지 않습니다'];
    const poll = await ask(few);
    const [first, ...below] = await places();
    expect(first?.size).toBeGreaterThan(height * 0.045);
    // Whoever is late still comes in: beside it, in type that is read from behind.
    const wall = await page.locator('.wall').boundingBox();
    const join = await page.locator('.join').boundingBox();
    expect(join?.x).toBeGreaterThan((wall?.x ?? 0) + (wall?.width ?? 0));
    expect((join?.y ?? 0) + (join?.height ?? 0)).toBeLessThanOrEqual(height);
    const sizes = await page
      .locator('[data-part="code"], [data-part="people"], [data-part="votes"]')
      .evaluateAll((each) =>
        each.map((part) => Number.parseFloat(getComputedStyle(part).fontSize)),
      );
    expect(Math.min(...sizes)).toBeGreaterThan(height * 0.025);
    expect(below.every(({ x }) => x === first?.x)).toBe(true);
    // What was read is where it was, once it has its bars.
    command({ kind: 'poll-end', poll });
    await options.getByText('0명').first().waitFor();
    expect(await places()).toEqual([first, ...below]);
    await ask([
      ...few,
      '컨트롤러가 멈춘 브로커를 기다렸다가 다시 리더로 삼습니다. '.repeat(2).trim(),
    ]);
    const five = await places();
    expect(new Set(five.map(({ x }) => x)).size).toBe(1);
    expect(five[0]?.size).toBeGreaterThan(height * 0.035);
    await ask([...few, 'zoo1', 'zoo2', 'zoo3', 'consumer_offsets_of_the_whole_group']);
    // No word is broken for larger type.
    const words = options.last().locator('[data-part="label"]');
    expect(await words.evaluate((each) => each.getClientRects().length)).toBe(1);
    const eight = await places();
    for (let index = 0; index < eight.length; index += 2) {
      expect(eight[index]?.y).toBe(eight[index + 1]?.y);
      expect(eight[index]?.x).toBe(eight[0]?.x);
      expect(eight[index + 1]?.x).toBe(eight[1]?.x);
    }
    // What a time is for stands beside it, and what is said is in the middle of its box.
    command({ kind: 'timer', seconds: 900, label: '실습' });
    const face = page.locator('[data-part="face"]');
    await face.waitFor();
    const label = await page.locator('[data-part="timer-label"]').boundingBox();
    const time = await face.boundingBox();
    const between = (time?.x ?? 0) - (label?.x ?? 0) - (label?.width ?? 0);
    expect(between).toBeGreaterThan(0);
    expect(between).toBeLessThan(time?.height ?? 0);
    command({ kind: 'announce', text: '쉬는 시간' });
    const said = page.locator('[data-part="announcement"]');
    await said.waitFor();
    const [above, under] = await said.evaluate((each) => {
      const range = document.createRange();
      range.selectNodeContents(each);
      const [box, words] = [each.getBoundingClientRect(), range.getBoundingClientRect()];
      return [words.top - box.top, box.bottom - words.bottom] as const;
    });
    expect(Math.abs(above - under)).toBeLessThan(2);
    expect(complaints).toEqual([]);
    close();
  });
});
