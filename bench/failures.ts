/**
 * What a failing leader costs a producer: the longest gap between two acks of a partition, for the
 * drill's load and for Kafka's own Java VerifiableProducer, one run each; and how fast the drill's
 * way of sending is. On the local lab; needs the guide's ports.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createKafka } from '../examples/connection.ts';
import { openLane } from '../examples/lane.ts';
import { partitionsOf } from '../server/kafka/metadata.ts';
import { BROKERS, type Broker } from '../server/lab/lab.ts';
import { createLocalLab } from '../server/lab/local.ts';
import type { Ledger } from '../server/program-events.ts';
import { waitFor } from '../tests/wait.ts';
import { allRegistered, SILENT, succeed } from './measure.ts';

const HOME = fileURLToPath(new URL('../.lab-test/bench', import.meta.url));
const DRILL = fileURLToPath(new URL('../examples/test_broker_failure.ts', import.meta.url));
const lab = createLocalLab({ home: HOME, owner: 'sidecar' });

type Mode = 'stop' | 'kill';

interface Cost {
  /** Milliseconds, the worst partition's. */
  readonly gap: number;
  readonly lost: number;
  readonly duplicated: number;
}

const drill = async (mode: Mode): Promise<Cost> => {
  const file = join(HOME, 'ledger.json');
  const args = [DRILL, '--scenario', '3', '--mode', mode, '--ledger', file];
  const env = { ...process.env, LAB: 'local', LAB_HOME: HOME };
  const [code] = await once(spawn(process.execPath, args, { env, stdio: 'ignore' }), 'close');
  if (code !== 0) throw new Error(`the drill ended with ${code}`);
  const [{ ledger }] = JSON.parse(readFileSync(file, 'utf8')) as [{ ledger: Ledger }];
  const { lost, duplicated, longestGap } = ledger;
  return { lost, duplicated, gap: Math.max(...Object.values(longestGap)) };
};

const tool = (args: readonly string[], stdout: (text: string) => void) =>
  lab.exec(
    'kafka1',
    { tool: 'kafka-verifiable-producer', args, interactive: false, tty: false },
    { ...SILENT, stdout: (bytes) => stdout(Buffer.from(bytes).toString()) },
  );

/** Its longest gap, with the drill's settings: all acks, idempotent, and time enough for a crash. */
const verifiable = async (mode: Mode): Promise<number> => {
  const topic = `bench-${mode}-${Date.now().toString(36)}`;
  const shape = [
    '--partitions',
    '3',
    '--replication-factor',
    '3',
    '--config',
    'min.insync.replicas=2',
  ];
  const server = ['--bootstrap-server', 'localhost:9092'];
  const create = lab.exec(
    'kafka1',
    {
      tool: 'kafka-topics',
      args: [...server, '--create', '--topic', topic, ...shape],
      interactive: false,
      tty: false,
    },
    SILENT,
  );
  await succeed(create.exited);
  const config = join(HOME, 'verifiable.properties');
  writeFileSync(
    config,
    'enable.idempotence=true\nretries=2147483647\nlinger.ms=0\nmetadata.max.age.ms=3000\n',
  );
  // The tool runs beside kafka1: the victim is another broker, and a leader.
  const victim = await leaderOf(topic, 1);
  const acks = new Map<number, number[]>();
  let rest = '';
  const seeds = ['--bootstrap-server', 'localhost:9092,localhost:9093,localhost:9094'];
  const load = [
    '--topic',
    topic,
    '--throughput',
    '60',
    '--acks',
    '-1',
    '--producer.config',
    config,
  ];
  const producer = tool([...seeds, ...load], (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const { name, partition } = JSON.parse(line) as { name: string; partition?: number };
      if (name !== 'producer_send_success' || partition === undefined) continue;
      acks.set(partition, [...(acks.get(partition) ?? []), performance.now()]);
    }
  });
  await waitFor('acks of each partition', () => acks.size === 3, 30_000);
  await setTimeout(3_000);
  await succeed(lab.control(mode, [victim], SILENT).exited);
  await setTimeout(mode === 'kill' ? 25_000 : 10_000);
  await succeed(lab.control('start', [victim], SILENT).exited);
  await waitFor('three brokers', allRegistered, 60_000);
  producer.signal('terminate');
  await producer.exited;
  const gaps = [...acks.values()].flatMap((times) =>
    times.slice(1).map((time, index) => time - (times[index] ?? time)),
  );
  return Math.max(...gaps);
};

const leaderOf = async (topic: string, not: number): Promise<Broker> =>
  waitFor('a leader', async () => {
    const states = await partitionsOf(9092, topic, { timeout: 2_000 });
    const leader = states.map(({ leader }) => leader).find((id) => id !== undefined && id !== not);
    return leader === undefined ? undefined : BROKERS[leader - 1];
  });

/** Messages a second of one partition, one send in flight. */
const throughput = async (): Promise<number> => {
  const topic = `bench-rate-${Date.now().toString(36)}`;
  const kafka = createKafka('bench', 30);
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 3 }] });
  await admin.disconnect();
  const lane = await openLane({ kafka, topic, partition: 0, acks: -1, idempotent: true });
  const message = { id: 'x', key: 'x', value: 'x'.repeat(100) };
  for (let warm = 0; warm < 200; warm += 1) await lane.send(message);
  const from = performance.now();
  for (let index = 0; index < 1_000; index += 1) await lane.send(message);
  const rate = 1_000 / ((performance.now() - from) / 1_000);
  await lane.close();
  return rate;
};

/** Prints its lines of the table. */
export const benchFailures = async (): Promise<void> => {
  mkdirSync(HOME, { recursive: true });
  await succeed(lab.up(SILENT).exited);
  try {
    for (const mode of ['stop', 'kill'] as const) {
      const theirs = await verifiable(mode);
      const ours = await drill(mode);
      console.log(
        `| longest ack gap, \`docker ${mode}\` of a leader | ${ours.gap.toFixed(0)} ms | Java ${theirs.toFixed(0)} ms | ${(ours.gap / theirs).toFixed(2)} | ≤ 1.0 |`,
      );
      console.log(`| – lost, duplicated | ${ours.lost}, ${ours.duplicated} | – | – | 0, 0 |`);
    }
    console.log(
      `| the drill's sends a second, one partition | ${(await throughput()).toFixed(0)} | – | – | – |`,
    );
  } finally {
    await succeed(lab.down({ volumes: true }, SILENT).exited);
  }
};
