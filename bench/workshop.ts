/**
 * `npm run bench:workshop`: what a workshop's hub costs with 10, 100, 1,000 and 5,000 people, against
 * Socket.IO in the same run, and how a thousand come back after a restart. All on loopback; the people
 * are a process of their own.
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSite, SITE } from '../server/site.ts';
import { HEAP } from '../server/workshop/heap.ts';
import { openSqliteLog } from '../server/workshop/sqlite-log.ts';
import { readTitles } from '../server/workshop/titles.ts';
import { freePort } from '../tests/free-port.ts';
import type { Measured, Order, Returned } from './workshop/clients.ts';
import type { Usage } from './workshop/usage.ts';

const SOCKET_IO = 'socket.io@4.8.4';

const scratch = mkdtempSync(join(tmpdir(), 'lab-bench-'));
const children: ChildProcess[] = [];
const end = (): void => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
};
process.on('exit', end);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

const start = (file: string, ...args: readonly string[]): ChildProcess => {
  const path = fileURLToPath(new URL(`./workshop/${file}`, import.meta.url));
  const child = fork(path, [...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: ['--expose-gc', ...(file === 'hub.ts' ? HEAP : [])],
  });
  children.push(child);
  return child;
};

const ask = async <T>(child: ChildProcess, question: object): Promise<T> => {
  const answer = once(child, 'message');
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`a process of this bench ended with ${code}`);
  });
  child.send(question);
  const [message] = await Promise.race([answer, died]);
  return message;
};

const stop = async (child: ChildProcess): Promise<void> => {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
};

interface Served {
  readonly process: ChildProcess;
  readonly server: 'hub' | 'socket.io';
  readonly port: number;
  readonly code: string;
  readonly token: string;
}

const startHub = async (home: string, port: number): Promise<Served> => {
  const process = start('hub.ts', home, String(port), SITE);
  const [line] = process.stdout ? await once(process.stdout, 'data') : [];
  return { process, server: 'hub', port, ...JSON.parse(String(line)) };
};

/** Of the comparison alone: nobody who only wants the lab should install it. */
const installSocketIo = (): string => {
  const folder = join(scratch, 'socket.io');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', SOCKET_IO], {
    cwd: folder,
  });
  return folder;
};

const startSocketIo = async (folder: string): Promise<Served> => {
  const port = await freePort();
  const process = start('socket-io.ts', folder, String(port));
  if (process.stdout) await once(process.stdout, 'data');
  return { process, server: 'socket.io', port, code: '', token: '' };
};

type Memory = Pick<Usage, 'resident' | 'held'>;

interface Result extends Measured {
  /** Milliseconds of a core, and of the clock, while it was measured. */
  readonly cpu: number;
  readonly elapsed: number;
  /** Bytes a person that the process has grown by: once all are in, and at last. */
  readonly memory: { readonly idle: Memory; readonly whole: Memory };
}

const measure = async (
  served: Served,
  people: number,
  order: Omit<Extract<Order, { kind: 'measure' }>, 'kind'>,
  /** Which all have reported in the end. */
  steps: readonly string[] = [],
): Promise<{ result: Result; clients: ChildProcess }> => {
  const clients = start('clients.ts');
  const empty = await ask<Usage>(served.process, {});
  const { server, port, code, token } = served;
  await ask(clients, { kind: 'connect', server, port, people, code, token });
  const before = await ask<Usage>(served.process, {});
  const from = performance.now();
  const measured = await ask<Measured>(clients, { kind: 'measure', ...order });
  const elapsed = performance.now() - from;
  const after = await ask<Usage>(served.process, {});
  if (steps.length > 0) await ask(clients, { kind: 'go-through', steps });
  const whole = await ask<Usage>(served.process, {});
  const grown = ({ resident, held }: Usage): Memory => ({
    resident: (resident - empty.resident) / people,
    held: (held - empty.held) / people,
  });
  const result: Result = {
    ...measured,
    cpu: after.cpu - before.cpu,
    elapsed,
    memory: { idle: grown(before), whole: grown(whole) },
  };
  return { result, clients };
};

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const row = (...cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`);

const newHome = (): string => mkdtempSync(join(scratch, 'home-'));

const benchClass = async (people: number, steps: readonly string[]): Promise<void> => {
  const hub = await startHub(newHome(), await freePort());
  const order = { steps: 20, every: 1_000, reportEvery: 10_000 };
  const { result, clients } = await measure(hub, people, order, steps);
  const kib = (bytes: number): string => (bytes / 1024).toFixed(1);
  const memory = ({ resident, held }: Memory): string =>
    people < 100 ? '–' : `${kib(resident)} (${kib(held)}) KiB`;
  row(
    String(people),
    ms(percentile(result.delays, 0.5)),
    ms(percentile(result.delays, 0.99)),
    `${((100 * result.cpu) / result.elapsed).toFixed(1)} %`,
    memory(result.memory.idle),
    memory(result.memory.whole),
    String(result.reports),
  );
  await stop(clients);
  await stop(hub.process);
};

/** Ten messages a second to each of a thousand pages, one after the other, twice in turn. */
const benchFanOut = async (folder: string): Promise<void> => {
  const order = { steps: 100, every: 100, reportEvery: 0 };
  const people = 1_000;
  const costs: Record<Served['server'], Result[]> = { hub: [], 'socket.io': [] };
  for (let round = 0; round < 2; round += 1) {
    for (const make of [() => startHubAnywhere(), () => startSocketIo(folder)]) {
      const served = await make();
      const { result, clients } = await measure(served, people, order);
      costs[served.server].push(result);
      await stop(clients);
      await stop(served.process);
    }
  }
  const perMessage = (results: readonly Result[]): number =>
    (1_000 * results.reduce((sum, { cpu }) => sum + cpu, 0)) /
    results.reduce((sum, { delays }) => sum + delays.length, 0);
  const [ours, theirs] = [perMessage(costs.hub), perMessage(costs['socket.io'])];
  const worst = (results: readonly Result[]): string =>
    ms(Math.max(...results.map(({ delays }) => percentile(delays, 0.99))));
  row(
    'CPU a delivered message, 1,000 pages',
    `${ours.toFixed(1)} µs`,
    `Socket.IO ${theirs.toFixed(1)} µs`,
    (ours / theirs).toFixed(2),
    '≤ 1.0',
  );
  row(
    '– p99 of the worse round',
    worst(costs.hub),
    `Socket.IO ${worst(costs['socket.io'])}`,
    '–',
    '–',
  );
};

/** What the disk alone takes for one event: no step is told before. */
const benchDisk = async (): Promise<void> => {
  const log = openSqliteLog(join(newHome(), 'room.sqlite'));
  const times: number[] = [];
  for (let count = 0; count < 200; count += 1) {
    const from = performance.now();
    await log.append({ kind: 'opened', at: count, name: '수업' }, String(count));
    times.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  log.close();
  times.sort((left, right) => left - right);
  const [median, slow] = [percentile(times, 0.5), percentile(times, 0.99)];
  row('one event on this disk, p50, p99', `${ms(median)}, ${ms(slow)}`, '–', '–', '–');
};

const startHubAnywhere = async (): Promise<Served> => startHub(newHome(), await freePort());

const benchReturn = async (): Promise<void> => {
  const people = 1_000;
  const [home, port] = [newHome(), await freePort()];
  const hub = await startHub(home, port);
  const { clients } = await measure(hub, people, { steps: 1, every: 500, reportEvery: 10_000 });
  await stop(hub.process);
  const again = await startHub(home, port);
  const { milliseconds, acknowledged } = await ask<Returned>(clients, { kind: 'return' });
  await stop(clients);
  await stop(again.process);
  const log = openSqliteLog(join(home, 'room.sqlite'));
  const kept: string[] = [];
  let joined = 0;
  for await (const { event } of log.readFrom(1)) {
    if (event.kind === 'joined') joined += 1;
    if (event.kind === 'reported' && event.report.kind === 'progress') kept.push(event.report.run);
  }
  log.close();
  const ids = new Set(kept);
  const lost = acknowledged.filter((id) => !ids.has(id)).length;
  const twice = kept.length - ids.size + joined - people;
  row('1,000 come back at once after a restart', ms(milliseconds), '–', '–', '≤ 5,000 ms');
  row('– lost, twice', `${lost}, ${twice}`, '–', '–', '0, 0');
};

await buildSite(console.log);
/** All that a class can report. */
const book = [...(await readTitles(join(SITE, 'titles.json'))).keys()];
const load = loadavg()[0]?.toFixed(1);
console.log(
  `${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}, load ${load}\n`,
);
const steps = `– after all ${book.length} steps`;
row('people', 'step → page, p50', 'p99', 'of a core', 'memory a person', steps, 'reports');
row('--:', '--:', '--:', '--:', '--:', '--:', '--:');
const sizes = process.argv.slice(2).map(Number);
for (const people of sizes.length > 0 ? sizes : [10, 100, 1_000, 5_000])
  await benchClass(people, book);
console.log();
row('what', 'ours', 'against', 'ratio', 'target');
row('---', '--:', '--:', '--:', '---');
await benchDisk();
await benchFanOut(installSocketIo());
await benchReturn();
