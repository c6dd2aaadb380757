/** The examples as a learner runs them: what they refuse, and what the drill's ledger is worth. */
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { waitFor } from '../wait.ts';
import { HOME, lab, Program, refuseOthersCluster } from './sidecar.ts';

beforeAll(async () => {
  await refuseOthersCluster();
  await lab('docker-compose', 'down', '-v');
  const { code, stderr } = await lab('docker-compose', 'up', '-d');
  expect(code, stderr).toBe(0);
});
afterAll(() => lab('docker-compose', 'down', '-v'));

const drillTopics = async (): Promise<readonly string[]> => {
  const list = 'docker exec kafka1 kafka-topics --bootstrap-server kafka1:29092 --list'.split(' ');
  return (await lab(...list)).stdout.split('\n').filter((name) => name.startsWith('drill-'));
};

const makeTopic = (name: string) =>
  lab(
    ...`docker exec kafka1 kafka-topics --bootstrap-server kafka1:29092 --create --topic ${name}`.split(
      ' ',
    ),
  );

const Ledgers = z.tuple([
  z.object({
    topic: z.string(),
    ledger: z.object({ acked: z.int().min(100), read: z.int(), duplicated: z.literal(0) }),
  }),
]);

/** A crash takes 18 s more; the walk has one on either lab. */
const DRILLS = [
  { mode: 'stop', scenario: '2' },
  ...(process.env.LAB === 'docker' ? [{ mode: 'kill', scenario: '3' }] : []),
];

it.each(DRILLS)(
  'docker $mode, scenario $scenario: Kafka’s own consumer counts what the ledger counts',
  async ({ mode, scenario }) => {
    // As one that could not be removed with its cluster gone.
    expect(await makeTopic('drill-left')).toMatchObject({ code: 0 });
    const file = join(HOME, `ledger-${mode}.json`);
    const options = ['--scenario', scenario, '--mode', mode, '--keep', '--ledger', file];
    const drill = await lab('./test_broker_failure.sh', ...options);
    expect(drill.code, drill.stdout + drill.stderr).toBe(0);
    const [{ topic, ledger }] = Ledgers.parse(JSON.parse(readFileSync(file, 'utf8')));
    rmSync(file);
    const read = await lab(
      ...'docker exec kafka1 kafka-console-consumer --bootstrap-server kafka1:29092'.split(' '),
      ...['--topic', topic, '--from-beginning', '--timeout-ms', '5000'],
    );
    const messages = read.stdout.split('\n').filter((line) => line.startsWith('drill '));
    expect(messages).toHaveLength(ledger.read);
    expect(new Set(messages).size).toBe(ledger.read);
    expect(ledger.read).toBeGreaterThanOrEqual(ledger.acked);
    expect(await drillTopics()).toEqual([]);
  },
  150_000,
);

it('runs all scenarios one after the other, and sums them up', async () => {
  const drill = await lab('./test_broker_failure.sh', '--scenario', '4');
  expect(drill.code, drill.stdout + drill.stderr).toBe(0);
  const [, verdicts = ''] = drill.stdout.split('━━ 모든 시나리오의 판정');
  expect(verdicts.match(/^ {3}\d {2}판정: 유실 없음/gm)).toHaveLength(3);
  expect(await drillTopics()).toEqual([]);
});

it('waits for a whole cluster, and puts the brokers back, though it is interrupted while they stop', async () => {
  const before = await drillTopics();
  expect(await lab('docker', 'stop', 'kafka3')).toMatchObject({ code: 0 });
  const drill = new Program('server/cli.ts', ['./test_broker_failure.sh', '--scenario', '2']);
  await waitFor('its wait', () => drill.stdout.includes('준비되기를 기다립니다'), 60_000);
  // While it waits, what it waits for can be done.
  expect(await lab('docker', 'start', 'kafka3')).toMatchObject({ code: 0 });
  await waitFor('the load', () => drill.stdout.includes('메시지를 보내기 시작합니다'), 60_000);
  for (const command of ['docker stop kafka1', 'docker-compose down']) {
    const refused = await lab(...command.split(' '));
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('장애 훈련') });
  }
  await waitFor('the stop', () => drill.stdout.includes('$ docker stop'), 60_000);
  drill.child.kill('SIGINT');
  const { code, stdout, stderr } = await drill.exited;
  expect(code, stdout + stderr).toBe(130);
  expect(stdout).toContain('멈춘 브로커를 모두 되돌렸습니다.');
  const containers = (await lab('docker-compose', 'ps')).stdout;
  for (const name of ['kafka1', 'kafka2', 'kafka3']) {
    expect(containers).toMatch(new RegExp(`${name}\\b.*\\bUp`));
  }
  const after = await drillTopics();
  expect(after).toEqual(before);
});

it('ends, and says why, when a broker cannot be put back', async () => {
  const drill = new Program('server/cli.ts', ['./test_broker_failure.sh', '--scenario', '1']);
  const stopped = /\$ docker stop kafka(\d)/;
  const id = await waitFor('the stop', () => stopped.exec(drill.stdout)?.[1], 60_000);
  // Somebody else has its port before it comes back.
  const listen = async () => {
    const server = createServer().listen(9091 + Number(id), '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  const taken = await waitFor('its port', () => listen().catch(() => undefined));
  const { code, stdout, stderr } = await drill.exited;
  taken.close();
  expect(code, stdout + stderr).toBe(1);
  expect(stderr).toContain(`docker start kafka${id}: 실패했습니다.`);
  expect(stdout.match(/\$ docker start/g)).toHaveLength(1);
  const mended = await lab('docker-compose', 'up', '-d');
  expect(mended.code, mended.stderr).toBe(0);
});

it('a producer that is stopped while a leader is gone says at once what it cannot know', async () => {
  const topic = `orders-${Date.now().toString(36)}`;
  expect(await lab('./create_topic.sh', topic, '3', '3')).toMatchObject({ code: 0 });
  const options = ['--topic', topic, '--rate', '50', '--partitioner', 'round-robin'];
  const producer = new Program('server/cli.ts', ['node', 'producer_example.ts', ...options]);
  const acks = (): readonly string[] => producer.stdout.match(/파티션 \d {2}오프셋/g) ?? [];
  await waitFor('its acks', () => new Set(acks()).size === 3, 60_000);
  // It leads one partition of three, and is in the ISR of all, which acks=all waits for.
  expect(await lab('docker', 'kill', 'kafka2')).toMatchObject({ code: 0 });
  let last = { count: 0, at: 0 };
  await waitFor('orders to wait', () => {
    const count = acks().length;
    if (count > last.count) last = { count, at: performance.now() };
    return performance.now() - last.at > 500;
  });
  const stopped = performance.now();
  producer.child.kill('SIGINT');
  const { code, stdout, stderr } = await producer.exited;
  expect(code, stdout + stderr).toBe(0);
  // 중지 insists after 5 s, and the summary would be lost.
  expect(performance.now() - stopped).toBeLessThan(5_000);
  expect(stdout).toMatch(/보낸 주문 \d+건: 저장됨 \d+, 거절됨 0, 알 수 없음 [1-3]$/m);
  expect(stdout).toMatch(/차례를 기다리던 주문 \d+건은 보내지 않았습니다/);
  expect(await lab('docker-compose', 'up', '-d')).toMatchObject({ code: 0 });
});

it.each([
  ['producer_example.ts', []],
  ['consumer_example.ts', ['--threads', '2']],
])('%s ends when its topic does not exist, and says what to do', async (program, options) => {
  const { code, stdout, stderr } = await lab('node', program, '--topic', 'nowhere', ...options);
  expect(code).toBe(1);
  expect(stdout + stderr).toContain('./create_topic.sh nowhere 3 3');
});
