/** What a reader says before a run, changes in it, and is asked at a chapter's end. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { partitionsOf, readMetadata } from '../../server/kafka/metadata.ts';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { openPage, stepOf } from './page.ts';
import { closeReader, openReader, type Reader } from './reader.ts';
import { lab, PORT } from './sidecar.ts';

let browser: Browser;
let context: BrowserContext;
let sidecar: Reader['sidecar'];
let page: Page;
let complaints: string[];

beforeAll(async () => {
  ({ browser, context, sidecar, page, complaints } = await openReader());
});
afterAll(() => closeReader({ browser, sidecar }));

const open = (chapter: string, on = page) => on.goto(`http://127.0.0.1:${PORT}/${chapter}/`);
const run = async (command: string): Promise<void> => {
  const { code, stderr } = await lab(...command.split(' '));
  expect(code, stderr).toBe(0);
};

/** Who leads what kafka1 leads by preference, as a broker that runs knows it: it may hear of a new topic last. */
const leader = async (): Promise<string> => {
  const id = await waitFor('a leader of that partition', async () => {
    const partitions = await partitionsOf(9093, 'orders', { timeout: 5_000 });
    return partitions.find(({ replicas }) => replicas[0] === 1)?.leader ?? undefined;
  });
  return `kafka${id}`;
};
const question = (id: string) => stepOf(page, id).element.locator('[data-part="predict"]');
const isOpen = (id: string): Promise<boolean> =>
  question(id).getByRole('radio').first().isEnabled();
const verdict = (id: string, on = page) => stepOf(on, id).element.locator('[data-part="verdict"]');
const answer = async (id: string, label: string): Promise<void> => {
  await waitFor('the question to be open', () => isOpen(id));
  await question(id).getByRole('radio', { name: label }).check();
};
const settles = (id: string, wanted: string, on = page): Promise<boolean> =>
  waitFor(
    `a verdict on ${id}`,
    async () => (await verdict(id, on).getAttribute('data-verdict')) === wanted,
    60_000,
  );

/**
 * A controller looks for leaders to give back five seconds after it has become one, and every five minutes
 * from then on: kafka1, which is stopped here, must not be the one that another takes over from.
 */
const keepControllerOff = async (id: number): Promise<void> => {
  const name = `kafka${id}`;
  const other = 9091 + (id === 3 ? 1 : id + 1);
  const metadata = () => readMetadata(other, { timeout: 5_000 });
  if ((await metadata()).controller !== id) return;
  await run(`docker stop ${name}`);
  await waitFor('another controller', async () => {
    const { controller } = await metadata();
    return controller !== undefined && controller !== id;
  });
  await run(`docker start ${name}`);
  await waitFor('it to be back', async () => (await metadata()).brokers.has(id), 60_000);
};

const STOP = 'failures/stop-kafka1';
const START = 'failures/start-kafka1';

it('compares what was said before a run with the leader that there really is', async () => {
  await run('docker-compose up -d');
  await keepControllerOff(1);
  await run('./create_topic.sh orders 3 3');
  await open('failures');
  expect(await leader()).toBe('kafka1');
  // The broker that is stopped leads no more: who says so is wrong, whoever leads instead.
  await answer(STOP, 'kafka1');
  expect(await violations(page)).toEqual([]);
  await stepOf(page, STOP).press('실행');
  await waitFor('the answer to be locked', async () => !(await isOpen(STOP)));
  expect(await verdict(STOP).textContent()).toMatch(/^(예상: kafka1\.|$)/);
  await stepOf(page, STOP).becomes('passed', 60_000);
  await settles(STOP, 'wrong');
  const now = await leader();
  const text = await verdict(STOP).textContent();
  expect(text).toContain(`예상: kafka1, 실제: ${now}.`);
  expect(text).toContain('리더였던 kafka1이 멈춰');
  expect(await violations(page)).toEqual([]);
});

it('a leader does not come back with its broker: who says so is right, and knows why', async () => {
  const now = await leader();
  await answer(START, now);
  await stepOf(page, START).run('passed', 120_000);
  await settles(START, 'right');
  expect(await leader()).toBe(now);
  expect(await verdict(START).textContent()).toContain(`예상이 맞았습니다: ${now}.`);
});

it('a verdict is there after a reload, and in a second tab', async () => {
  const text = await verdict(START).textContent();
  await page.reload();
  await settles(START, 'right');
  await settles(STOP, 'wrong');
  expect(await verdict(START).textContent()).toBe(text);
  const { page: other } = await openPage(context, page.url());
  await settles(START, 'right', other);
  expect(await verdict(START, other).textContent()).toBe(text);
  await other.close();
});

it('tells who has not answered what has happened, and nothing of an answer', async () => {
  await open('availability');
  await run('./create_topic.sh events 5 2');
  await stepOf(page, 'availability/stop-kafka2').run('passed', 60_000);
  await waitFor('the next question', () => isOpen('availability/stop-kafka2'));
  expect(await verdict('availability/stop-kafka2').textContent()).toMatch(
    /^실제: [12]대\. events-0의 ISR은 \[[\d,]+\]입니다\./,
  );
  await stepOf(page, 'availability/start-kafka2').run('passed', 120_000);
});

it('counts partitions that got messages, that nobody leads, and members that have none', async () => {
  await run('./create_topic.sh demo-sticky 3 3');
  await open('partitioning');
  await answer('partitioning/sticky', '1개');
  await stepOf(page, 'partitioning/sticky').run('passed', 60_000);
  await settles('partitioning/sticky', 'right');
  await open('rebalancing');
  await stepOf(page, 'rebalancing/consumer-3').run('passed', 60_000);
  await answer('rebalancing/consumer-2', '0명');
  await stepOf(page, 'rebalancing/consumer-2').run('passed', 60_000);
  await settles('rebalancing/consumer-2', 'wrong');
  // It goes on meanwhile.
  expect(await verdict('rebalancing/consumer-2').textContent()).toContain(
    '실제: 2명. 멤버 5명이 파티션 3개를 나누었습니다.',
  );
  for (const id of ['rebalancing/consumer-2', 'rebalancing/consumer-3'])
    await stepOf(page, id).press('중지');
  const four = stepOf(page, 'rebalancing/consumer-try');
  await waitFor('the members to have left', async () => {
    const status = await stepOf(page, 'rebalancing/consumer-3').element;
    return !(await status.evaluate((each) => each.hasAttribute('data-background')));
  });
  await four.run('passed', 60_000);
  await four.press('중지');
  await open('availability');
  await stepOf(page, 'availability/create-critical-data').run('passed', 60_000);
  const leaderless = 'availability/stop-two';
  await answer(leaderless, '5개');
  await stepOf(page, leaderless).run('passed', 60_000);
  await settles(leaderless, 'wrong');
  const states = await partitionsOf(9092, 'events', { timeout: 5_000 });
  const lost = states.filter(({ leader }) => leader === undefined);
  expect(lost.length).toBeGreaterThan(0);
  const text = await verdict(leaderless).textContent();
  expect(text).toContain(`예상: 5개, 실제: ${lost.length}개.`);
  for (const { partition } of lost) expect(text).toContain(`events-${partition} [`);
  await stepOf(page, 'availability/start-two').run('passed', 120_000);
});

it('runs the command that it shows, with the values that the reader has put there', async () => {
  await open('topics');
  const step = stepOf(page, 'topics/create-try');
  const partitions = step.element.getByRole('spinbutton', { name: '파티션 수' });
  const command = () => step.element.locator('.ec-line .code').nth(1).textContent();
  expect(await command()).toBe('./create_topic.sh try-6-2 6 2');
  await waitFor('the fields', () => partitions.isEnabled());
  await partitions.fill('7');
  expect(await command()).toBe('./create_topic.sh try-7-2 7 2');
  expect(await step.element.textContent()).toContain('try-7-2 토픽의 파티션이 7개, 복제본이 2개씩');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await step.press('복사');
  await waitFor('the command to be copied', async () =>
    (await step.element.textContent())?.includes('복사했습니다.'),
  );
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    './create_topic.sh try-7-2 7 2',
  );
  expect(await step.run('passed', 60_000)).toContain('$ ./create_topic.sh try-7-2 7 2');
  expect(await partitionsOf(9092, 'try-7-2', { timeout: 5_000 })).toHaveLength(7);
  expect(await violations(page)).toEqual([]);
});

it('runs nothing with a value that cannot be, and says which may', async () => {
  const step = stepOf(page, 'topics/create-try');
  const partitions = step.element.getByRole('spinbutton', { name: '파티션 수' });
  await partitions.fill('13');
  const output = await step.output();
  await step.press('다시 실행');
  expect(await partitions.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await step.element.getByText('파티션 수: 1에서 12까지의 정수를').isVisible()).toBe(true);
  expect(await step.status()).toBe('passed');
  expect(await step.output()).toBe(output);
  expect(await violations(page)).toEqual([]);
  await step.element.getByRole('button', { name: '처음 값으로' }).click();
  expect(await partitions.inputValue()).toBe('6');
});

it('asks at a chapter’s end, by keyboard alone, and remembers', async () => {
  const quiz = page.locator('lab-quiz').first();
  const radios = quiz.getByRole('radio');
  await waitFor('the quiz', () => radios.first().isEnabled());
  await radios.first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  expect(await quiz.getByRole('status').textContent()).toContain('아쉽지만 아닙니다.');
  expect(await quiz.getByRole('status').textContent()).toContain('복제 팩터 2는 한 대의 장애까지');
  expect(await quiz.getByText('오답').count()).toBe(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await quiz.getByRole('status').textContent()).toContain('맞았습니다.');
  expect(await quiz.locator('[data-part="why"]:visible').count()).toBe(3);
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await waitFor('the answer again', async () => (await quiz.getByText('정답').count()) === 1);
  await quiz.getByRole('button', { name: '다시 풀기' }).focus();
  await page.keyboard.press('Enter');
  expect(await quiz.locator('[data-part="why"]:visible').count()).toBe(0);
  expect(await radios.first().evaluate((input) => input === document.activeElement)).toBe(true);
});

it('a browser that keeps nothing asks and compares all the same, for this page', async () => {
  const strict = await browser.newContext();
  await strict.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('forbidden', 'SecurityError');
      },
    });
  });
  const { page: other, complaints: its } = await openPage(strict, sidecar.address);
  await open('topics', other);
  const quiz = other.locator('lab-quiz').first();
  await waitFor('the quiz', () => quiz.getByRole('radio').first().isEnabled());
  await quiz.getByRole('radio').nth(1).check();
  await quiz.getByRole('button', { name: '답 확인' }).click();
  expect(await quiz.getByRole('status').textContent()).toContain('맞았습니다.');
  // The theme is chosen for this page as well.
  expect(await other.getAttribute('html', 'data-theme')).toBe('light');
  await other.getByRole('combobox').first().selectOption('dark');
  expect(await other.getAttribute('html', 'data-theme')).toBe('dark');
  expect(its).toEqual([]);
  await strict.close();
});

it('leaves a browser without complaints', () => {
  expect(complaints).toEqual([]);
});
