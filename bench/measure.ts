/** What every comparison needs: time, a cluster that is whole, and a click. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { aliveBrokers } from '../server/kafka/metadata.ts';
import { BROKERS, type Lab, type Stdio } from '../server/lab/lab.ts';
import type { Lessons } from '../server/lessons/read.ts';
import { ServerMessage } from '../server/protocol.ts';
import { startSidecar } from '../server/sidecar.ts';
import { freePort } from '../tests/free-port.ts';
import { row, summary } from './ratio.ts';

export const SILENT: Stdio = { stdout: () => {}, stderr: () => {}, size: undefined };

export const succeed = async (exited: Promise<number>): Promise<void> => {
  const code = await exited;
  if (code !== 0) throw new Error(`exit code ${code}`);
};

export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};

/** Each broker, on the guide's ports, lists all three. */
export const allRegistered = async (): Promise<boolean> => {
  const known = await Promise.all(
    [9092, 9093, 9094].map((port) => aliveBrokers(port, { timeout: 2_000 }).catch(() => new Set())),
  );
  return known.every(({ size }) => size === BROKERS.length);
};

/** Milliseconds to the first byte and to the end. */
export interface Timing {
  readonly firstByte: number;
  readonly exit: number;
}

/** A program of its own, from its start to its end. */
export const runProgram = async (command: string, args: readonly string[]): Promise<Timing> => {
  const from = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let firstByte = 0;
  let complaint = '';
  child.stdout.on('data', () => {
    if (firstByte === 0) firstByte = performance.now() - from;
  });
  child.stderr.on('data', (bytes: Buffer) => {
    complaint += bytes.toString();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command}: exit code ${code}\n${complaint}`);
  return { firstByte, exit: performance.now() - from };
};

/** Clicks in one page of a sidecar of its own, in front of this lab. */
export const withClicks = async (
  { lab, lessons, site }: { readonly lab: Lab; readonly lessons: Lessons; readonly site: string },
  work: (click: (step: string) => Promise<Timing>) => Promise<void>,
): Promise<void> => {
  const port = await freePort();
  const token = 'bench-'.padEnd(40, 'x');
  const home = mkdtempSync(join(tmpdir(), 'bench-'));
  const sidecar = await startSidecar({ port, token, home, lab, lessons, site, policy: '' });
  try {
    const address = new URL(sidecar.address);
    const opened = await fetch(address, { redirect: 'manual' });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    await work((step) => click(address, cookie, step));
  } finally {
    await sidecar.close();
    rmSync(home, { recursive: true });
  }
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
  let output = '';
  const done = new Promise<void>((resolve, reject) => {
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        output += data.subarray(data.indexOf('\n') + 1).toString('latin1');
        // The first line is the sidecar's own prompt.
        if (firstByte === 0 && /\n./s.test(output)) firstByte = performance.now() - from;
        return;
      }
      const message = ServerMessage.parse(JSON.parse(data.toString()));
      if (message.type === 'error') reject(new Error(message.message));
      if (message.type !== 'run.status' || message.run !== run) return;
      if (message.status === 'failed') reject(new Error('it failed'));
      if (message.status === 'passed') resolve();
    });
  });
  socket.send(JSON.stringify({ type: 'run.start', run, step, cols: 100, rows: 24 }));
  socket.send(JSON.stringify({ type: 'run.attach', run, offset: 0 }));
  await done;
  const exit = performance.now() - from;
  socket.terminate();
  return { firstByte, exit };
};

/** Clicks against programs, in turn: two lines of the table. */
export const compareTimings = async (
  name: string,
  rounds: number,
  ours: () => Promise<Timing>,
  theirs: () => Promise<Timing>,
  targets: Readonly<Record<keyof Timing, string | undefined>>,
): Promise<void> => {
  const pairs: { readonly ours: Timing; readonly theirs: Timing }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    pairs.push({ theirs: await theirs(), ours: await ours() });
  }
  for (const [part, words] of [
    ['firstByte', 'first byte'],
    ['exit', 'exit'],
  ] as const) {
    const target = targets[part];
    if (target === undefined) continue;
    const numbers = pairs.map((pair) => ({ ours: pair.ours[part], theirs: pair.theirs[part] }));
    row(`click → ${words} of ${name}`, summary(numbers), 'ms', target);
  }
};
