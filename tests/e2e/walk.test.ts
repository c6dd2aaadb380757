/** The whole book, every step in its order, in a real page on real brokers. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PartitionState, partitionsOf } from '../../server/kafka/metadata.ts';
import { readLessons, type Step } from '../../server/lessons/read.ts';
import { CONTENT } from '../../server/settings.ts';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { stepOf } from './page.ts';
import { closeReader, openReader, type Reader } from './reader.ts';
import { lab, left, PORT } from './sidecar.ts';

const ORIGIN = `http://127.0.0.1:${PORT}`;
const steps = [...(await readLessons(CONTENT)).values()];

let browser: Browser;
let sidecar: Reader['sidecar'];
let page: Page;
let complaints: string[];

beforeAll(async () => {
  // Wide: the view of the cluster is open beside the lesson.
  ({ browser, sidecar, page, complaints } = await openReader({
    viewport: { width: 1440, height: 900 },
  }));
});

afterAll(() => closeReader({ browser, sidecar }));

type StepHandle = ReturnType<typeof stepOf>;

/** A drill takes a crash's 18 s, a recovery, and a reading of everything. */
const DEADLINE = 150_000;

const orders = (): Promise<readonly PartitionState[]> => stateOf('orders');

/** As the first broker that answers knows it. */
const stateOf = async (topic: string): Promise<readonly PartitionState[]> => {
  for (const port of [9092, 9093, 9094]) {
    const states = await partitionsOf(port, topic, { timeout: 2_000 }).catch(() => []);
    if (states.length > 0) return states;
  }
  return [];
};

/** A tool of Kafka's in the learner's own terminal: not the run that is being judged. */
const tool = async (name: string, ...args: string[]): Promise<string> => {
  const server = ['--bootstrap-server', 'kafka1:29092'];
  const { stdout, stderr, code } = await lab('docker', 'exec', 'kafka1', name, ...server, ...args);
  expect(code, stderr).toBe(0);
  return stdout;
};

/** Messages by partition. */
const countsOf = async (topic: string): Promise<number[]> => {
  const lines = (await tool('kafka-get-offsets', '--topic', topic)).trim().split('\n');
  return lines.map((line) => Number(line.split(':')[2]));
};

const noDrillTopic = async (): Promise<void> => {
  expect(await tool('kafka-topics', '--list')).not.toContain('drill-');
};

/** Of every partition of orders, in the order of the brokers. */
const isr = async (...brokers: number[]): Promise<void> => {
  await waitFor(
    `an ISR of ${brokers}`,
    async () =>
      (await orders()).every(({ isr }) => isr.toSorted((a, b) => a - b).join() === brokers.join()),
    60_000,
  );
};

/** What the members of the group call themselves, in order. */
const members = async (): Promise<readonly string[]> => {
  const group = ['--describe', '--group', 'order_processing_group', '--members'];
  const table = await tool('kafka-consumer-groups', ...group);
  const rows = table.split('\n').filter((line) => line.startsWith('order_processing_group'));
  return rows.map((row) => row.split(/\s+/)[3] ?? '').toSorted();
};

/** The ledger's number in that row. */
const ledger = (output: string, row: string): number =>
  Number(new RegExp(`${row} +(\\d+)`).exec(output)?.[1]);

/** The numbers of a column of the picture under that step, by partition. */
const pictured = async (id: string, column: 'total' | 'gap'): Promise<string[]> => {
  const cells = stepOf(page, id).element.locator(`.strips td.${column}`);
  await waitFor('the picture', async () => (await cells.count()) > 0);
  return cells.allTextContents();
};
const sum = (texts: readonly string[]): number =>
  texts.reduce((total, text) => total + Number(text.replaceAll(',', '')), 0);

/** Table and strips under a drill tell what its text does. */
const picturesLedger = async (id: string, output: string): Promise<void> => {
  const figure = stepOf(page, id).element.locator('.figure');
  const cell = (row: string) =>
    figure.getByRole('row', { name: new RegExp(`^${row} [\\d,]+$`) }).getByRole('cell');
  await waitFor('the verdict', async () => (await figure.locator('.verdict').count()) === 1);
  expect(output).toContain((await figure.locator('.verdict').textContent()) ?? 'none');
  for (const row of ['보냄', '저장됨', '거절됨', '알 수 없음', '다시 읽음', '유실', '중복'])
    expect(`${row} ${await cell(row).textContent()}`).toBe(
      `${row} ${ledger(output, row).toLocaleString('ko')}`,
    );
  expect(sum(await pictured(id, 'total'))).toBe(ledger(output, '저장됨'));
  expect((await pictured(id, 'gap')).every((gap) => gap.endsWith('초'))).toBe(true);
};

const provesNoLoss = async (output: string): Promise<void> => {
  expect(output).toContain('판정: 유실 없음');
  expect(ledger(output, '유실')).toBe(0);
  expect(ledger(output, '중복')).toBe(0);
  expect(ledger(output, '보냄')).toBeGreaterThan(100);
  expect(ledger(output, '다시 읽음')).toBeGreaterThan(100);
  await noDrillTopic();
  await isr(1, 2, 3);
};

/** The last keys beside the lesson, against what Kafka's own tool reads. */
const showsKeys = async (topic: string): Promise<void> => {
  const read = await tool(
    ...(['kafka-console-consumer', '--topic', topic, '--from-beginning'] as const),
    ...['--property', 'print.key=true', '--property', 'print.partition=true'],
    ...['--timeout-ms', '5000'],
  );
  const wanted = new Map<string, string[]>();
  for (const [, partition = '', key = ''] of read.matchAll(/Partition:(\d+)\s+(\S+)/g))
    wanted.set(partition, [...(wanted.get(partition) ?? []), key].slice(-8));
  expect(wanted.size).toBeGreaterThan(1);
  const view = page.locator('cluster-view');
  await waitFor('its keys', async () => (await view.textContent())?.includes(`${topic}의 최근 키`));
  for (const [partition, keys] of wanted) {
    const line = view.locator('.keys li', { hasText: `파티션 ${partition}` });
    await waitFor(
      `the keys of ${partition}`,
      async () => (await line.locator('.key').allTextContents()).join() === keys.join(),
    );
  }
};

const stop = async (id: string): Promise<string> => {
  const step = stepOf(page, id);
  await step.press('중지');
  await waitFor(`${id} to end`, async () => !(await step.element.evaluate(isBackground)), 30_000);
  expect(await step.status()).toBe('passed');
  return step.output();
};

const isBackground = (element: Element): boolean => element.hasAttribute('data-background');

/** What must be true of the cluster after a step; those not named here must pass, and no more. */
const outcomes: Readonly<Record<string, (output: string) => Promise<void>>> = {
  'topics/create-try': async () => {
    const made = await stateOf('try-6-2');
    expect(made.map(({ replicas }) => replicas.length)).toEqual([2, 2, 2, 2, 2, 2]);
  },
  'topics/describe-orders': () => isr(1, 2, 3),
  'failures/drill': async (output) => {
    await provesNoLoss(output);
    await picturesLedger('failures/drill', output);
  },
  'failures/drill-kill': async (output) => {
    await provesNoLoss(output);
    await picturesLedger('failures/drill-kill', output);
    const figure = stepOf(page, 'failures/drill-kill').element.locator('.figure');
    expect(await figure.locator('.silences').textContent()).toMatch(/kafka\d \d+초~\d+초/);
    // It stays with the run.
    const before = await figure.textContent();
    await page.reload();
    await waitFor('the picture again', async () => (await figure.textContent()) === before);
    expect(await violations(page)).toEqual([]);
  },
  'failures/stop-kafka1': () => isr(2, 3),
  'failures/describe-without-kafka1': async () => {
    for (const { leader, replicas } of await orders()) {
      expect([2, 3]).toContain(leader);
      expect(replicas).toContain(1);
    }
  },
  'failures/describe-with-kafka1': () => isr(1, 2, 3),
  'failures/elect-preferred': async () => {
    // The broker that is asked hears of it from the controller, a moment later.
    await waitFor('the preferred leaders', async () =>
      (await orders()).every(({ leader, replicas }) => leader === replicas[0]),
    );
  },
  'failures/stop-kafka3': async () => {
    const before = await stepOf(page, 'failures/producer').output();
    const stepAfter = async () => (await stepOf(page, 'failures/producer').output()).length;
    await waitFor('orders to go on', async () => (await stepAfter()) > before.length + 500, 30_000);
    await isr(1, 2);
  },
  'failures/start-kafka3': async () => {
    await isr(1, 2, 3);
    const produced = await stop('failures/producer');
    expect(produced).toMatch(/보낸 주문 \d+건: 저장됨 \d+, 거절됨 0, 알 수 없음 0/);
    const acked = Number(/저장됨 (\d+)/.exec(produced)?.[1]);
    expect(sum(await pictured('failures/producer', 'total'))).toBe(acked);
    const consumed = await stop('failures/consumer');
    const read = Number(/모두 (\d+)건을/.exec(consumed)?.[1]);
    expect(sum(await pictured('failures/consumer', 'total'))).toBe(read);
    expect(consumed).toMatch(/그룹에서 나갔습니다. 모두 \d+건을 읽었습니다/);
    expect(consumed).not.toContain('새로 참여합니다');
    expect(await members(), consumed).toEqual([]);
  },
  'availability/isr-before': () => isr(1, 2, 3),
  'availability/isr-without-kafka2': () => isr(1, 3),
  'availability/isr-after': () => isr(1, 2, 3),
  'availability/stop-two': async () => {
    expect((await stateOf('critical-data')).map(({ isr }) => isr)).toEqual([[1]]);
  },
  'availability/produce-below-min-isr': async () => {
    expect(await countsOf('critical-data')).toEqual([0]);
  },
  'availability/start-two': () => isr(1, 2, 3),
  'availability/unclean': async (output) => {
    expect(ledger(output, '유실')).toBe(30);
    expect(output).toContain('판정: 유실 있음');
    await noDrillTopic();
    await isr(1, 2, 3);
  },
  'partitioning/sticky': async () => {
    expect(Math.max(...(await countsOf('demo-sticky')))).toBe(60);
  },
  'partitioning/round-robin': async () => {
    expect(await countsOf('demo-round-robin')).toEqual([20, 20, 20]);
  },
  'partitioning/key': async () => {
    expect((await countsOf('demo-key')).reduce((sum, count) => sum + count)).toBe(60);
    await showsKeys('demo-key');
  },
  'partitioning/same-key-read': async (output) => {
    const placed = [...output.matchAll(/Partition:(\d+)\s+(user-[12])\s+(\S+)/g)];
    for (const user of ['user-1', 'user-2']) {
      const own = placed.filter(([, , key]) => key === user);
      expect(own.some(([, , , value]) => value === 'console')).toBe(true);
      expect(own.some(([, , , value]) => value?.startsWith('{'))).toBe(true);
      expect(new Set(own.map(([, partition]) => partition)).size).toBe(1);
    }
  },
  'partitioning/custom': async (output) => {
    const vip = output.match(/파티션 0 .* user-1$/gm) ?? [];
    expect((await countsOf('demo-custom'))[0]).toBe(vip.length);
  },
  'partitioning/try': async () => {
    expect(await countsOf('demo-try')).toEqual([30, 30, 30]);
  },
  'partitioning/read-partition-0': async () => {
    await stop('partitioning/read-partition-0');
  },
  'partitioning/read-partition-1': async () => {
    await stop('partitioning/read-partition-1');
  },
  'rebalancing/group-3': async () => {
    await waitFor('three members', async () => (await members()).length === 3, 30_000);
  },
  'rebalancing/group-5': async (output) => {
    await waitFor('five members', async () => (await members()).length === 5, 30_000);
    // Two programs, whose members a reader can tell apart.
    const programs = ['A-1', 'A-2', 'A-3', 'B-1', 'B-2'];
    expect(await members()).toEqual(programs.map((name) => `consumer-${name}`));
    expect(output.match(/^order_processing_group/gm)).toHaveLength(3);
    await stop('rebalancing/consumer-2');
  },
  'rebalancing/group-after': async () => {
    await waitFor('three members', async () => (await members()).length === 3, 30_000);
    await stop('rebalancing/consumer-3');
    expect(await members()).toEqual([]);
    await noDrillTopic();
    await waitFor('every tool and program to have ended', async () => (await left()).length === 0);
  },
  'rebalancing/consumer-try': async () => {
    expect(await members()).toHaveLength(4);
    await stop('rebalancing/consumer-try');
    expect(await members()).toEqual([]);
  },
  'troubleshooting/down-volumes': async () => {
    expect((await lab('docker-compose', 'ps')).stdout).not.toContain('Up');
  },
  'troubleshooting/up-again': async () => {
    expect(await tool('kafka-topics', '--list')).toBe('\n');
  },
};

/** What a reader does while a step waits for typing. */
const typing: Readonly<Record<string, (step: StepHandle) => Promise<void>>> = {
  'failures/drill': async (step) => {
    await step.prints('선택하세요');
    await step.press('입력하기');
  },
  'availability/produce-below-min-isr': async (step) => {
    await step.prints('>');
    await step.press('입력하기');
    await step.prints('NotEnoughReplicas', 60_000);
    await step.press('중지');
  },
  'partitioning/same-key': async (step) => {
    await step.prints('>');
    await step.press('입력하기');
    await step.prints(/>[\s\S]*>[\s\S]*>/);
    await step.element.locator('.xterm-helper-textarea').focus();
    await page.keyboard.press('Control+d');
  },
};

const walk = async (step: Step): Promise<void> => {
  const [chapter] = step.id.split('/');
  if (!page.url().includes(`/${chapter}/`)) await page.goto(`${ORIGIN}/${chapter}/`);
  const handle = stepOf(page, step.id);
  await handle.press('실행');
  await typing[step.id]?.(handle);
  await handle.becomes('passed', DEADLINE);
  expect(await handle.element.evaluate(isBackground)).toBe(step.props.background === true);
  if (step.props.columns !== undefined) await fits(handle, step.props.columns);
  await outcomes[step.id]?.(await handle.output());
};

/** Its table is as wide as its author says, and only its own box scrolls sideways for it. */
const fits = async (handle: StepHandle, columns: number): Promise<void> => {
  const lines = (await handle.output()).split('\n').filter((line) => !line.startsWith('$ '));
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
  const box = handle.element.locator('.screen > div');
  const hidden = await box.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  if (columns > 150) expect(hidden).toBeGreaterThan(0);
  const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(beside).toBeLessThanOrEqual(0);
};

describe('every step of the book, in its order', () => {
  it.each(steps.map((step) => [step.id, step] as const))(
    '%s',
    (_, step) => walk(step),
    2 * DEADLINE,
  );

  it('each outcome and each typing belongs to a step', () => {
    const ids = steps.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...Object.keys(outcomes), ...Object.keys(typing)]));
    const asking = steps.filter(({ props }) => props.input !== undefined).map(({ id }) => id);
    expect(new Set(Object.keys(typing))).toEqual(new Set(asking));
  });

  it('leaves three brokers up, and a browser without complaints', async () => {
    const { stdout } = await lab('docker-compose', 'ps');
    for (const name of ['kafka1', 'kafka2', 'kafka3']) {
      expect(stdout).toMatch(new RegExp(`${name}\\b.*\\bUp`));
    }
    expect(complaints).toEqual([]);
  });
});
