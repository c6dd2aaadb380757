/** The book on paper, on one page and as a file; and the lab as it was before its reader came. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { openPage, stepOf } from './page.ts';
import { closeReader, openReader, type Reader } from './reader.ts';
import { HOME, lab, PORT } from './sidecar.ts';

const ORIGIN = `http://127.0.0.1:${PORT}`;

let browser: Browser;
let context: BrowserContext;
let sidecar: Reader['sidecar'];
let page: Page;
let complaints: string[];

beforeAll(async () => {
  ({ browser, context, sidecar, page, complaints } = await openReader({
    colorScheme: 'dark',
    acceptDownloads: true,
  }));
  await page.goto(`${ORIGIN}/environment/`);
  await stepOf(page, 'environment/up').run('passed', 120_000);
  await page.goto(`${ORIGIN}/topics/`);
  await stepOf(page, 'topics/create-orders').run('passed', 60_000);
});
afterAll(() => closeReader({ browser, sidecar }));

const outputIn = (on: Page, step: string) =>
  on.locator(`lab-step[data-step="${step}"] [data-part="output"]`);
/** The whole book, once it has all outputs. */
const openBook = async (on: Page): Promise<void> => {
  await on.goto(`${ORIGIN}/all/`);
  await on.getByText('단계 2개의 출력을 붙였습니다.').waitFor();
};

describe('a lesson on paper', () => {
  it('is text, commands and outputs, in light colours, and nothing to press', async () => {
    const output = await stepOf(page, 'topics/create-orders').output();
    expect(output).toContain('orders');
    await page.emulateMedia({ media: 'print' });
    try {
      const printed = outputIn(page, 'topics/create-orders');
      expect(await printed.isVisible()).toBe(true);
      expect(await printed.textContent()).toBe(output);
      expect((await printed.boundingBox())?.height).toBeGreaterThan(20);
      const hidden = ['.page > header', '.sidebar-pane', 'cluster-view', 'lab-connection'];
      hidden.push('lab-progress', 'lab-step .screen', '.pagination-links', 'lab-step button');
      for (const selector of hidden) {
        const visible = await page
          .locator(selector)
          .evaluateAll((found) => found.filter((element) => element.checkVisibility()).length);
        expect(`${selector}: ${visible}`).toBe(`${selector}: 0`);
      }
      for (const selector of ['body', 'lab-step .ec-line .code span'])
        expect(await brightness(page, selector)).toBeLessThan(140);
    } finally {
      await page.emulateMedia({ media: null });
    }
  });

  it('becomes a PDF of more than one page', async () => {
    const pdf = await page.pdf();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(2);
  });
});

/** Of the text's colour, 0 to 255. */
const brightness = (on: Page, selector: string): Promise<number> =>
  on
    .locator(selector)
    .first()
    .evaluate((element) => {
      const [red = 0, green = 0, blue = 0] = (
        getComputedStyle(element).color.match(/\d+/g) ?? []
      ).map(Number);
      return (red + green + blue) / 3;
    });

describe('the whole book', () => {
  it('has every chapter and the outputs of this reader, and no two things of one name', async () => {
    await openBook(page);
    expect(await page.locator('.lab-chapter > h2').count()).toBe(8);
    expect(await outputIn(page, 'topics/create-orders').textContent()).toContain('orders');
    expect(await outputIn(page, 'topics/list').isVisible()).toBe(false);
    expect(await page.locator('.lab-chapters button:visible').count()).toBe(0);
    const twice = await page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
      return ids.filter((id, index) => ids.indexOf(id) !== index);
    });
    expect(twice).toEqual([]);
    const nowhere = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLAnchorElement>('.lab-chapters a[href^="#"]')]
        .map(({ hash }) => decodeURIComponent(hash.slice(1)))
        .filter((id) => document.getElementById(id) === null),
    );
    expect(nowhere).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'is accessible in the %s theme, wide and narrow',
    async (colorScheme) => {
      const other = await browser.newContext({ colorScheme });
      await openPage(other, sidecar.address);
      const { page: book } = await openPage(other, `${ORIGIN}/all/`);
      await book.getByText('단계 2개의 출력을 붙였습니다.').waitFor();
      for (const width of [1440, 390]) {
        await book.setViewportSize({ width, height: 900 });
        expect(await violations(book)).toEqual([]);
        const overflow = await book.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
      }
      await other.close();
    },
  );

  it('is kept as one file that loads nothing and shows text, commands and outputs', async () => {
    // Asked for at once, it waits for what there is to be kept.
    await page.goto(`${ORIGIN}/all/`);
    const downloads = page.waitForEvent('download');
    await page.getByRole('button', { name: '내보내기 (HTML)' }).click();
    const download = await downloads;
    expect(download.suggestedFilename()).toMatch(/^kafka-multi-broker-lab-[\d-]+\.html$/);
    const path = join(HOME, download.suggestedFilename());
    await download.saveAs(path);
    const text = await readFile(path, 'utf8');
    const outside = [
      ORIGIN,
      '<script',
      '<link',
      new URL(sidecar.address).searchParams.get('token') ?? '',
    ];
    expect(outside.filter((each) => text.includes(each))).toEqual([]);
    const offline = await browser.newContext({ offline: true });
    const file = await offline.newPage();
    const requests: string[] = [];
    file.on('request', (request) => requests.push(request.url()));
    await file.goto(pathToFileURL(path).href);
    expect(requests).toHaveLength(1);
    expect(await outputIn(file, 'topics/create-orders').isVisible()).toBe(true);
    expect(await outputIn(file, 'topics/create-orders').textContent()).toContain('orders');
    expect(await file.getByText('./create_topic.sh orders 3 3').first().isVisible()).toBe(true);
    expect(await violations(file)).toEqual([]);
    await offline.close();
  });

  it('without a session has text and commands, and says so', async () => {
    const stranger = await browser.newContext();
    const { page: book } = await openPage(stranger, `${ORIGIN}/topics/`);
    await book.goto(`${ORIGIN}/all/`);
    await book.getByText('출력 없이 본문과 명령만 있습니다').waitFor();
    expect(await book.locator('.lab-chapter').count()).toBe(8);
    await stranger.close();
  });
});

describe('starting over', () => {
  const opens = async (on: Page) => {
    await on.getByRole('button', { name: '실습실을 처음으로…' }).click();
    const dialog = on.getByRole('dialog', { name: '실습실을 처음으로 되돌릴까요?' });
    await dialog.waitFor();
    return dialog;
  };

  it('names what goes, is accessible, and does nothing for who keeps it', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${ORIGIN}/topics/`);
    await page.locator('cluster-view [data-partition="orders-0"]').waitFor({ state: 'attached' });
    const dialog = await opens(page);
    for (const text of ['토픽 orders', '실행 기록', '진도'])
      expect(await dialog.textContent()).toContain(text);
    expect(
      await dialog
        .getByRole('button', { name: '그대로 두기' })
        .evaluate((button) => button === document.activeElement),
    ).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await stepOf(page, 'topics/create-orders').status()).toBe('passed');
  });

  it('waits for nobody’s run: it says which step is in the way, and leads there', async () => {
    await page.goto(`${ORIGIN}/rebalancing/`);
    const consumer = stepOf(page, 'rebalancing/consumer-3');
    await consumer.run('passed', 60_000);
    const dialog = await opens(page);
    await dialog.getByRole('button', { name: '모두 지우고 처음으로' }).click();
    await dialog.getByText('단계가 실행 중입니다').waitFor();
    await dialog.getByRole('link', { name: '그 단계로 가기' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(page.url()).toContain('#consumer-3');
    await consumer.press('중지');
    await waitFor(
      'its end',
      async () => (await consumer.element.getAttribute('data-background')) === null,
    );
  });

  it('removes cluster, topics and outputs, in every window, and leaves the progress', async () => {
    await page.goto(`${ORIGIN}/topics/`);
    const { page: other } = await openPage(context, `${ORIGIN}/topics/`);
    for (const each of [page, other]) await stepOf(each, 'topics/create-orders').becomes('passed');
    const words = page.locator('lab-progress[data-known] [data-part="words"]');
    const done = await words.textContent();
    expect(done).toMatch(/교재 전체 [1-9]/);
    const dialog = await opens(page);
    await dialog.getByRole('button', { name: '모두 지우고 처음으로' }).click();
    await dialog.getByText('처음 상태로 되돌렸습니다').waitFor({ timeout: 90_000 });
    expect(await violations(page)).toEqual([]);
    for (const each of [page, other]) {
      const step = stepOf(each, 'topics/create-orders');
      await step.becomes('idle');
      expect(await step.output()).toBe('');
      expect(await outputIn(each, 'topics/create-orders').isVisible()).toBe(false);
    }
    expect(await words.textContent()).toBe(done);
    expect((await lab('docker-compose', 'ps')).stdout).not.toContain('kafka1');
    await dialog.getByRole('link', { name: '클러스터 띄우기로 가기' }).click();
    await page.waitForURL(`${ORIGIN}/environment/#up`);
    await stepOf(page, 'environment/up').run('passed', 120_000);
    const topics = await lab(
      'docker',
      'exec',
      'kafka1',
      'kafka-topics',
      '--bootstrap-server',
      'kafka1:29092',
      '--list',
    );
    expect(topics.stdout).not.toContain('orders');
    expect(complaints).toEqual([]);
  });
});
