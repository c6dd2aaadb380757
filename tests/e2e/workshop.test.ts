/**
 * A class, from its beginning to its end: a presenter with a lab, one who has a lab of their own that
 * cannot start, one with a browser only, and one who comes late.
 */
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { help, look, matrix, poll as pollStrings } from '../../src/strings/class.ts';
import { present } from '../../src/strings/present.ts';
import { poll, room, share, join as strings } from '../../src/strings/room.ts';
import { freePort } from '../free-port.ts';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { type HubUnderTest, startHub } from './hub.ts';
import { openPage, stepOf } from './page.ts';
import { closeReader, openReader, type Reader } from './reader.ts';
import { HOME, PORT, type Program, startSidecar } from './sidecar.ts';

const UP = 'environment/up';
const CREATE = 'topics/create-orders';
const shots = process.env.SHOTS;

let presenter: Reader;
let hub: HubUnderTest;
let hubPort: number;
/** Of the one whose lab cannot start: the presenter's brokers have its ports. */
let own: { readonly program: Program; readonly address: string };
let withLab: Page;
let browserOnly: Page;
let late: Page;
let dashboard: Page;

const openContext = (width = 1440): Promise<BrowserContext> =>
  presenter.browser.newContext({ viewport: { width, height: 900 } });

const enter = async (page: Page, fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text);
  await page.getByRole('button', { name: strings.enter }).click();
  await page.locator('room-bar').waitFor();
};

const press = (page: Page, name: string): Promise<void> =>
  page.locator('room-bar').getByRole('button', { name, exact: true }).click();

/** What the dashboard says of somebody at a step. */
const cellOf = (nickname: string, step: string): Locator =>
  dashboard.locator(`lab-class [aria-label^="${nickname}, ${step}: "]`);

const seen = (reason: string, locator: Locator, text: string | RegExp): Promise<unknown> =>
  waitFor(
    reason,
    async () => {
      const said =
        (await locator
          .first()
          .textContent()
          .catch(() => '')) ?? '';
      return typeof text === 'string' ? said.includes(text) : text.test(said);
    },
    60_000,
  );

const gather = (id: string): Promise<void> =>
  stepOf(presenter.page, id).element.locator('[data-part="gather"]').click();

beforeAll(async () => {
  presenter = await openReader({ viewport: { width: 1440, height: 900 } });
  hubPort = await freePort();
  hub = await startHub(hubPort);
  own = await startSidecar({
    // Whichever the presenter's is: two of this folder on Docker are one.
    LAB: 'local',
    LAB_HOME: join(HOME, '../e2e-learner'),
    PORT: String(await freePort()),
  });
});

afterAll(async () => {
  own.program.child.kill('SIGINT');
  hub.program.child.kill('SIGINT');
  await Promise.all([own.program.exited, hub.program.exited]);
  await closeReader(presenter);
});

it('brings a presenter and two participants into one room', async () => {
  const { page } = presenter;
  await page.goto(`http://127.0.0.1:${PORT}/workshop/`);
  await page.getByLabel(strings.hub).fill(hub.address);
  await page.getByRole('button', { name: strings.enterAsPresenter }).click();
  await page.getByText(strings.presenter).waitFor();
  await page.goto(`http://127.0.0.1:${PORT}/environment/`);
  await page.getByText(present.on).waitFor();

  withLab = (await openPage(await openContext(), own.address)).page;
  await withLab.goto(new URL('/workshop/', own.address).href);
  await enter(withLab, {
    [strings.hub]: hub.door,
    [strings.code]: hub.code.toLowerCase(),
    [strings.nickname]: '현수',
  });
  const address = `${hub.door}/workshop/?code=${hub.code}`;
  browserOnly = (await openPage(await openContext(390), address)).page;
  await enter(browserOnly, { [strings.nickname]: '지우 <b>' });

  dashboard = (await openPage(await openContext(), hub.address)).page;
  expect(dashboard.url()).not.toContain('token');
  await seen('two people', dashboard.locator('lab-class'), /2명 접속/);
  await dashboard.getByText('지우 <b>', { exact: true }).first().waitFor();
});

it('shows the presenter who fails, and why', async () => {
  await stepOf(presenter.page, UP).run('passed', 120_000);
  await withLab.goto(new URL('/environment/', own.address).href);
  await withLab.locator('room-bar[data-state="open"]').waitFor();
  await stepOf(withLab, UP).run('failed', 120_000);
  const cell = cellOf('현수', '클러스터 띄우기');
  await waitFor('the failure', async () => (await cell.getAttribute('data-status')) === 'failed');
  expect(await cell.getAttribute('aria-label')).toMatch(/포트가 이미 사용 중/);
  await seen('the cause', dashboard.locator('lab-class'), /1명: \d+ 포트가 이미 사용 중/);
});

it('leads everybody to a step, and shows those without a lab what is run there', async () => {
  await presenter.page.goto(`http://127.0.0.1:${PORT}/topics/`);
  await presenter.page.getByText(present.on).waitFor();
  await gather(CREATE);
  for (const page of [withLab, browserOnly]) {
    await waitFor('the page to follow', () => page.url().includes('/topics/'), 30_000);
    await page.locator('room-bar[data-state="open"]').waitFor();
  }
  await stepOf(presenter.page, CREATE).run('passed', 60_000);
  await stepOf(browserOnly, CREATE).becomes('passed', 60_000);
  expect(await stepOf(browserOnly, CREATE).output()).toContain('orders');
  expect(await stepOf(withLab, CREATE).status()).toBe('idle');
});

it('knows whose hand is up, until they were helped', async () => {
  await press(browserOnly, room.hand.down);
  const queue = dashboard.locator('lab-class [data-part="queue"]');
  await seen('the hand', queue, '지우');
  await queue.getByRole('button', { name: help.claimOf('지우 <b>') }).click();
  await seen('that somebody comes', browserOnly.locator('room-bar'), room.handState.claimed);
  await queue.getByRole('button', { name: help.doneOf('지우 <b>') }).click();
  await waitFor('the hand to be down', async () => (await queue.textContent()) === '');
  await seen('the button', browserOnly.locator('room-bar'), room.hand.down);
});

it('shows a terminal only after its owner agreed, and no longer', async () => {
  const text = () =>
    dashboard
      .locator('lab-class')
      .evaluate((element) => (element as HTMLElement & { screenText: string }).screenText);
  await withLab.goto(new URL('/environment/', own.address).href);
  await withLab.locator('room-bar[data-state="open"]').waitFor();
  await dashboard.getByRole('button', { name: matrix.person('현수') }).click();
  await dashboard.getByRole('button', { name: look.ask, exact: true }).click();
  await withLab.getByRole('button', { name: share.show, exact: true }).waitFor();
  expect(await text()).toBe('');
  await press(withLab, share.show);
  await waitFor('the terminal', async () => (await text()).includes('포트'));
  await seen('the sign', withLab.locator('room-bar'), share.shared('클러스터 띄우기'));
  if (shots !== undefined) await dashboard.screenshot({ path: join(shots, 'class-look.png') });
  await press(withLab, share.stop);
  await waitFor('the terminal to be gone', async () => (await text()) === '');
  await dashboard.getByRole('button', { name: look.close, exact: true }).click();
});

it('asks all, and tells the answers once nobody can change theirs', async () => {
  const form = dashboard.locator('lab-class [data-part="poll-form"]');
  if (!(await form.isVisible())) await dashboard.locator('[data-part="poll-new"] summary').click();
  await form.getByRole('textbox', { name: pollStrings.question }).fill('kafka1이 멈추면 리더는?');
  await form.getByLabel(pollStrings.options).fill('kafka2\nkafka3');
  await form.getByRole('button', { name: pollStrings.open }).click();
  for (const [page, answer] of [
    [withLab, 'kafka2'],
    [browserOnly, 'kafka3'],
  ] as const) {
    await page.locator('room-bar').getByLabel(answer).check();
    await press(page, poll.vote);
  }
  await seen('two votes', dashboard.locator('lab-class [data-part="votes"]'), /2명 답함/);
  expect(await browserOnly.locator('room-bar').textContent()).not.toContain(poll.count(1, 2));
  await dashboard.locator('lab-class [data-part="poll-end"]').click();
  for (const page of [withLab, browserOnly])
    await seen('the result', page.locator('room-bar'), poll.count(1, 2));
});

it('is whole again after its hub was killed, with nothing counted twice', async () => {
  hub.program.child.kill('SIGKILL');
  await hub.program.exited;
  await withLab.locator('room-bar[data-state="lost"]').waitFor();
  // Said meanwhile, it arrives later.
  await press(withLab, room.hand.down);
  hub = await startHub(hubPort);
  for (const page of [withLab, browserOnly])
    await page.locator('room-bar[data-state="open"]').waitFor({ timeout: 60_000 });
  await seen('two people', dashboard.locator('lab-class'), /2명 접속 · 모두 2명/);
  await seen('the hand', dashboard.locator('lab-class [data-part="queue"]'), '현수');
  await seen('the votes', dashboard.locator('lab-class [data-part="votes"]'), /2명 답함/);
  expect(await cellOf('현수', '클러스터 띄우기').count()).toBeLessThanOrEqual(1);
  await presenter.page.locator(`text=${present.on}`).waitFor({ timeout: 60_000 });
  await gather('topics/list');
  await waitFor('the page to follow', () => browserOnly.url().includes('/topics/'), 30_000);
});

it('takes who comes late to where the class is, and offers to catch up', async () => {
  late = (await openPage(await openContext(), own.address)).page;
  await late.goto(new URL('/workshop/', own.address).href);
  await enter(late, {
    [strings.hub]: hub.door,
    [strings.code]: hub.code,
    [strings.nickname]: '늦은 민지',
  });
  await waitFor('the page to follow', () => late.url().includes('/topics/'), 30_000);
  await late.getByRole('button', { name: room.catchUp }).click();
  await late.locator('lab-checkpoint details[open]').waitFor();
  await seen('three people', dashboard.locator('lab-class'), /3명 접속/);
});

it('is accessible on each of its pages', async () => {
  for (const page of [presenter.page, withLab, browserOnly, dashboard]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
  }
});
