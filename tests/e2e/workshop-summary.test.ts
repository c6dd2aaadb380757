/** The page that is left of a class. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply, emptyRoom } from '../../server/workshop/state.ts';
import { summaryPage } from '../../server/workshop/summary.ts';
import { violations } from './axe.ts';
import { prepare } from './room.ts';

let browser: Browser;

beforeAll(async () => {
  ({ browser } = await prepare());
});
afterAll(() => browser.close());

describe('the summary', () => {
  it('breaks no word of its heads and no name on a phone, is dark where its reader is, and light on paper', async () => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    const page = await context.newPage();
    const led = emptyRoom();
    apply(led, { kind: 'opened', name: '카프카 1반', at: 1 });
    for (const nickname of ['김민수', '마루한별'])
      apply(led, { kind: 'joined', participant: nickname, nickname, lab: 'docker', at: 1 });
    const title = '2. 다중 파티션 및 복제 팩터 › 모든 토픽 목록 보기';
    for (const step of ['topics/list', 'topics/describe-orders'])
      apply(led, {
        kind: 'reported',
        participant: '김민수',
        report: {
          kind: 'progress',
          step,
          run: crypto.randomUUID(),
          status: 'stopped',
          reason: null,
        },
        at: 2,
      });
    const poll = { poll: 'p', step: null, question: '리더는?', session: 1, moves: 0, open: false };
    const options = ['kafka1', 'kafka2'].map((value) => ({ value, label: value }));
    const outcome = { value: 'kafka2', reason: 'kafka1이 멈췄습니다.' };
    led.polls.push({ ...poll, options, outcome, votes: { 김민수: 'kafka2' } });
    await page.setContent(summaryPage(led, [], ['topics/list'], () => title));
    const broken = await page.locator('th, td:first-child, h2, .figures dt').evaluateAll((cells) =>
      cells.flatMap(({ firstChild: text }) => {
        const words = [...(text?.textContent ?? '').matchAll(/\S+/g)];
        return words.flatMap(({ 0: word, index }) => {
          const range = document.createRange();
          if (text === null) return [];
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          return range.getClientRects().length > 1 ? [word] : [];
        });
      }),
    );
    expect(broken).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const background = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    for (const [colorScheme, media, color] of [
      ['dark', 'screen', 'rgb(16, 22, 26)'],
      ['light', 'screen', 'rgb(255, 255, 255)'],
      ['dark', 'print', 'rgb(255, 255, 255)'],
    ] as const) {
      await page.emulateMedia({ colorScheme, media });
      expect(await background()).toBe(color);
      expect(await violations(page)).toEqual([]);
    }
    // A bar is as long as its share, on paper, too.
    const bars = await page
      .locator('.poll .share')
      .evaluateAll((each) =>
        each.map((part) => part.clientWidth / (part.parentElement?.clientWidth ?? 0)),
      );
    expect(bars).toEqual([1]);
  });
});
