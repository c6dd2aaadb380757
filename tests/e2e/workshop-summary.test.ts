/** The page that is left of a class. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply, emptyRoom } from '../../server/workshop/state.ts';
import { summaryPage } from '../../server/workshop/summary.ts';
import { prepare } from './room.ts';

let browser: Browser;

beforeAll(async () => {
  ({ browser } = await prepare());
});
afterAll(() => browser.close());

describe('the summary', () => {
  it('breaks no word of its heads and no name on a phone, and is dark where its reader is', async () => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    const page = await context.newPage();
    const led = emptyRoom();
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
    await page.setContent(summaryPage(led, [], ['topics/list'], () => title));
    const broken = await page.locator('th, td:first-child').evaluateAll((cells) =>
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
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe(
      'rgb(255, 255, 255)',
    );
  });
});
