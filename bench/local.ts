/**
 * The local lab against the same Kafka with the settings of its own start scripts: from `up` to three
 * registered brokers, and from a click to the exit of `kafka-topics --describe`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CONTAINERS } from '../server/lab/lab.ts';
import { createLocalLab } from '../server/lab/local.ts';
import { readLessons } from '../server/lessons/read.ts';
import { CONTENT } from '../server/settings.ts';
import { waitFor } from '../tests/wait.ts';
import {
  allRegistered,
  compareTimings,
  runProgram,
  SILENT,
  succeed,
  type Timing,
  timed,
  withClicks,
} from './measure.ts';
import { compare, row } from './ratio.ts';

const HOME = fileURLToPath(new URL('../.lab-test/bench', import.meta.url));
const ROOT = join(HOME, 'local');

const lab = createLocalLab({ home: HOME, owner: 'sidecar' });

// What kafka-run-class.sh, kafka-server-start.sh and zookeeper-server-start.sh of 3.9 set.
const STOCK = [
  '-server',
  '-XX:+UseG1GC',
  '-XX:MaxGCPauseMillis=20',
  '-XX:InitiatingHeapOccupancyPercent=35',
  '-XX:+ExplicitGCInvokesConcurrent',
  '-Djava.awt.headless=true',
];

const stockFlags = (log4j: string): string[] => [
  ...STOCK,
  `-Djdk.net.hosts.file=${join(ROOT, 'config/hosts')}`,
  `-Dlog4j.configuration=file:${join(ROOT, 'config', log4j)}`,
  '-cp',
  `${join(ROOT, 'jars-3.9.1')}/*`,
];

const startStock = (): ChildProcess[] =>
  CONTAINERS.map((name) => {
    const log = openSync(join(HOME, `${name}.stock.log`), 'w');
    const zookeeper = name === 'zookeeper';
    const heap = zookeeper ? ['-Xmx512M', '-Xms512M'] : ['-Xmx1G', '-Xms1G'];
    const main = zookeeper ? 'org.apache.zookeeper.server.quorum.QuorumPeerMain' : 'kafka.Kafka';
    return spawn(
      'java',
      [...heap, ...stockFlags('log4j.properties'), main, join(ROOT, `config/${name}.properties`)],
      { stdio: ['ignore', log, log] },
    );
  });

const freshData = (): void => {
  rmSync(join(ROOT, 'data'), { recursive: true, force: true });
  mkdirSync(join(ROOT, 'data'), { recursive: true });
};

const upStock = async (): Promise<number> => {
  freshData();
  let running: ChildProcess[] = [];
  const took = await timed(async () => {
    running = startStock();
    await waitFor('three stock brokers', allRegistered, 60_000);
  });
  for (const child of running.reverse()) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  return took;
};

const upOurs = async (): Promise<number> => {
  freshData();
  const took = await timed(() => succeed(lab.up(SILENT).exited));
  await succeed(lab.down({ volumes: true }, SILENT).exited);
  return took;
};

const describeStock = (): Promise<Timing> =>
  runProgram('java', [
    '-Xmx256M',
    ...stockFlags('tools-log4j.properties'),
    'org.apache.kafka.tools.TopicCommand',
    ...'--bootstrap-server kafka1:29092 --describe --topic orders'.split(' '),
  ]);

/** Resident memory of the four JVMs, MB. */
const residentMemory = (): number =>
  CONTAINERS.reduce((sum, name) => {
    const record = readFileSync(join(ROOT, 'containers', `${name}.json`), 'utf8');
    const { pid } = z.object({ pid: z.int() }).parse(JSON.parse(record));
    const kB = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return sum + Number(kB) / 1_000;
  }, 0);

/** Prints the local lab's lines of the table. Needs the guide's ports. */
export const benchLocal = async (): Promise<void> => {
  // The class-data archives come with the first start and stop: neither side is timed before.
  await upOurs();
  row('`up` → three brokers registered', await compare(5, upOurs, upStock), 'ms', '≤ 0.65');

  await succeed(lab.up(SILENT).exited);
  try {
    const lessons = await readLessons(CONTENT);
    await withClicks({ lab, lessons, site: HOME }, async (click) => {
      await click('topics/create-orders');
      await compareTimings(
        '`kafka-topics --describe`',
        9,
        () => click('topics/describe-orders'),
        describeStock,
        { firstByte: '≤ 0.6', exit: '≤ 0.6' },
      );
      console.log(
        `| memory of the four JVMs | ${residentMemory().toFixed(0)} MB | – | – | ≤ 550 MB |`,
      );
    });
  } finally {
    await succeed(lab.down({ volumes: true }, SILENT).exited);
  }
};
