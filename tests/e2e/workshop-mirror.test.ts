/** A presenter with a lab, and two participants who have only a browser: what is run there is seen here. */
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cluster as clusterStrings } from '../../src/strings/cluster.ts';
import { connection as lineStrings } from '../../src/strings/page.ts';
import { mirror as mirrorStrings, present as strings } from '../../src/strings/present.ts';
import { recording } from '../../src/strings/recording.ts';
import {
  join as joinStrings,
  poll as pollStrings,
  room as roomStrings,
} from '../../src/strings/room.ts';
import { freePort } from '../free-port.ts';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { type HubUnderTest, startHub } from './hub.ts';
import { openPage, stepOf } from './page.ts';
import { closeReader, openReader, type Reader } from './reader.ts';
import { PORT } from './sidecar.ts';

const shots = process.env.SHOTS;

let presenter: Reader;
let hub: HubUnderTest;
let hubPort: number;
let wide: Page;
let phone: Page;
let contexts: BrowserContext[];

const complaints: string[] = [];

const joinAs = async (page: Page, nickname: string): Promise<void> => {
  await page.getByLabel(joinStrings.nickname).fill(nickname);
  await page.getByRole('button', { name: joinStrings.enter }).click();
  await page.locator('room-bar').waitFor();
};

const participant = async (nickname: string, width: number, code: string): Promise<Page> => {
  const context = await presenter.browser.newContext({ viewport: { width, height: 860 } });
  contexts.push(context);
  const opened = await openPage(context, `http://127.0.0.1:${hubPort}/workshop/?code=${code}`);
  opened.page.on('pageerror', (error) => complaints.push(String(error)));
  await joinAs(opened.page, nickname);
  return opened.page;
};

const look = async (page: Page, name: string): Promise<void> => {
  if (shots === undefined) return;
  for (const theme of ['dark', 'light']) {
    await page.evaluate((to) => {
      document.documentElement.dataset.theme = to;
    }, theme);
    await page.screenshot({ path: join(shots, `${name}-${theme}.png`) });
  }
};

const gather = (id: string): Promise<void> =>
  stepOf(presenter.page, id).element.locator('[data-part="gather"]').click();

const isAt = (page: Page, chapter: string): Promise<boolean> =>
  waitFor(`the page to be at ${chapter}`, () => page.url().includes(`/${chapter}/`), 30_000);

const isMirrored = async (page: Page): Promise<void> => {
  await page.locator('lab-connection[data-state="mirrored"]').waitFor({ state: 'attached' });
};

beforeAll(async () => {
  presenter = await openReader({ viewport: { width: 1440, height: 900 } });
  hubPort = await freePort();
  contexts = [];
  hub = await startHub(hubPort);
  const { code } = hub;
  await presenter.page.goto(`http://127.0.0.1:${PORT}/workshop/`);
  await presenter.page.getByLabel(joinStrings.hub).fill(hub.address);
  await presenter.page.getByRole('button', { name: joinStrings.enterAsPresenter }).click();
  await presenter.page.getByText(joinStrings.presenter).waitFor();
  await presenter.page.goto(`http://127.0.0.1:${PORT}/environment/`);
  wide = await participant('넓은 창', 1440, code);
  phone = await participant('휴대전화', 390, code);
});

afterAll(async () => {
  hub.program.child.kill('SIGINT');
  await hub.program.exited;
  await closeReader(presenter);
});

it('calls everyone to a step, and shows them its terminal as it runs', async () => {
  const { page } = presenter;
  await page.getByText(strings.on).waitFor();
  await page.getByText(strings.online(2)).waitFor();
  await gather('environment/up');
  for (const each of [wide, phone]) {
    await isAt(each, 'environment');
    await isMirrored(each);
  }
  await stepOf(page, 'environment/up').press('실행');
  for (const each of [wide, phone]) {
    const step = stepOf(each, 'environment/up');
    await step.becomes('running');
    expect(await step.element.getByRole('group', { name: mirrorStrings.title }).count()).toBe(1);
  }
  await stepOf(page, 'environment/up').becomes('passed', 120_000);
  for (const each of [wide, phone]) await stepOf(each, 'environment/up').becomes('passed');
  const printed = await stepOf(page, 'environment/up').output();
  for (const each of [wide, phone])
    expect(await stepOf(each, 'environment/up').output()).toBe(printed);
  await look(wide, 'wide-environment');
  await look(phone, 'phone-environment');
  await look(page, 'presenter-environment');
});

it('shows them its cluster, and takes them to another chapter', async () => {
  const { page } = presenter;
  await page.goto(`http://127.0.0.1:${PORT}/topics/`);
  await page.getByText(strings.on).waitFor();
  await gather('topics/create-orders');
  for (const each of [wide, phone]) {
    await isAt(each, 'topics');
    await isMirrored(each);
  }
  const view = wide.locator('cluster-view');
  for (const name of ['kafka1', 'kafka2', 'kafka3'])
    await view.locator(`.broker[data-broker="${name}"][data-state="up"]`).waitFor();
  expect(await view.locator('[data-part="age"]').first().textContent()).toContain(
    clusterStrings.mirrored,
  );
  await stepOf(page, 'topics/create-orders').run('passed', 60_000);
  for (const each of [wide, phone]) await stepOf(each, 'topics/create-orders').becomes('passed');
  await view.locator('.broker').getByText('orders').first().waitFor();
  await waitFor('the axis', async () =>
    (await view.locator('[data-part="timeline"]').textContent())?.includes('orders'),
  );
  await phone.locator('cluster-view summary').first().click();
  await phone.locator('cluster-view .broker').getByText('orders').first().waitFor();
  await look(phone, 'phone-cluster');
  await phone.locator('cluster-view summary').first().click();
  await look(wide, 'wide-topics');
  expect(await violations(wide)).toEqual([]);
  expect(await violations(phone)).toEqual([]);
  expect(await violations(page)).toEqual([]);
});

it('lets a participant leave for a recording, and come back to what was missed', async () => {
  const { page } = presenter;
  const step = stepOf(wide, 'topics/list');
  await step.press('실행');
  await wide.locator('lab-connection[data-state="recorded"]').waitFor({ state: 'attached' });
  await step.element.getByRole('group', { name: recording.title }).waitFor();
  expect(
    await wide.getByRole('button', { name: roomStrings.follow }).getAttribute('aria-pressed'),
  ).toBe('false');
  // Of the presenter's runs nothing is left here.
  expect(await stepOf(wide, 'topics/create-orders').status()).toBe('idle');
  await look(wide, 'wide-recording');

  const printed = await stepOf(page, 'topics/describe-orders').run('passed', 60_000);
  expect(await stepOf(wide, 'topics/describe-orders').status()).toBe('idle');

  await wide.getByRole('button', { name: roomStrings.follow }).click();
  await isMirrored(wide);
  await stepOf(wide, 'topics/describe-orders').becomes('passed');
  await waitFor(
    'what was missed',
    async () => (await stepOf(wide, 'topics/describe-orders').output()) === printed,
  );
  await stepOf(wide, 'topics/create-orders').becomes('passed');
  expect(await wide.getByText(lineStrings.mirrored).count()).toBe(1);
  expect(await step.element.getByRole('group', { name: recording.title }).count()).toBe(0);
});

it('asks the class what a step asks its reader', async () => {
  const { page } = presenter;
  await page.goto(`http://127.0.0.1:${PORT}/failures/`);
  await page.getByText(strings.on).waitFor();
  const line = page.locator('[data-part="ask-here"]').first();
  await line.getByRole('button', { name: strings.ask }).click();
  const poll = wide.locator('room-bar [data-part="poll"]');
  await poll.getByText('kafka2', { exact: true }).click();
  await poll.locator('button[type="submit"]').click();
  await line.getByText(strings.asking(1)).waitFor();
  await look(page, 'presenter-asks');
  await line.getByRole('button', { name: strings.close }).click();
  await line.getByText('kafka2 1명').waitFor();
});

it('tells the class what has come of its prediction on the presenter’s cluster', async () => {
  const { page } = presenter;
  await page.goto(`http://127.0.0.1:${PORT}/partitioning/`);
  await page.getByText(strings.on).waitFor();
  await stepOf(page, 'partitioning/topics').run('passed', 60_000);
  const step = stepOf(page, 'partitioning/sticky');
  await step.element.getByRole('button', { name: strings.ask }).click();
  const poll = wide.locator('room-bar [data-part="poll"]');
  await poll.getByRole('radio').first().check();
  await poll.locator('button[type="submit"]').click();
  await step.element.getByText(strings.asking(1)).waitFor();
  await step.run('passed', 60_000);
  const ends = [...(await step.output()).matchAll(/^demo-sticky:\d:(\d+)/gm)];
  expect(ends).toHaveLength(3);
  const filled = ends.filter(([, end]) => end !== '0').length;
  const happened = poll.locator('li', { hasText: pollStrings.actual });
  await happened.getByText(new RegExp(`^${filled}개`)).waitFor();
  const verdict = await poll.locator('[data-part="verdict"]').textContent();
  expect(verdict).toMatch(filled === 1 ? /^예상이 맞았습니다: 1개/ : /^예상과 다릅니다. 예상: 1개/);
  await look(wide, 'wide-outcome');
  await look(phone, 'phone-outcome');
  // Asked again, what came of it is on no page, that may be on the wall: not on the presenter's either.
  const told = step.element.locator('[data-part="verdict"], [data-part="effect"]');
  const isTold = async (): Promise<boolean> =>
    (await told.evaluateAll((all) => all.filter((each) => each.checkVisibility()).length)) > 0;
  await waitFor('what came of it', isTold);
  await step.element.getByRole('button', { name: strings.ask }).click();
  await waitFor('it to be hidden', async () => !(await isTold()));
  await step.element.getByRole('button', { name: strings.close }).click();
  await waitFor('it to be there again', isTold);
});

it('shows the class also what is run where a chapter begins', async () => {
  const { page } = presenter;
  await page.goto(`http://127.0.0.1:${PORT}/failures/`);
  await page.getByText(strings.on).waitFor();
  await page.locator('lab-checkpoint summary').first().click();
  await gather('failures/start');
  for (const each of [wide, phone]) await isAt(each, 'failures');
  await stepOf(page, 'failures/start').run('passed', 60_000);
  for (const each of [wide, phone]) {
    const step = stepOf(each, 'failures/start');
    await step.becomes('passed');
    await step.element.locator('[data-part="screen"]').waitFor();
  }
  await look(wide, 'wide-checkpoint');
  // Elsewhere, nobody sees it: who presents is told so.
  await stepOf(page, 'failures/describe-before').press('실행');
  await page.getByText('함께 보려면 이 단계의').waitFor();
  await stepOf(page, 'failures/describe-before').becomes('passed', 60_000);
});

it('has type for a projector, and the terminals with it', async () => {
  const { page } = presenter;
  await page.goto(`http://127.0.0.1:${PORT}/topics/`);
  await page.getByText(strings.on).waitFor();
  const rows = stepOf(page, 'topics/describe-orders').element.locator('.xterm-rows');
  await rows.waitFor();
  await rows.scrollIntoViewIfNeeded();
  const size = (): Promise<number> =>
    rows.evaluate((each) => Number.parseFloat(getComputedStyle(each).fontSize));
  const before = await size();
  await page.getByRole('button', { name: strings.large }).click();
  await waitFor('larger terminals', async () => (await size()) > before * 1.3);
  expect(await page.locator('nav.sidebar').isVisible()).toBe(false);
  await gather('topics/describe-orders');
  await stepOf(page, 'topics/describe-orders').element.scrollIntoViewIfNeeded();
  await look(page, 'presenter-large');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: strings.large }).click();
});

it('comes back by itself when the hub does', async () => {
  const effect = stepOf(wide, 'topics/create-orders').element.locator('[data-part="effect"]');
  const changes = await effect.textContent();
  expect(changes).toContain('orders');
  hub.program.child.kill('SIGKILL');
  await hub.program.exited;
  await presenter.page.getByText(strings.lost).waitFor({ timeout: 30_000 });
  hub = await startHub(hubPort);
  await presenter.page.getByText(strings.on).waitFor({ timeout: 30_000 });
  await presenter.page.getByText(strings.online(2)).waitFor({ timeout: 30_000 });
  const printed = await stepOf(presenter.page, 'topics/list').run('passed', 60_000);
  for (const each of [wide, phone]) {
    await isAt(each, 'topics');
    await waitFor(
      'it to be shown',
      async () => (await stepOf(each, 'topics/list').output()) === printed,
      30_000,
    );
  }
  // Also what a run did to the cluster, to who comes only now.
  await wide.reload();
  await waitFor('the effect', async () => (await effect.textContent()) === changes, 30_000);
  expect(complaints).toEqual([]);
});

it('leaves nothing of a class behind when the presenter stops', async () => {
  const { page } = presenter;
  await page.getByRole('button', { name: strings.stop, exact: true }).click();
  await page.locator('room-bar').waitFor({ state: 'detached' });
  expect(await page.locator('[data-part="gather"]').count()).toBe(0);
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await page.reload();
  await page.locator('lab-connection[data-state="open"]').waitFor({ state: 'attached' });
  expect(loaded.filter((url) => /room|present|mirror/.test(url))).toEqual([]);
});
