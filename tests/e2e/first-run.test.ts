/** A reader's first hour: the lessons in order, in a real browser, on real brokers. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../wait.ts';
import { launchBrowser } from './browser.ts';
import { openPage, stepOf } from './page.ts';
import { HOME, lab, PORT, type Program, refuseOthersCluster, startSidecar } from './sidecar.ts';

const ORIGIN = `http://127.0.0.1:${PORT}`;
const describeOrders = [
  'docker exec -it kafka1 kafka-topics --bootstrap-server kafka1:29092 --describe --topic orders',
].flatMap((command) => command.split(' '));

let browser: Browser;
let context: BrowserContext;
let sidecar: { program: Program; address: string };
let page: Page;
let complaints: string[];

/** Undone in reverse order, whatever failed in between. */
const cleanups: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  await refuseOthersCluster();
  await rm(join(HOME, 'token'), { force: true });
  await lab('docker-compose', 'down', '-v');
  cleanups.push(() => lab('docker-compose', 'down', '-v'));
  sidecar = await startSidecar();
  cleanups.push(() => {
    sidecar.program.child.kill('SIGINT');
    return sidecar.program.exited;
  });
  browser = await launchBrowser();
  cleanups.push(() => browser.close());
  context = await browser.newContext();
  ({ page, complaints } = await openPage(context, sidecar.address));
});

afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

const psOf = async (): Promise<string> => (await lab('docker-compose', 'ps')).stdout;

describe('before the cluster runs', () => {
  it('the printed address leads to the start page, without the token', () => {
    expect(page.url()).toBe(`${ORIGIN}/`);
  });

  it('a step that needs it is refused, and links to the step that starts it', async () => {
    await page.goto(`${ORIGIN}/topics/`);
    const list = stepOf(page, 'topics/list');
    await list.press('실행');
    const link = list.element.getByRole('link', { name: '그 단계로 가기' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toContain('/environment/#up');
    expect(await list.status()).not.toBe('running');
  });

  it('the same command in a terminal exits with 3 and says what to do', async () => {
    const { code, stderr } = await lab(...describeOrders);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^lab: 클러스터가 아직 꺼져 있습니다.*docker-compose up -d/);
  });
});

describe('chapter 1', () => {
  it('starts the cluster by a click, and a reload in the middle shows the run whole', async () => {
    await page.goto(`${ORIGIN}/environment/`);
    const up = stepOf(page, 'environment/up');
    await up.press('실행');
    await up.becomes('running', 5_000);
    await page.reload();
    await up.becomes('passed', 180_000);
    const output = await up.output();
    expect(output).toContain('docker-compose up -d');
    for (const name of ['zookeeper', 'kafka1', 'kafka2', 'kafka3']) expect(output).toContain(name);
  });

  it('shows four running containers', async () => {
    const output = await stepOf(page, 'environment/ps').run();
    for (const name of ['zookeeper', 'kafka1', 'kafka2', 'kafka3']) {
      expect(output).toMatch(new RegExp(`${name}\\s.*Up `));
    }
  });

  it.each([1, 2, 3])('shows the log of kafka%i', async (id) => {
    const output = await stepOf(page, `environment/logs-kafka${id}`).run();
    expect(output).toContain(`[KafkaServer id=${id}] started (kafka.server.KafkaServer)`);
  });

  it('started again changes nothing', async () => {
    const starts = async (): Promise<number> => {
      const { stdout } = await lab('docker', 'logs', 'kafka1');
      return stdout.match(/started \(kafka\.server\.KafkaServer\)/g)?.length ?? 0;
    };
    expect(await starts()).toBe(1);
    const up = stepOf(page, 'environment/up');
    await up.press('다시 실행');
    await up.becomes('passed');
    expect(await starts()).toBe(1);
  });
});

describe('chapter 2', () => {
  beforeAll(async () => {
    await page.goto(`${ORIGIN}/topics/`);
  });

  it.each([
    ['orders', 3, 3],
    ['events', 5, 2],
    ['logs', 1, 3],
  ])(
    'makes the topic %s with %i partitions and replication factor %i',
    async (topic, partitions, replicas) => {
      await stepOf(page, `topics/create-${topic}`).run();
      const { stdout, code } = await lab(
        ...`docker exec kafka2 kafka-topics --bootstrap-server kafka2:29093 --describe --topic ${topic}`.split(
          ' ',
        ),
      );
      expect(code).toBe(0);
      expect(stdout).toContain(`PartitionCount: ${partitions}`);
      expect(stdout).toContain(`ReplicationFactor: ${replicas}`);
      expect(stdout).not.toContain('Leader: none');
    },
  );

  it('made again in the same shape is success, and says so', async () => {
    const create = stepOf(page, 'topics/create-orders');
    await create.press('다시 실행');
    await create.prints('이미 있습니다');
    await create.becomes('passed');
  });

  it('lists the three topics', async () => {
    const output = await stepOf(page, 'topics/list').run();
    expect(output.split('\n')).toEqual(expect.arrayContaining(['events', 'logs', 'orders']));
  });

  it('describes orders, and a second terminal shows the same', async () => {
    const output = await stepOf(page, 'topics/describe-orders').run();
    const { stdout, code } = await lab(...describeOrders);
    expect(code).toBe(0);
    const normal = (text: string): string[] =>
      text
        .split('\n')
        .map((line) => line.replaceAll(/\s+/g, ' ').trim())
        .filter((line) => line.startsWith('Topic:'));
    expect(normal(stdout)).toHaveLength(4);
    expect(normal(output)).toEqual(normal(stdout));
  });

  it.each([
    ['another shape', ['orders', '2', '3'], /파티션 3개.*파티션 2개/],
    ['too many replicas', ['too-many', '1', '4'], /복제 팩터 4.*브로커/],
    ['an illegal name', ['한글이름', '1', '1'], /토픽 이름.*영문자/],
    ['a number out of range', ['zero', '0', '1'], /파티션 수.*1 이상/],
  ])('refuses %s in plain Korean, with exit code 1', async (_, args, words) => {
    const { code, stderr, stdout } = await lab('./create_topic.sh', ...args);
    expect(stdout + stderr).toMatch(words);
    expect(code).toBe(1);
  });
});

describe('a second reader of the same lab', () => {
  it('sees what was run before, and a run as it happens', async () => {
    const second = await openPage(context, `${ORIGIN}/topics/`);
    const there = stepOf(second.page, 'topics/list');
    await there.prints('orders');
    const here = stepOf(page, 'topics/list');
    await here.press('다시 실행');
    await here.becomes('passed');
    await there.becomes('passed');
    await second.page.close();
  });

  it('without a session reads, and is told how to run', async () => {
    const stranger = await browser.newContext();
    const other = await stranger.newPage();
    await other.goto(`${ORIGIN}/topics/`);
    const list = stepOf(other, 'topics/list');
    // Those without JavaScript are told the same elsewhere: this is the line's word.
    await other
      .locator('lab-connection[data-state="denied"]', { hasText: 'npm start가 출력한 주소' })
      .waitFor();
    const run = list.element.getByRole('button', { name: '실행', exact: true });
    await waitFor('a button that does nothing', () => run.isDisabled());
    await stranger.close();
  });
});

describe('npm start', () => {
  const again = async (id: string): Promise<string> => {
    const step = stepOf(page, id);
    await step.press('다시 실행');
    await step.becomes('passed', 60_000);
    return step.output();
  };

  it('a second time says that it runs already, and does not disturb the first', async () => {
    await expect(startSidecar()).rejects.toThrow(/이미 실행 중/);
    await again('topics/list');
  });

  it('logged no complaint of the browser', () => {
    // The refused read-only socket belongs to another context.
    expect(complaints).toEqual([]);
  });

  it('ended by Ctrl+C leaves nothing running, and the data for the next time', async () => {
    sidecar.program.child.kill('SIGINT');
    const { code } = await sidecar.program.exited;
    expect(code).toBe(0);
    expect(await psOf()).not.toContain('Up');

    sidecar = await startSidecar();
    await page.goto(sidecar.address);
    await page.goto(`${ORIGIN}/environment/`);
    // What ran before the restart is still there.
    await again('environment/up');
    await page.goto(`${ORIGIN}/topics/`);
    expect(await again('topics/list')).toContain('orders');
  });
});
