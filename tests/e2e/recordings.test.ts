/** The built folder on a host that knows nothing of a lab: every step plays what was recorded. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLessons } from '../../server/lessons/read.ts';
import { CONTENT } from '../../server/settings.ts';
import { buildSite } from '../../server/site.ts';
import { notFound } from '../../src/strings/not-found.ts';
import { connection } from '../../src/strings/page.ts';
import { recording as strings } from '../../src/strings/recording.ts';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { openPage, stepOf } from './page.ts';
import { startSidecar } from './sidecar.ts';
import { openStaticHost, type StaticHost } from './static-host.ts';

const steps = [...(await readLessons(CONTENT)).values()];

let host: StaticHost;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  await buildSite(() => {});
  host = await openStaticHost('/books/kafka/');
  browser = await launchBrowser();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  ({ page, complaints } = await openPage(context, host.address));
});

afterAll(async () => {
  await browser.close();
  await host.close();
});

const open = (chapter: string): Promise<unknown> => page.goto(`${host.address}${chapter}/`);

const bar = (id: string) => stepOf(page, id).element.getByRole('group', { name: strings.title });

/** As a reader who has seen enough of it. */
const playToEnd = async (id: string): Promise<string> => {
  const step = stepOf(page, id);
  await step.press('실행');
  // A short one may be over by now: then the button is gone.
  await bar(id).evaluate((tape, name) => {
    const buttons = [...tape.querySelectorAll('button')];
    buttons.find(({ textContent }) => textContent === name)?.click();
  }, strings.finish);
  await step.becomes('passed');
  return step.output();
};

it('says that these are recordings, and loads none before one is played', async () => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await open('topics');
  await page.getByText(connection.recorded).waitFor();
  expect(loaded.filter((url) => url.endsWith('.cast'))).toEqual([]);
  const output = await playToEnd('topics/describe-orders');
  expect(output).toMatch(/Topic: orders\s+Partition: 0\s+Leader: \d/);
  expect(loaded.filter((url) => url.endsWith('.cast'))).toEqual([
    `${host.address}recordings/topics/describe-orders.cast`,
  ]);
  expect(await bar('topics/describe-orders').textContent()).toMatch(/^녹화 \d{4}년 .* Kafka 3\.9/);
  expect(await violations(page)).toEqual([]);
});

it('shows the cluster as it was, and what became of it', async () => {
  await open('failures');
  const step = stepOf(page, 'failures/stop-kafka1');
  await playToEnd('failures/stop-kafka1');
  const view = page.locator('cluster-view');
  await view.locator('[data-broker="kafka1"][data-state="down"]').waitFor();
  await view.locator('.broker[data-broker="kafka2"]').waitFor();
  await waitFor('the effect', async () =>
    (await step.element.locator('[data-part="effect"]').textContent())?.includes('ISR: '),
  );
  await waitFor('the axis', async () => (await view.textContent())?.includes('docker stop kafka1'));
});

it('pauses, goes on, and goes faster', async () => {
  await open('failures');
  const id = 'failures/drill-kill';
  const step = stepOf(page, id);
  await step.press('실행');
  await waitFor('the first of it', async () => (await step.output()).includes('메시지를'));
  await bar(id).getByRole('button', { name: strings.pause }).click();
  const paused = await step.output();
  // That nothing comes is no condition that could be waited for.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_500)));
  expect(await step.output()).toBe(paused);
  const clock = async (): Promise<number> =>
    Number.parseInt((await step.element.locator('[data-part="clock"]').textContent()) ?? '', 10);
  const seen = await clock();
  expect(seen).toBeGreaterThanOrEqual(0);
  await bar(id).getByLabel(strings.speed).selectOption('8');
  await bar(id).getByRole('button', { name: strings.resume }).click();
  await waitFor('more of it', async () => (await step.output()).length > paused.length, 30_000);
  await waitFor('the clock to go on with it', async () => (await clock()) > seen);
  await bar(id).getByRole('button', { name: strings.finish }).click();
  await step.becomes('passed');
  expect(await step.output()).toContain('판정: 유실 없음');
  await waitFor('the picture', async () => (await step.element.locator('.verdict').count()) === 1);
});

it('plays a program that goes on along with what is done meanwhile, to its own end', async () => {
  await open('failures');
  const producer = stepOf(page, 'failures/producer');
  await playToEnd('failures/producer');
  const before = (await producer.output()).length;
  await playToEnd('failures/stop-kafka3');
  await waitFor('its orders', async () => (await producer.output()).length > before + 200);
  await producer.press('중지');
  await waitFor('its sum', async () => (await producer.output()).includes('보낸 주문'), 30_000);
  await waitFor('its end', async () => (await producer.status()) === 'passed');
  expect(await producer.output()).toMatch(new RegExp(`${strings.jumps}[^]*보낸 주문`));
});

describe('what goes wrong', () => {
  const id = 'topics/list';
  const refuses = async (wanted: string): Promise<void> => {
    await open('topics');
    await stepOf(page, id).press('실행');
    await stepOf(page, id).element.getByText(wanted).waitFor();
  };

  it.each([
    ['there is none', { status: 404, body: '' }, strings.missing],
    ['it is damaged', { status: 200, body: '{"version":3' }, strings.damaged],
  ])('%s', async (_, answer, wanted) => {
    await page.route(`**/${id}.cast`, (route) => route.fulfill(answer));
    await refuses(wanted);
    await page.unroute(`**/${id}.cast`);
  });

  it('the step has other commands by now', async () => {
    await page.route('**/steps.json', (route) => route.fulfill({ json: { [id]: 'another' } }));
    await refuses(strings.changed);
    await page.unroute('**/steps.json');
  });
});

it('plays every step of the book', async () => {
  for (const { id } of steps) {
    const [chapter = ''] = id.split('/');
    if (!page.url().includes(`/${chapter}/`)) await open(chapter);
    expect((await playToEnd(id)).length, id).toBeGreaterThan(10);
  }
}, 600_000);

it('counts nothing of it as done, and finds what is searched for', async () => {
  await open('topics');
  expect(await page.evaluate(() => localStorage.getItem('lab:progress'))).toBeNull();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').fill('파티션');
  const found = page.locator('.pagefind-ui__result-link').first();
  await found.waitFor();
  expect(await found.evaluate((link) => (link as HTMLAnchorElement).href)).toContain(host.address);
});

it('counts what is done beside the whole book, though that keeps the browser busy', async () => {
  const own = await browser.newPage();
  await own.addInitScript(() => {
    window.requestIdleCallback = (callback, { timeout } = {}) =>
      timeout === undefined ? 0 : window.setTimeout(callback, timeout);
  });
  await own.goto(`${host.address}all/`);
  await own.locator('nav.sidebar a', { hasText: /^2\. .* 0\/\d+$/ }).waitFor();
  await own.close();
});

describe.each(['light', 'dark'] as const)('a missing page, in the %s theme', (colorScheme) => {
  it('looks like the book at any depth, loads nothing, and leads home', async () => {
    const context = await browser.newContext({ colorScheme });
    const loaded: string[] = [];
    context.on('request', (request) => loaded.push(request.url()));
    const missing = `${host.address}a/b/c`;
    const { page } = await openPage(context, missing);
    await page.waitForLoadState('networkidle');
    expect(loaded).toEqual([missing]);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(ground).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(16, 22, 26)');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: notFound.home }).click();
    await page.waitForURL(host.address);
    await context.close();
  });
});

it('plays them, and says what to install, where the machine lacks what a lab needs', async () => {
  const sidecar = await startSidecar({ LAB: 'docker', DOCKER_HOST: 'unix:///nowhere.sock' });
  expect(sidecar.program.stdout).toContain('지금은 읽고 녹화를 볼 수만 있습니다');
  const own = await browser.newPage();
  await own.goto(sidecar.address);
  await own.goto(new URL('/topics/', sidecar.address).href);
  await own.locator('lab-connection', { hasText: 'Docker' }).waitFor();
  const step = stepOf(own, 'topics/list');
  await step.press('실행');
  await step.becomes('passed', 60_000);
  expect(await step.output()).toContain('orders');
  await own.close();
  sidecar.program.child.kill('SIGINT');
  await sidecar.program.exited;
});

it('has the browser complain of nothing but the lab that is not there', () => {
  // That there is no lab; and what was damaged above.
  const known = /status of 404|SyntaxError: Expected/;
  expect(complaints.filter((text) => !known.test(text))).toEqual([]);
});
