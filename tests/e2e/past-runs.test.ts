/** What a page shows of runs that have ended: here they are written down, and there is no cluster. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createJournal } from '../../server/runs/journal.ts';
import { violations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { openPage, stepOf } from './page.ts';
import { HOME, PORT, type Program, startSidecar } from './sidecar.ts';

const ORIGIN = `http://127.0.0.1:${PORT}`;
const LAB_HOME = `${HOME}-past-runs`;
const STOP = 'failures/stop-kafka1';
const RUN = '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c11';
const LIST = 'topics/list';
const PS = 'environment/ps';
const REASON = '리더였던 kafka1이 멈춰, ISR에 남은 kafka2가 이어받았습니다.';

let browser: Browser;
let sidecar: { program: Program; address: string };
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  const runs = join(LAB_HOME, 'runs');
  rmSync(runs, { recursive: true, force: true });
  const size = { cols: 80, rows: 24 };
  const journal = createJournal(
    join(runs, RUN),
    { run: RUN, step: STOP, startedAt: 1, ...size, edition: '', lab: 'local', asks: true },
    () => 0,
  );
  journal.append(Buffer.from('kafka1\r\n'));
  journal.note({ event: 'check', at: 1, state: 'held', reason: '' });
  journal.note({ event: 'end', at: 1, status: 'passed', exitCode: 0 });
  journal.note({ event: 'outcome', at: 2, value: 'kafka2', reason: REASON });
  journal.close();
  for (const [step, lines] of [
    [LIST, 12],
    [PS, 16],
  ] as const) {
    const run = randomUUID();
    const listed = createJournal(
      join(runs, run),
      { run, step, startedAt: 1, ...size, edition: '', lab: 'local', asks: false },
      () => 0,
    );
    for (let line = 0; line < lines; line += 1) listed.append(Buffer.from(`topic-${line}\r\n`));
    listed.note({ event: 'end', at: 1, status: 'passed', exitCode: 0 });
    listed.close();
  }
  sidecar = await startSidecar({ LAB_HOME, LAB: 'local' });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  sidecar.program.child.kill('SIGINT');
  await sidecar.program.exited;
});
beforeEach(async () => {
  context = await browser.newContext({ acceptDownloads: true });
  ({ page } = await openPage(context, sidecar.address));
});
afterEach(() => context.close());

/** What this reader has said before that run. */
const predict = (answer: string): Promise<void> =>
  page.evaluate(
    ([step, text]) => localStorage.setItem('lab:predictions', JSON.stringify({ [step]: text })),
    [STOP, `${RUN} ${answer}`] as const,
  );

describe('what a step asked', () => {
  it.each([
    [undefined, 'none', `실제: kafka2. ${REASON}`],
    ['kafka1', 'wrong', `예상과 다릅니다. 예상: kafka1, 실제: kafka2. ${REASON}`],
  ])('is told after the answer %s', async (answer, verdict, text) => {
    if (answer !== undefined) await predict(answer);
    await page.goto(`${ORIGIN}/failures/`);
    const line = stepOf(page, STOP).element.locator(`[data-verdict="${verdict}"]`);
    await line.getByText(text).waitFor();
    expect(await line.textContent()).toBe(text);
  });

  it('is in the whole book, with what was checked, and in the file of it', async () => {
    await predict('kafka1');
    await page.goto(`${ORIGIN}/all/`);
    await page.getByText('단계 3개의 출력을 붙였습니다.').waitFor();
    const downloads = page.waitForEvent('download');
    await page.getByRole('button', { name: '내보내기 (HTML)' }).click();
    const path = join(LAB_HOME, 'book.html');
    await (await downloads).saveAs(path);
    const file = await context.newPage();
    await file.goto(pathToFileURL(path).href);
    for (const book of [page, file]) {
      const { element } = stepOf(book, STOP);
      await element.getByText('클러스터에서 확인했습니다.').waitFor();
      const verdict = element.locator('[data-verdict="wrong"]');
      expect(await verdict.isVisible()).toBe(true);
      expect(await verdict.textContent()).toMatch(
        /^실행하고 나면 .*\? 예상과 다릅니다\. 예상: kafka1, 실제: kafka2\. 리더였던 kafka1이 멈춰/,
      );
    }
    expect(await violations(file)).toEqual([]);
  });
});

describe('a terminal that opens with its page', () => {
  it('covers no words on a phone, where it is not laid out yet', async () => {
    const bright = await browser.newContext({
      colorScheme: 'light',
      viewport: { width: 390, height: 844 },
    });
    const { page } = await openPage(bright, sidecar.address);
    await page.goto(`${ORIGIN}/environment/`);
    await stepOf(page, PS).prints('topic-15');
    await stepOf(page, PS).becomes('passed');
    // Far below, it has the height that is guessed of a step, not that of a line.
    const guessed = await stepOf(page, PS).element.evaluate((each) => each.clientHeight);
    expect(guessed).toBeGreaterThanOrEqual(320);
    expect(await violations(page)).toEqual([]);
    await bright.close();
  });

  it('leaves the step that a link led to where it is', async () => {
    await page.goto(`${ORIGIN}/failures/#start-kafka1`);
    await stepOf(page, STOP).prints('kafka1');
    await stepOf(page, STOP).becomes('passed');
    const target = stepOf(page, 'failures/start-kafka1').element;
    const height = await target.evaluate((step) => {
      const { scrollPaddingTop } = getComputedStyle(document.documentElement);
      return step.getBoundingClientRect().top - Number.parseFloat(scrollPaddingTop);
    });
    expect(Math.abs(height)).toBeLessThan(3);
  });

  it('only grows until it has its height', async () => {
    await page.addInitScript((step) => {
      const heights: number[] = [];
      Object.assign(window, { heights });
      addEventListener('DOMContentLoaded', () => {
        const screen = document.querySelector(`lab-step[data-step="${step}"] .screen`);
        if (screen === null) return;
        new ResizeObserver(() => heights.push(screen.clientHeight)).observe(screen);
      });
    }, LIST);
    await page.goto(`${ORIGIN}/topics/`);
    await stepOf(page, LIST).prints('topic-11');
    await stepOf(page, LIST).becomes('passed');
    const heights = await page.evaluate(
      () => (window as unknown as { readonly heights: readonly number[] }).heights,
    );
    expect(heights.length).toBeGreaterThan(1);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  });
});
