/** Terminals that are cut off, reloaded and looked at twice, in a real browser. */
import { once } from 'node:events';
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { LabError } from '../../server/errors.ts';
import type { ContainerState } from '../../server/lab/lab.ts';
import { INTERRUPTED, task } from '../../server/lab/process.ts';
import { readLessons } from '../../server/lessons/read.ts';
import { CONTENT } from '../../server/settings.ts';
import { type Sidecar, startSidecar } from '../../server/sidecar.ts';
import { buildSite, SITE, sitePolicy } from '../../server/site.ts';
import { type Cutter, createCutter } from '../cutter.ts';
import { createFakeLab, type FakeExec } from '../fake-lab.ts';
import { freePort } from '../free-port.ts';
import { denseOutput, realisticOutput } from '../realistic-output.ts';
import { waitFor } from '../wait.ts';
import { launchBrowser } from './browser.ts';
import { stepOf } from './page.ts';

const STEP = 'topics/list';

let browser: Browser;
let cutter: Cutter;
let sidecar: Sidecar;
let execs: FakeExec[];
let home: string;
let port: number;
/** What another window has done to the cluster. */
let changed = (containers: readonly ContainerState[]): readonly ContainerState[] => containers;

const start = async (): Promise<void> => {
  const fake = createFakeLab({ running: true });
  execs = fake.execs;
  sidecar = await startSidecar({
    port,
    token: 't'.repeat(40),
    home,
    // It takes as long as the reader lets it.
    lab: {
      ...fake.lab,
      up: () => task((abort) => once(abort, 'abort').then(() => INTERRUPTED)),
      containers: async () => changed(await fake.lab.containers()),
    },
    lessons: await readLessons(CONTENT),
    site: SITE,
    policy: await sitePolicy(),
    alsoPorts: [cutter.port],
  });
};

beforeAll(async () => {
  await buildSite(() => {});
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'home-'));
  port = await freePort();
  cutter = await createCutter(() => port);
  await start();
});
afterEach(async () => {
  await cutter.close();
  await sidecar.close();
  rmSync(home, { recursive: true });
});

/** A page at the step, through the wire that can be cut. */
const openPage = async (receive = (_frame: string | Buffer): void => {}): Promise<Page> => {
  const page = await browser.newPage();
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => receive(payload));
  });
  await page.goto(sidecar.address);
  await page.goto(`http://127.0.0.1:${cutter.port}/topics/`);
  return page;
};

/** Nothing is drawn over it. */
const isOnTop = (element: Element): boolean => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return document.elementFromPoint(left + width / 2, top + height / 2) === element;
};

/** A click of it waits for its answer. */
const isPending = (element: Element): boolean => element.hasAttribute('data-pending');

/** In pieces that end anywhere, in the middle of a syllable or an escape sequence. */
const pieces = (bytes: Buffer, count: number): Buffer[] =>
  Array.from({ length: count }, (_, index) =>
    bytes.subarray(
      Math.floor((bytes.length * index) / count) + (index === 0 ? 0 : 1),
      Math.floor((bytes.length * (index + 1)) / count) + 1,
    ),
  );

it('shows the same text after twenty cuts and reloads as without any', async () => {
  // All of it stays on the screen: what is lost or repeated at any cut can be seen.
  const lines = 4_500;
  const bytes = denseOutput(lines);
  expect(bytes.length).toBeGreaterThan(1_000_000);

  const uncut = await openPage();
  const whole = stepOf(uncut, STEP);
  await whole.press('실행');
  await waitFor('the run', () => execs.length === 1);
  execs[0]?.stdio.stdout(bytes);
  execs[0]?.exit(0);
  await whole.becomes('passed');
  const wanted = await whole.output();
  expect(wanted.match(/주문 \d+ 가나다라마바사아자차카타/g)).toHaveLength(lines);

  const [page, second] = [await openPage(), await openPage()];
  const step = stepOf(page, STEP);
  await step.press('다시 실행');
  await waitFor('the second run', () => execs.length === 2);
  let last = '';
  for (const [index, piece] of pieces(bytes, 21).entries()) {
    if (index > 0 && index % 4 === 0) {
      await page.reload();
      // From here on the wire is cut under the run, not under the page itself.
      await step.prints(last);
    }
    if (index > 0) cutter.cutAfter((index * 7_919) % piece.length);
    execs[1]?.stdio.stdout(piece);
    [last = ''] = piece.toString().match(/주문 \d+(?!.*주문 \d)/s) ?? [];
    await step.prints(last);
  }
  execs[1]?.exit(0);
  await step.becomes('passed');
  expect(cutter.cuts).toBe(20);
  expect(await step.output()).toBe(wanted);
  // Another tab shows the same run.
  const other = stepOf(second, STEP);
  await waitFor('the second tab', async () => (await other.output()) === wanted, 30_000);
  await Promise.all([uncut.close(), page.close(), second.close()]);
});

it('shows Korean and escape sequences whole, though they come byte by byte', async () => {
  let frames = 0;
  const page = await openPage((payload) => {
    if (typeof payload !== 'string') frames += 1;
  });
  const step = stepOf(page, STEP);
  await step.press('실행');
  await waitFor('the run', () => execs.length === 1);
  await waitFor('the prompt', () => frames > 0);
  const text = '\x1b[32m브로커 1\x1b[0m 진행 10%\x1b[3D90%\r\n\x1b]0;제목\x07👍 끝\x1b[K\r\n';
  for (const [index, byte] of Buffer.from(text).entries()) {
    execs[0]?.stdio.stdout(Uint8Array.of(byte));
    // Each in a frame of its own, after the prompt's.
    await waitFor(`byte ${index}`, () => frames > index + 1);
  }
  execs[0]?.exit(0);
  await step.becomes('passed');
  expect(await step.output()).toContain('브로커 1 진행 90%\n👍 끝');
  await page.close();
});

it('is neither frozen nor made to type by what a program prints', async () => {
  const page = await openPage();
  const step = stepOf(page, STEP);
  await step.press('실행');
  await waitFor('the run', () => execs.length === 1);
  const counted = ['L', 'M', 'S', 'T', '@', 'P', 'X', 'b', 'I', 'Z', ' @', ' A', "'}", "'~"];
  const modes = ['9', '1000', '1002', '1003', '1003;1006', '1004', '1049', '47', '1007'];
  for (const hostile of [
    `a${'\u0301'.repeat(200_000)}`,
    ...counted.map((final) => `R\x1b[2000000000${final}`),
    ...modes.map((mode) => `\x1b[?${mode}h`),
    ...['\x1b[6n', '\x1b[c', '\x1b[>c', '\x1b]10;?\x07', '\x1b[?1$p', '\x1bP$qm\x1b\\'],
  ])
    execs[0]?.stdio.stdout(Buffer.from(hostile));
  execs[0]?.stdio.stdout(Buffer.from('\r\n끝까지 왔다\r\n'));
  await step.prints('끝까지 왔다');
  const screen = step.element.locator('[data-part="screen"]');
  const box = (await screen.boundingBox()) ?? expect.fail('no screen');
  for (const [x, y] of [
    [20, 20],
    [90, 60],
  ] as const)
    await page.mouse.move(box.x + x, box.y + y);
  await page.mouse.down();
  await page.mouse.up();
  await page.mouse.wheel(0, 300);
  // Out of the terminal, and into it again by its keyboard.
  await page.locator('h1').first().click();
  await screen.locator('textarea').focus();
  await page.keyboard.type('x');
  await waitFor('what was typed', () => execs[0]?.typed.length !== 0);
  expect(execs[0]?.typed).toEqual(['x']);
  execs[0]?.exit(0);
  await page.close();
});

it('gives a paste to a program as it reads it, whole, and gives it up for a Ctrl+C', async () => {
  const page = await openPage();
  const step = stepOf(page, STEP);
  await step.press('실행');
  await waitFor('the run', () => execs.length === 1);
  const [exec] = execs;
  if (exec === undefined) return expect.fail('no run');
  const input = step.element.locator('textarea');
  await input.focus();
  const paste = (text: string): Promise<void> =>
    input.evaluate((element, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, text);
  const lines = (word: string): string =>
    Array.from({ length: 10_000 }, (_, index) => `${word}-${index}\n`).join('');
  const typed = (): string => exec.typed.join('').replaceAll('\r', '\n');
  // Nothing more comes while it reads nothing.
  exec.unread = 1_000_000;
  await paste(lines('order'));
  await step.element.getByRole('alert').filter({ hasText: '읽지 않은' }).waitFor();
  expect(typed()).toBe('');
  exec.unread = 100_000;
  await paste(lines('order'));
  await waitFor('the first piece', () => typed() !== '');
  await paste(lines('more'));
  const first = typed().length;
  exec.unread = 0;
  await waitFor('all of it', () => typed().endsWith('more-9999\n'));
  expect(first).toBeLessThan(20_000);
  expect(typed()).toBe(lines('order') + lines('more'));
  exec.typed.length = 0;
  exec.unread = 100_000;
  await paste(lines('late'));
  await waitFor('the first piece', () => typed() !== '');
  await page.keyboard.press('Control+c');
  await waitFor('the Ctrl+C', () => exec.signals.length > 0);
  expect(exec.typed).toHaveLength(1);
  await page.close();
});

it('stays quick under output that is slow to draw', async () => {
  const page = await openPage();
  const step = stepOf(page, STEP);
  await step.press('실행');
  await waitFor('the run', () => execs.length === 1);
  await page.evaluate(() => {
    const seen = { longest: 0 };
    Object.assign(window, { seen });
    let last = performance.now();
    const look = (): void => {
      seen.longest = Math.max(seen.longest, performance.now() - last);
      last = performance.now();
      setTimeout(look);
    };
    look();
  });
  execs[0]?.stdio.stdout(Buffer.from(`${'\x1b[5L'.repeat(200_000)}\r\n끝까지 왔다`));
  await step.prints('끝까지 왔다');
  const longest = await page.evaluate(
    () => (window as unknown as { seen: { longest: number } }).seen.longest,
  );
  expect(longest).toBeLessThan(1_000);
  await step.element.getByRole('button', { name: '중지' }).click();
  await step.becomes('stopped');
  await page.close();
});

it('takes the two clicks of a double click for one, though the first has done its work by then', async () => {
  const page = await openPage();
  const button = page.locator(`[data-step="${STEP}"] [data-part="run"]`);
  // As a browser tells them, with the end of the first run between them.
  const click = (detail: number) =>
    button.evaluate((element, detail) => {
      element.dispatchEvent(new MouseEvent('click', { bubbles: true, detail }));
    }, detail);
  await click(1);
  await waitFor('the run', () => execs.length === 1);
  execs[0]?.exit(0);
  const step = stepOf(page, STEP);
  await step.becomes('passed');
  await click(2);
  // A click that counts shows at once.
  expect(await step.status()).toBe('passed');
  expect(await page.locator(`[data-step="${STEP}"][data-pending]`).count()).toBe(0);
  await click(1);
  await waitFor('the next run', () => execs.length === 2);
  execs[1]?.exit(0);
  await page.close();
});

it('refuses what would get in the way of another step, and leads there', async () => {
  const page = await openPage();
  await page.goto(`http://127.0.0.1:${cutter.port}/environment/`);
  const up = stepOf(page, 'environment/up');
  await up.press('실행');
  await up.becomes('running');
  await page.goto(`http://127.0.0.1:${cutter.port}/troubleshooting/`);
  const down = stepOf(page, 'troubleshooting/down-volumes');
  await down.press('실행');
  const message = down.element.getByRole('alert');
  await waitFor('the refusal', async () => (await message.textContent())?.includes('띄우기’ 단계'));
  expect(await down.element.textContent()).toContain('실행하지 않음');
  const other = await openPage();
  await other.goto(page.url());
  const again = stepOf(other, 'troubleshooting/down-volumes');
  await again.press('실행');
  const there = again.element.locator('.message');
  await waitFor('the refusal there', async () => (await there.textContent())?.includes('띄우기’'));
  await message.getByRole('link', { name: '그 단계로 가기' }).click();
  await page.waitForURL('**/environment/#up');
  await up.becomes('running');
  await up.press('중지');
  await up.becomes('stopped');
  // Nothing stands in its way any more, and nothing says so.
  await waitFor('the reason to go', async () => (await there.textContent()) === '');
  expect(await again.status()).toBe('idle');
  await other.close();
  await page.close();
});

it('notices a sidecar that hangs, and runs the click once it answers again', async () => {
  const page = await openPage();
  const step = stepOf(page, STEP);
  const line = page.locator('lab-connection').first();
  const other = stepOf(page, 'topics/describe-orders');
  await other.press('실행');
  await waitFor('the other run', () => execs.length === 1);
  const clock = () => other.element.locator('[data-part="clock"]').textContent();
  await waitFor('its clock', async () => (await clock()) !== '');
  cutter.freeze(true);
  await step.press('실행');
  await waitFor(
    'the page to notice',
    async () => (await line.textContent())?.includes('끊겼'),
    20_000,
  );
  expect(execs).toHaveLength(1);
  expect(await clock()).toBe('');
  for (const width of [390, 800, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await waitFor(`the line to be seen at ${width}`, () => line.evaluate(isOnTop));
  }
  // With the old connection the click is lost that was sent over it.
  cutter.cut();
  cutter.freeze(false);
  await step.prints('$ ');
  expect(execs).toHaveLength(2);
  await waitFor('its clock again', async () => (await clock()) !== '');
  await page.close();
});

it('makes one run of clicks in two windows, and both show it, with its 중지', async () => {
  const pages = [await openPage(), await openPage()];
  const steps = pages.map((page) => stepOf(page, STEP));
  await sidecar.close();
  for (const step of steps) {
    await waitFor('the page to notice', async () =>
      step.element.evaluate((element) => element.hasAttribute('data-offline')),
    );
    await step.press('실행');
  }
  await start();
  for (const step of steps) {
    await step.prints('$ ');
    await step.becomes('running');
  }
  expect(execs).toHaveLength(1);
  for (const step of steps) {
    // Once the other click has been answered, too.
    await waitFor('the answer', async () => !(await step.element.evaluate(isPending)));
    expect(await step.element.getByRole('button', { name: '중지' }).isVisible()).toBe(true);
    expect(await step.element.textContent()).not.toContain('실행하지 않음');
  }
  execs[0]?.exit(0);
  for (const step of steps) await step.becomes('passed');
  for (const page of pages) await page.close();
});

it('does not carry out a click that has waited too long for a connection', async () => {
  const page = await openPage();
  await page.clock.install();
  const step = stepOf(page, STEP);
  await sidecar.close();
  await waitFor('the page to notice', async () =>
    step.element.evaluate((element) => element.hasAttribute('data-offline')),
  );
  await step.press('실행');
  await page.clock.fastForward(61_000);
  await waitFor('the word', async () =>
    (await step.element.textContent())?.includes('연결되지 않아 실행하지 않았습니다'),
  );
  await start();
  await waitFor('the connection', async () =>
    step.element.evaluate((element) => !element.hasAttribute('data-offline')),
  );
  expect(await step.element.textContent()).toContain('연결되지 않아 실행하지 않았습니다');
  const other = stepOf(page, 'topics/describe-orders');
  await other.press('실행');
  await waitFor('the honest click', () => execs.length > 0);
  expect(execs).toHaveLength(1);
  expect(execs[0]?.args).toContain('--describe');
  execs[0]?.exit(0);
  await page.close();
});

it('tells of itself what has become of the cluster, and of the lab', async () => {
  const page = await openPage();
  const line = page.locator('lab-connection').first();
  const says = (text: string) =>
    waitFor(text, async () => (await line.textContent()) === text, 10_000);
  await says('로컬 실습실 · 브로커 프로세스 3/3');
  changed = (all) =>
    all.map((each) => (each.name === 'kafka3' ? { ...each, state: 'exited' } : each));
  await says('로컬 실습실 · 브로커 프로세스 2/3');
  changed = () => {
    throw new LabError('unavailable', 'Docker 엔진이 답하지 않습니다. 길고 긴 설명입니다.');
  };
  await says('Docker 엔진이 답하지 않습니다.');
  expect(await line.getAttribute('title')).toContain('길고 긴 설명');
  changed = (all) => all;
  await says('로컬 실습실 · 브로커 프로세스 3/3');
  await page.close();
});

it('says when the screen does not begin with the first line', async () => {
  const page = await openPage();
  const step = stepOf(page, STEP);
  const cut = page.locator(`[data-step="${STEP}"] [data-part="cut"]`);
  await step.press('실행');
  await waitFor('the run', () => execs.length === 1);
  execs[0]?.stdio.stdout(realisticOutput(2_000));
  await step.prints('주문 1999');
  expect(await cut.isVisible()).toBe(false);
  execs[0]?.stdio.stdout(realisticOutput(7_000));
  await step.prints('주문 6999');
  execs[0]?.exit(0);
  await step.becomes('passed');
  expect(await cut.textContent()).toBe('출력이 길어 마지막 5,000줄까지만 거슬러 볼 수 있습니다.');
  await step.press('다시 실행');
  await waitFor('its own screen', async () => !(await cut.isVisible()));
  await waitFor('the next run', () => execs.length === 2);
  // More than is kept, though this page sees it all.
  for (let times = 0; times < 4; times += 1) execs[1]?.stdio.stdout(realisticOutput(8_000));
  execs[1]?.stdio.stdout(Buffer.from('끝\r\n'));
  await step.prints('끝');
  execs[1]?.exit(0);
  await step.becomes('passed');
  const said = await cut.textContent();
  expect(said).toMatch(/오래된 [\d.]+MB는 기록에도 남아 있지 않습니다/);
  await page.reload();
  await waitFor('the same', async () => (await cut.textContent()) === said);
  await page.close();
});

it('tries again when a socket is never opened', { timeout: 30_000 }, async () => {
  cutter.muteHandshakes(true);
  const page = await openPage();
  const line = page.locator('lab-connection').first();
  await waitFor('the word', async () => (await line.textContent())?.includes('끊겼'), 10_000);
  cutter.muteHandshakes(false);
  const step = stepOf(page, STEP);
  await step.press('실행');
  await waitFor('the run', () => execs.length === 1, 20_000);
  await page.close();
});

it('shows finished runs after a restart of the sidecar, and says of others that nobody knows', async () => {
  const page = await openPage();
  const list = stepOf(page, STEP);
  await list.press('실행');
  await waitFor('the run', () => execs.length === 1);
  execs[0]?.stdio.stdout(Buffer.from('orders\r\n'));
  execs[0]?.exit(0);
  await list.becomes('passed');
  const describe = stepOf(page, 'topics/describe-orders');
  await describe.press('실행');
  await waitFor('the other run', () => execs.length === 2);
  execs[1]?.stdio.stdout(Buffer.from('Leader: 1\r\n'));
  await describe.prints('Leader: 1');

  // As a crash leaves it: what comes after this moment is written down nowhere.
  const crashed = `${home}-crashed`;
  cpSync(home, crashed, { recursive: true });
  cutter.cut();
  await sidecar.close();
  rmSync(home, { recursive: true });
  renameSync(crashed, home);
  await start();
  await describe.becomes('stopped');
  expect(await describe.element.textContent()).toContain('알 수 없습니다');
  expect(await describe.output()).toContain('Leader: 1');
  await page.reload();
  await list.becomes('passed');
  expect(await list.output()).toContain('orders');
  await describe.becomes('stopped');
  expect(await describe.output()).toContain('Leader: 1');
  expect(execs).toHaveLength(0);
  await page.close();
});
