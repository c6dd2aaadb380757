/**
 * The local lab against the same Kafka with the settings of its own start scripts: from `up` to three
 * registered brokers, and from a click to the exit of `kafka-topics --describe`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { aliveBrokers } from '../server/kafka/metadata.ts';
import { BROKERS, CONTAINERS, type Stdio } from '../server/lab/lab.ts';
import { createLocalLab } from '../server/lab/local.ts';
import { readLessons } from '../server/lessons/read.ts';
import { ServerMessage } from '../server/protocol.ts';
import { CONTENT } from '../server/settings.ts';
import { startSidecar } from '../server/sidecar.ts';
import { freePort } from '../tests/free-port.ts';
import { waitFor } from '../tests/wait.ts';
import { compare, row, summary } from './ratio.ts';

const HOME = fileURLToPath(new URL('../.lab-test/bench', import.meta.url));
const ROOT = join(HOME, 'local');
const SILENT: Stdio = { stdout: () => {}, stderr: () => {}, size: undefined };

const lab = createLocalLab({ home: HOME, owner: 'sidecar' });

const succeed = async (exited: Promise<number>): Promise<void> => {
  const code = await exited;
  if (code !== 0) throw new Error(`exit code ${code}`);
};

const timed = async (work: () => Promise<void>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};

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

const allRegistered = async (): Promise<boolean> => {
  const known = await Promise.all(
    [9092, 9093, 9094].map((port) => aliveBrokers(port, { timeout: 2_000 }).catch(() => new Set())),
  );
  return known.every(({ size }) => size === BROKERS.length);
};

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

/** Milliseconds to the first byte and to the end. */
interface Timing {
  readonly firstByte: number;
  readonly exit: number;
}

const describeStock = async (): Promise<Timing> => {
  const from = performance.now();
  const child = spawn(
    'java',
    [
      '-Xmx256M',
      ...stockFlags('tools-log4j.properties'),
      'org.apache.kafka.tools.TopicCommand',
      ...'--bootstrap-server kafka1:29092 --describe --topic orders'.split(' '),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let firstByte = 0;
  child.stdout.on('data', () => {
    if (firstByte === 0) firstByte = performance.now() - from;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`exit code ${code}`);
  return { firstByte, exit: performance.now() - from };
};

/** A page's click, through the real socket. */
const click = async (address: URL, cookie: string, step: string): Promise<Timing> => {
  const socket = new WebSocket(`ws://${address.host}/api/socket`, {
    headers: { cookie, origin: address.origin },
  });
  await once(socket, 'open');
  const run = crypto.randomUUID();
  const from = performance.now();
  let firstByte = 0;
  const done = new Promise<void>((resolve, reject) => {
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        // The first line is the sidecar's own prompt.
        const body = data.subarray(data.indexOf('\n') + 1).toString();
        if (firstByte === 0 && body.includes('Topic:')) firstByte = performance.now() - from;
        return;
      }
      const message = ServerMessage.parse(JSON.parse(data.toString()));
      if (message.type === 'error') reject(new Error(message.message));
      else if (message.run === run && message.status === 'failed') reject(new Error('it failed'));
      else if (message.run === run && message.status === 'passed') resolve();
    });
  });
  socket.send(JSON.stringify({ type: 'run.start', run, step, cols: 100, rows: 24 }));
  socket.send(JSON.stringify({ type: 'run.attach', run, offset: 0 }));
  await done;
  const exit = performance.now() - from;
  socket.terminate();
  return { firstByte, exit };
};

/** Resident memory of the four JVMs, MB. */
const residentMemory = (): number =>
  CONTAINERS.reduce((sum, name) => {
    const record = readFileSync(join(ROOT, 'containers', `${name}.json`), 'utf8');
    const { pid } = z.object({ pid: z.int() }).parse(JSON.parse(record));
    const kB = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return sum + Number(kB) / 1_000;
  }, 0);

/** Prints the table's lines. Needs the guide's ports. */
export const benchCluster = async (): Promise<void> => {
  // The class-data archives come with the first start and stop: neither side is timed before.
  await upOurs();
  row('`up` → three brokers registered', await compare(5, upOurs, upStock), 'ms', '≤ 0.65');

  await succeed(lab.up(SILENT).exited);
  const port = await freePort();
  const token = 'bench-'.padEnd(40, 'x');
  const lessons = await readLessons(CONTENT);
  const sidecar = await startSidecar({ port, token, lab, lessons, site: HOME, policy: '' });
  try {
    const address = new URL(sidecar.address);
    const opened = await fetch(address, { redirect: 'manual' });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    await click(address, cookie, 'topics/create-orders');
    const pairs: { readonly ours: Timing; readonly theirs: Timing }[] = [];
    for (let round = 0; round < 9; round += 1) {
      const theirs = await describeStock();
      pairs.push({ theirs, ours: await click(address, cookie, 'topics/describe-orders') });
    }
    for (const [name, of] of [
      ['first byte', ({ firstByte }: Timing) => firstByte],
      ['exit', ({ exit }: Timing) => exit],
    ] as const) {
      const numbers = pairs.map(({ ours, theirs }) => ({ ours: of(ours), theirs: of(theirs) }));
      row(`click → ${name} of \`kafka-topics --describe\``, summary(numbers), 'ms', '≤ 0.6');
    }
    console.log(
      `| memory of the four JVMs | ${residentMemory().toFixed(0)} MB | – | – | ≤ 550 MB |`,
    );
  } finally {
    await sidecar.close();
    await succeed(lab.down({ volumes: true }, SILENT).exited);
  }
};
