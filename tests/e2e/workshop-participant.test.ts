/**
 * Participants' browsers in a workshop, with a lab and without: hub and sidecar are real, of the lab
 * there is only what is asked of it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { readAllSteps } from '../../server/lessons/checkpoints.ts';
import type { Lessons } from '../../server/lessons/read.ts';
import { CONTENT } from '../../server/settings.ts';
import { type Sidecar, startSidecar } from '../../server/sidecar.ts';
import { buildSite, SITE, sitePolicy } from '../../server/site.ts';
import { createCodes, makeCode } from '../../server/workshop/codes.ts';
import { type Hub, startHub } from '../../server/workshop/hub.ts';
import type { Command } from '../../server/workshop/protocol.ts';
import type { Participant } from '../../server/workshop/state.ts';
import { createFakeLab, type FakeExec } from '../fake-lab.ts';
import { freePort } from '../free-port.ts';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { openPage, stepOf } from './page.ts';

const TOKEN = 'p'.repeat(43);
const CODE = { code: 'ABCD2345', expiresAt: Date.now() + 3_600_000 };

/** As on a class's network: a name that no browser trusts as it does 127.0.0.1. */
const CLASS = 'class.test';
const LONG_HOST = 'kafka-workshop-2026-afternoon.education.example-company.co.kr';

let browser: Browser;
let lessons: Lessons;
let policy: string;
let home: string;
let ports: { readonly port: number; readonly presenterPort: number };
let hub: Hub;

const openHub = async (host = CLASS): Promise<void> => {
  const codes = createCodes({ code: CODE, next: makeCode });
  const options = { lan: false, hosts: [host], name: '오후 반', token: TOKEN, codes };
  hub = await startHub({ ...ports, ...options, home, site: SITE, policy });
};

beforeAll(async () => {
  await buildSite(() => {});
  [policy, lessons, browser] = await Promise.all([
    sitePolicy(),
    readAllSteps(CONTENT),
    launchBrowser(`--host-resolver-rules=MAP ${CLASS} 127.0.0.1`),
  ]);
});
afterAll(() => browser.close());
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'workshop-'));
  ports = { port: await freePort(), presenterPort: await freePort() };
  await openHub();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await hub.close();
  rmSync(home, { recursive: true });
});

/** The presenter, without a page of theirs. */
const openPresenter = async () => {
  const at = `127.0.0.1:${ports.presenterPort}`;
  const socket = new WebSocket(`ws://${at}/api/room`, {
    headers: { authorization: `Bearer ${TOKEN}`, origin: `http://${at}` },
  });
  const heard: { readonly type: string; readonly on?: boolean }[] = [];
  const seen: string[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) seen.push(data.subarray(data.indexOf('\n') + 1).toString());
    else heard.push(JSON.parse(data.toString()));
  });
  await waitFor('the room', () => heard.length > 0);
  const say = (message: object): void => socket.send(JSON.stringify(message));
  return {
    heard,
    /** What was shown of runs. */
    seen,
    say,
    command: (command: Command) => say({ type: 'room.command', id: crypto.randomUUID(), command }),
    close: () => socket.terminate(),
  };
};

const move = (chapter: string, step: string | null = null): Command => ({
  kind: 'move',
  to: { chapter, step: step && `${chapter}/${step}` },
});

const bar = (page: Page) => page.locator('room-bar');
const press = (page: Page, name: string) =>
  bar(page).getByRole('button', { name, exact: true }).click();
const isIn = (page: Page) => page.locator('room-bar[data-state="open"]').waitFor();

const person = (nickname: string): Participant | undefined =>
  Object.values(hub.room.state.participants).find((each) => each.nickname === nickname);
const comes = (nickname: string): Promise<Participant> =>
  waitFor(`${nickname} to be in the room`, () => person(nickname));
const idOf = (nickname: string): string => {
  const all = Object.entries(hub.room.state.participants);
  return all.find(([, each]) => each.nickname === nickname)?.[0] ?? '';
};

/** With nothing installed: from a page of the hub. */
const joinFromHub = async (
  nickname: string,
  options?: BrowserContextOptions,
  /** What the class calls them. */
  called = nickname,
) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // As in `openPage`.
    if (message.text().includes('ERR_NETWORK_CHANGED')) return;
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`http://${CLASS}:${ports.port}/workshop/?code=ABCD-2345`);
  await page.getByLabel('별명').fill(nickname);
  await page.keyboard.press('Enter');
  await isIn(page);
  await comes(called);
  return { page, context, complaints };
};

describe('a browser with nothing installed', () => {
  it('is told while the presenter is away', async () => {
    const { page } = await joinFromHub('다솜', { viewport: { width: 390, height: 844 } });
    const state = bar(page).locator('[data-part="state"]');
    await state.getByText('강사 자리 비움').waitFor();
    // Narrow, all is well is a dot only; this is said.
    expect((await state.boundingBox())?.width).toBeGreaterThan(60);
    const { close } = await openPresenter();
    await state.getByText('연결됨').waitFor();
    close();
    await state.getByText('강사 자리 비움').waitFor();
  });

  it('is called by its person what the class calls them, where two have one name', async () => {
    await joinFromHub('이슬');
    const { page } = await joinFromHub('이슬', undefined, '이슬 (2)');
    await page.getByText('별명은 이슬 (2)입니다.').waitFor();
    await page.goto(`http://${CLASS}:${ports.port}/topics/`);
    await isIn(page);
    await press(page, '더 보기');
    await bar(page).getByText('내 별명: 이슬 (2)').waitFor();
  });

  it('is taken along once for each move, and may read by itself and come back', async () => {
    const { command, close } = await openPresenter();
    const { page, complaints } = await joinFromHub('가람');
    command(move('topics', 'list'));
    await page.waitForURL('**/topics/#list');
    await page.locator('lab-step[data-step="topics/list"][data-here]').waitFor();
    // Of its own accord it goes elsewhere: nobody fetches it back.
    await page.goto(`http://${CLASS}:${ports.port}/failures/`);
    await isIn(page);
    await bar(page).getByText('오후 반').waitFor();
    expect(page.url()).toContain('/failures/');
    command(move('topics', 'describe-orders'));
    await page.waitForURL('**/topics/#describe-orders');
    const step = page.locator('lab-step[data-step="topics/describe-orders"]');
    await page.locator('lab-step[data-here]').waitFor();
    // On the same page, and to the same place again.
    command(move('topics', 'list'));
    const list = page.locator('lab-step[data-step="topics/list"]');
    await waitFor('it to be in sight', () => list.locator('[data-part="run"]:focus').count());
    expect(await page.locator('lab-step[data-here]').count()).toBe(1);

    await press(page, '따라가기');
    command(move('topics', 'describe-orders'));
    await page.locator('lab-step[data-step="topics/describe-orders"][data-here]').waitFor();
    expect(await step.locator('[data-part="run"]:focus').count()).toBe(0);
    await press(page, '따라가기');
    await waitFor('it to be in sight', () => step.locator('[data-part="run"]:focus').count());
    expect(complaints).toEqual([]);
    close();
  });

  it('reads announcements as text, answers questions, raises its hand and leaves nothing behind', async () => {
    const { command, close } = await openPresenter();
    const { page, complaints } = await joinFromHub('<b>나래</b>');
    command({ kind: 'announce', text: '<img src=x onerror=alert(1)> 쉬는 시간' });
    command({ kind: 'timer', seconds: 90, label: '실습' });
    await bar(page).getByText('공지: <img src=x onerror=alert(1)> 쉬는 시간').waitFor();
    await waitFor('the clock', async () =>
      /^1:[0-3]\d$/.test((await bar(page).getByRole('timer').textContent()) ?? ''),
    );
    const poll = crypto.randomUUID();
    const options = ['kafka2', 'kafka3'].map((value) => ({ value, label: value }));
    command({ kind: 'poll', poll, step: null, question: '다음 리더는?', options });
    // By the keyboard alone.
    await bar(page).getByRole('radio', { name: 'kafka2' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const votes = () => Object.values(hub.room.state.polls.at(-1)?.votes ?? {});
    await waitFor('the vote', () => votes().includes('kafka3'));
    await press(page, '답 바꾸기');
    await bar(page).getByRole('radio', { name: 'kafka2' }).check();
    await press(page, '답하기');
    await waitFor('the other vote', () => votes().includes('kafka2'));
    expect(votes()).toHaveLength(1);
    command({ kind: 'poll-end', poll });
    await bar(page).getByText('1명 (100%)').waitFor();
    // Also on another page, until the class goes on.
    await page.reload();
    await bar(page).getByText('1명 (100%)').waitFor();
    command(move('topics'));
    await page.waitForURL('**/topics/');
    await isIn(page);
    await bar(page).getByText('1명 (100%)').waitFor({ state: 'hidden' });

    await press(page, '손들기');
    await waitFor('the hand', () => person('<b>나래</b>')?.hand ?? undefined);
    command({ kind: 'claim', participant: idOf('<b>나래</b>') });
    await bar(page).getByText('도와줄 사람이 오고 있습니다').waitFor();
    await press(page, '손 내리기');
    await waitFor('the hand to be down', () => person('<b>나래</b>')?.hand === null);

    await press(page, '더 보기');
    await press(page, '나가기');
    // Esc takes back one thing at a time.
    await page.keyboard.press('Escape');
    await bar(page).getByRole('button', { name: '나가기', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await bar(page).getByText('내 별명:').waitFor({ state: 'hidden' });
    await press(page, '더 보기');
    await press(page, '나가기');
    await press(page, '정말 나가기');
    await waitFor('nothing to be left', () => person('<b>나래</b>') === undefined);
    await bar(page).getByText('수업에서 나왔습니다').waitFor();
    // Of all that there was to press, how to come back, and how to be rid of it.
    expect(await bar(page).getByRole('button').allTextContents()).toEqual(['닫기']);
    expect(await bar(page).locator('button:focus').textContent()).toBe('닫기');
    expect(await bar(page).getByText('나가면').isVisible()).toBe(false);
    expect(await page.evaluate(() => localStorage.getItem('lab:room'))).toBeNull();
    await page.goto(`http://${CLASS}:${ports.port}/topics/`);
    await page.waitForLoadState('networkidle');
    expect(await bar(page).count()).toBe(0);
    expect(complaints).toEqual([]);
    close();
  });

  it('that is shown out is told so, and comes back by the form alone, under the same name', async () => {
    const { say, close } = await openPresenter();
    const { page, complaints } = await joinFromHub('마루');
    const participant = idOf('마루');
    say({ type: 'room.remove', id: crypto.randomUUID(), participant });
    await bar(page).getByText('강사가 이 수업에서 내보냈습니다.').waitFor();
    expect(await page.evaluate(() => localStorage.getItem('lab:room'))).toBeNull();
    await bar(page).getByText('다시 참가하기').click();
    await page.getByLabel('참가 코드').fill('abcd-2345');
    await page.getByLabel('별명').fill('마루');
    await page.keyboard.press('Enter');
    await isIn(page);
    expect(idOf('마루')).not.toBe(participant);
    expect(complaints).toEqual([]);
    close();
  });

  it('is told what is wrong with a code, and where the form is', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`http://127.0.0.1:${ports.port}/workshop/`);
    await page.getByLabel('참가 코드').fill('abcd');
    await page.getByLabel('별명').fill('다온');
    await page.keyboard.press('Enter');
    await page.getByText('코드는 여덟 글자입니다. 예').last().waitFor();
    await page.locator('input[name="code"]:focus[aria-invalid="true"]').waitFor();
    await page.keyboard.type('9999');
    await page.keyboard.press('Enter');
    await page.getByText('참가 코드가 맞지 않습니다').waitFor();
    await page.getByLabel('참가 코드').fill('abcd-2345');
    await page.keyboard.press('Enter');
    await isIn(page);
  });

  it('whose browser keeps nothing is in the room for this page, and is told so', async () => {
    const context = await browser.newContext();
    await context.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('denied', 'SecurityError');
          },
        });
      }
    });
    const page = await context.newPage();
    await page.goto(`http://${CLASS}:${ports.port}/workshop/?code=ABCD-2345`);
    await page.getByLabel('별명').fill('라온');
    await page.keyboard.press('Enter');
    await isIn(page);
    await bar(page).getByText('저장을 막고 있어').waitFor();
    const { command, close } = await openPresenter();
    command(move('topics', 'list'));
    command({ kind: 'announce', text: '여기입니다' });
    await bar(page).getByText('여기입니다').waitFor();
    expect(page.url()).toContain('/workshop/');
    close();
  });

  it('loads nothing of all that where it is in no workshop', async () => {
    const page = await (await browser.newContext()).newPage();
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    await page.goto(`http://${CLASS}:${ports.port}/topics/`);
    await page.waitForLoadState('networkidle');
    expect(loaded.filter((url) => /room|present|outbox/.test(url))).toEqual([]);
  });
});

/** As many letters as an announcement may have. */
const LONG = '커피는 뒤편에 있고, 훈련이 끝나면 kafka1을 다시 켭니다. '.repeat(10).slice(0, 300);

/** As much as a poll may ask. */
const question = (length = 100): Command => ({
  kind: 'poll',
  poll: crypto.randomUUID(),
  step: null,
  question: '브로커 하나가 멈추면 파티션의 리더는 어떻게 될까요? '
    .repeat(8)
    .slice(0, length * 2)
    .trim(),
  options: Array.from({ length: 8 }, (_, index) => ({
    value: String(index),
    label: `${index}: ${'컨트롤러가 남은 복제본에서 고릅니다. '.repeat(6)}`.slice(0, length).trim(),
  })),
});

/** Of the page, and of the bar: what is scrolled sideways. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('room-bar')];
    return Math.max(...boxes.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
  });

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it('the bar is accessible, and leaves two thirds to the lesson, wide and narrow', async () => {
    const { command, close } = await openPresenter();
    const { page } = await joinFromHub('마루', { colorScheme });
    command({ kind: 'announce', text: LONG });
    command({ kind: 'timer', seconds: 90, label: '실습'.repeat(30) });
    command(question());
    // Of steps far below, which are not laid out yet, nobody knows which scroll.
    command(move('conclusion'));
    await page.waitForURL('**/conclusion/');
    await bar(page).getByRole('radio').first().waitFor();
    const isGood = async (height: number): Promise<void> => {
      await waitFor('the page to begin under the bar', async () => {
        const [above, title] = await Promise.all([
          bar(page).boundingBox(),
          page.locator('h1').boundingBox(),
        ]);
        return above !== null && title !== null && title.y >= above.y + above.height;
      });
      const [above, sheet] = await Promise.all([
        bar(page).boundingBox(),
        page.locator('cluster-view').boundingBox(),
      ]);
      expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(sheet?.y ?? 0);
      expect(above?.height).toBeLessThan(height * 0.34);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    };
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.reload();
      await page.waitForLoadState('networkidle');
      await bar(page).getByRole('radio').first().waitFor();
      await isGood(height);
      await press(page, '공지 더 보기');
      await isGood(height);
      await press(page, '더 보기');
      await press(page, '나가기');
      await isGood(height);
    }
    await bar(page).getByRole('radio').first().check();
    await press(page, '답하기');
    await isGood(844);
    close();
  });
});

describe('an announcement', () => {
  it('is folded where it is long, and is away once it was read, until there is another', async () => {
    const { command, close } = await openPresenter();
    const { page, complaints } = await joinFromHub('나래', {
      viewport: { width: 390, height: 844 },
    });
    const said = bar(page).locator('[data-part="announcement"]');
    const height = async (): Promise<number> => (await said.boundingBox())?.height ?? 0;
    command({ kind: 'announce', text: '쉬는 시간' });
    await said.getByText('쉬는 시간').waitFor();
    const line = await height();
    expect(await bar(page).getByRole('button', { name: '공지 더 보기' }).isVisible()).toBe(false);
    command({ kind: 'announce', text: LONG });
    await bar(page).getByRole('button', { name: '공지 더 보기' }).waitFor();
    expect(await height()).toBeLessThan(line * 2.5);
    await press(page, '공지 더 보기');
    await waitFor('all of it', async () => (await height()) > line * 3);
    await page.keyboard.press('Escape');
    await waitFor('its beginning', async () => (await height()) < line * 2.5);
    await press(page, '공지 닫기');
    await said.waitFor({ state: 'hidden' });
    expect(await bar(page).locator('button:focus').textContent()).toBe('더 보기');
    // Elsewhere, too.
    await page.goto(`http://${CLASS}:${ports.port}/topics/`);
    await isIn(page);
    await bar(page).getByText('오후 반').waitFor();
    expect(await said.isVisible()).toBe(false);
    command({ kind: 'announce', text: '다시 시작합니다' });
    await said.getByText('다시 시작합니다').waitFor();
    await press(page, '공지 닫기');
    // Taken back, and said again.
    command({ kind: 'announce', text: null });
    command({ kind: 'timer', seconds: 90, label: '실습' });
    await bar(page).getByRole('timer').waitFor();
    command({ kind: 'announce', text: '다시 시작합니다' });
    await said.getByText('다시 시작합니다').waitFor();
    // Said once more, also to who has put it away.
    await press(page, '공지 닫기');
    await said.waitFor({ state: 'hidden' });
    command({ kind: 'timer', seconds: 60, label: '정리' });
    await bar(page).getByText('정리').waitFor();
    expect(await said.isVisible()).toBe(false);
    command({ kind: 'announce', text: '다시 시작합니다' });
    await said.getByText('다시 시작합니다').waitFor();
    expect(complaints).toEqual([]);
    close();
  });
});

describe('the wall', () => {
  it.each([
    [1920, CLASS],
    [1280, CLASS],
    [1280, LONG_HOST],
    [390, LONG_HOST],
  ])('of %i breaks no word of the address http://%s', async (width, host) => {
    await hub.close();
    await openHub(host);
    const context = await browser.newContext({ viewport: { width, height: 720 } });
    const { page } = await openPage(context, hub.address);
    await page.goto(`http://127.0.0.1:${ports.presenterPort}/workshop/projector/`);
    const address = page.locator('[data-part="address"]');
    await address.getByText(`${host}:${ports.port}`).waitFor();
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
    [1280, 720],
    [1920, 1080],
  ])('of %i by %i shows all of the longest that may be said and asked', async (width, height) => {
    const { command, close } = await openPresenter();
    const context = await browser.newContext({ viewport: { width, height } });
    const { page, complaints } = await openPage(context, hub.address);
    await page.goto(`http://127.0.0.1:${ports.presenterPort}/workshop/projector/`);
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
    command(question(20));
    await page.getByText('7: ').waitFor();
    expect(await cut()).toBeLessThan(1);
    expect(complaints).toEqual([]);
    close();
  });
});

describe('a browser with a lab of its own', () => {
  let sidecar: Sidecar;
  let execs: FakeExec[];
  let labHome: string;
  let labPort: number;

  beforeEach(async () => {
    const fake = createFakeLab({ running: true });
    execs = fake.execs;
    labHome = mkdtempSync(join(tmpdir(), 'lab-'));
    labPort = await freePort();
    sidecar = await startSidecar({
      port: labPort,
      token: 'a-token-of-this-test-only-0123456789abcdef',
      home: labHome,
      lab: fake.lab,
      lessons,
      site: SITE,
      policy,
      diagnose: async () => ({
        lab: 'local',
        needed: [
          { kind: 'java', good: true, text: 'Java: 17.0.9 (/home/somebody/java)' },
          { kind: 'ports', good: false, text: '9092 포트가 이미 사용 중입니다.' },
        ],
        other: [],
      }),
    });
  });
  afterEach(async () => {
    for (const exec of execs) exec.exit(0);
    await sidecar.close();
    rmSync(labHome, { recursive: true });
  });

  const openLab = async () => {
    const context = await browser.newContext();
    const { page, complaints } = await openPage(context, sidecar.address);
    await page.goto(`http://127.0.0.1:${labPort}/workshop/`);
    return { page, complaints };
  };
  const joinFromLab = async (nickname: string) => {
    const opened = await openLab();
    const { page } = opened;
    await page.getByLabel('수업 주소').fill(`127.0.0.1:${ports.port}`);
    await page.getByLabel('참가 코드').fill('ABCD-2345');
    await page.getByLabel('별명').fill(nickname);
    await page.keyboard.press('Enter');
    await isIn(page);
    await comes(nickname);
    return opened;
  };
  const print = (text: string): void => execs.at(-1)?.stdio.stdout(Buffer.from(text));

  it('tells what its computer has and why a step failed, once, also after the hub was away', async () => {
    const { page, complaints } = await joinFromLab('가람');
    await waitFor('the preflight', () => person('가람')?.preflight ?? undefined);
    expect(person('가람')).toMatchObject({
      lab: 'local',
      preflight: [
        { kind: 'java', good: true, text: 'Java: 17.0.9' },
        { kind: 'ports', good: false, text: '9092 포트가 이미 사용 중입니다.' },
      ],
    });
    await page.goto(`http://127.0.0.1:${labPort}/topics/`);
    await isIn(page);
    const list = stepOf(page, 'topics/list');
    await list.press('실행');
    await waitFor('that it runs', () => person('가람')?.steps['topics/list']?.status === 'running');
    await hub.close();
    await page.locator('room-bar[data-state="lost"]').waitFor();
    print('Bind for 0.0.0.0:9092 failed: port is already allocated\r\n');
    execs[0]?.exit(1);
    await list.becomes('failed');
    await openHub();
    await waitFor(
      'that it failed',
      () => person('가람')?.steps['topics/list']?.status === 'failed',
    );
    expect(person('가람')?.steps['topics/list']?.reason).toEqual({
      kind: 'port-taken',
      text: '9092 포트가 이미 사용 중',
    });
    // What ends while no page is there is told by the next one.
    await list.press('다시 실행');
    await waitFor('the next one', () => execs.length === 2);
    await waitFor('it', () => person('가람')?.steps['topics/list']?.status === 'running');
    await page.goto('about:blank');
    execs[1]?.exit(0);
    await page.goto(`http://127.0.0.1:${labPort}/failures/`);
    await isIn(page);
    await waitFor(
      'that it passed',
      () => person('가람')?.steps['topics/list']?.status === 'passed',
    );
    const { since } = person('가람')?.steps['topics/list'] ?? {};
    // Each page that opens hears of all runs again.
    await page.reload();
    await isIn(page);
    await press(page, '손들기');
    await waitFor('what comes after them', () => person('가람')?.hand ?? undefined);
    expect(person('가람')?.steps['topics/list']?.since).toBe(since);
    expect(complaints.filter((each) => !/WebSocket|ERR_CONN/.test(each))).toEqual([]);
  });

  it('shows a run only after its reader has agreed, as long as they like', async () => {
    const { page } = await joinFromLab('나래');
    const presenter = await openPresenter();
    const ask = (): void => presenter.say({ type: 'room.ask', participant: idOf('나래') });
    await page.goto(`http://127.0.0.1:${labPort}/topics/`);
    await isIn(page);
    const list = stepOf(page, 'topics/list');
    await list.press('실행');
    await list.becomes('running');
    print('ONE\r\n');
    await list.prints('ONE');
    ask();
    await press(page, '거절');
    print('TWO\r\n');
    await list.prints('TWO');
    expect(presenter.seen).toEqual([]);

    ask();
    await bar(page).getByRole('alert').waitFor();
    expect(await violations(page)).toEqual([]);
    await press(page, '보여 주기');
    await bar(page).getByText('강사가 보고 있습니다').waitFor();
    print('THREE\r\n');
    await waitFor('the look', () => presenter.seen.join('').includes('THREE'));
    expect(presenter.seen.join('').match(/THREE/g)).toHaveLength(1);
    await press(page, '그만 보여 주기');
    await waitFor('its end', () =>
      presenter.heard.some(({ type, on }) => type === 'room.shared' && on === false),
    );
    print('FOUR\r\n');
    await list.prints('FOUR');
    await press(page, '손들기');
    await waitFor('what comes after it', () => person('나래')?.hand ?? undefined);
    expect(presenter.seen.join('')).not.toContain('FOUR');
    presenter.close();
  });

  it('agrees for all of its tabs, and takes it back in any', async () => {
    const { page: first } = await joinFromLab('나래');
    const presenter = await openPresenter();
    await first.goto(`http://127.0.0.1:${labPort}/topics/`);
    await isIn(first);
    const list = stepOf(first, 'topics/list');
    await list.press('실행');
    await list.becomes('running');
    print('ONE\r\n');
    await list.prints('ONE');
    const second = await first.context().newPage();
    await second.goto(`http://127.0.0.1:${labPort}/topics/`);
    await isIn(second);
    await stepOf(second, 'topics/list').prints('ONE');

    presenter.say({ type: 'room.ask', participant: idOf('나래') });
    for (const page of [first, second]) await bar(page).getByRole('alert').waitFor();
    await press(first, '보여 주기');
    // On a page of another chapter, which has come since, too.
    const third = await first.context().newPage();
    await third.goto(`http://127.0.0.1:${labPort}/failures/`);
    const title = await list.element.getAttribute('aria-label');
    for (const page of [first, second, third]) {
      await bar(page).getByText(`'${title}'의 출력을 강사가 보고 있습니다`).waitFor();
      expect(await bar(page).getByRole('alert').isVisible()).toBe(false);
    }
    print('TWO\r\n');
    await waitFor('the look', () => presenter.seen.join('').includes('TWO'));
    expect(presenter.seen.join('').match(/TWO/g)).toHaveLength(1);

    await press(second, '그만 보여 주기');
    for (const page of [first, second, third])
      await bar(page).getByText('강사가 보고 있습니다').waitFor({ state: 'hidden' });
    await waitFor('its end', () =>
      presenter.heard.some(({ type, on }) => type === 'room.shared' && on === false),
    );
    print('THREE\r\n');
    for (const page of [first, second]) await stepOf(page, 'topics/list').prints('THREE');
    await first.bringToFront();
    await press(first, '손들기');
    await waitFor('what comes after it', () => person('나래')?.hand ?? undefined);
    expect(presenter.seen.join('')).not.toContain('THREE');

    // With the tab that shows it, the sign goes.
    presenter.say({ type: 'room.ask', participant: idOf('나래') });
    await press(second, '보여 주기');
    await bar(first).getByText('강사가 보고 있습니다').waitFor();
    await second.close();
    await bar(first).getByText('강사가 보고 있습니다').waitFor({ state: 'hidden' });
    presenter.close();
  });

  it('knows what its room is called, also while the hub is away', async () => {
    const { page } = await joinFromLab('마루');
    await page.getByText('오후 반에 들어왔습니다. 별명은 마루입니다.').waitFor();
    await hub.close();
    await page.reload();
    await page.locator('room-bar[data-state="lost"]').waitFor();
    expect(await bar(page).locator('[data-part="name"]').textContent()).toBe('오후 반');
    await openHub();
    await isIn(page);
  });

  it('that comes late is offered to begin where the class is', async () => {
    const { command, close } = await openPresenter();
    command(move('failures', null));
    await waitFor('the move', () => hub.room.state.moves === 1);
    const { page } = await joinFromLab('다온');
    await page.waitForURL('**/failures/');
    await press(page, '여기서 시작 열기');
    await page.locator('lab-checkpoint details[open]').first().waitFor();
    expect(await bar(page).getByText('여기까지 왔습니다').isVisible()).toBe(false);
    await page.reload();
    await isIn(page);
    await bar(page).getByText('오후 반').waitFor();
    expect(await bar(page).getByText('여기까지 왔습니다').isVisible()).toBe(false);
    close();
  });

  it('that presents ends the poll of a step as it runs it', async () => {
    const answering = await joinFromHub('도담');
    const { page, complaints } = await openLab();
    await page.getByLabel('수업 주소').fill(hub.address);
    await page.keyboard.press('Enter');
    await page.getByText('강사로 연결했습니다').waitFor();
    await page.goto(`http://127.0.0.1:${labPort}/failures/`);
    await isIn(page);
    const step = stepOf(page, 'failures/stop-kafka1');
    await step.element.getByRole('button', { name: '모두에게 묻기' }).click();
    const poll = bar(answering.page).locator('[data-part="poll"]');
    await poll.getByRole('button', { name: '답하기' }).waitFor();
    await step.press('실행');
    await poll.getByText('결과:').waitFor();
    await step.element.getByRole('button', { name: '모두에게 묻기' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('is told where there is no hub, and takes a presenter’s address as one', async () => {
    const { page } = await openLab();
    await page.getByLabel('수업 주소').fill(`127.0.0.1:${await freePort()}`);
    await page.getByLabel('참가 코드').fill('ABCD-2345');
    await page.getByLabel('별명').fill('라온');
    await page.keyboard.press('Enter');
    await page.getByText('아무도 듣고 있지 않습니다').waitFor();
    const claims: string[] = [];
    await page.exposeFunction('claim', (text: string) => claims.push(text));
    await page.evaluate(() => {
      const { claim } = window as unknown as { claim(text: string): void };
      const status = document.querySelector('lab-join [data-part="status"]');
      if (status === null) return;
      new MutationObserver(() => claim(status.textContent ?? '')).observe(status, {
        childList: true,
      });
    });
    for (const [address, why] of [
      [hub.address.replace(TOKEN, 'q'.repeat(43)), '연결을 거절했습니다'],
      [hub.address.replace(String(ports.presenterPort), '1'), '아무도 듣고 있지 않습니다'],
    ] as const) {
      await page.getByLabel('수업 주소').fill(address);
      await page.keyboard.press('Enter');
      await page.locator('lab-join').getByText(why).waitFor();
      expect(await bar(page).count()).toBe(0);
    }
    expect(claims).toContain('강사로 연결하는 중…');
    expect(claims.join()).not.toContain('강사로 연결했습니다');
    await page.getByLabel('수업 주소').fill(hub.address);
    await page.keyboard.press('Enter');
    await page.getByText('강사로 연결했습니다').waitFor();
    const kept = await page.evaluate(() => sessionStorage.getItem('lab:presenter'));
    expect(JSON.parse(kept ?? '')).toEqual({
      hub: `http://127.0.0.1:${ports.presenterPort}`,
      token: TOKEN,
    });
    // Nor does it say so any longer, once it is not so.
    await hub.close();
    await bar(page).getByText('아무도 듣고 있지 않습니다').waitFor();
    await page.getByText('강사로 연결했습니다').waitFor({ state: 'hidden' });
    await openHub();
    await page.getByText('강사로 연결했습니다').waitFor();
    await bar(page).getByText('아무도 듣고 있지 않습니다').waitFor({ state: 'hidden' });
  });
});
