import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { openSqliteLog } from '../../server/workshop/sqlite-log.ts';
import { freePort } from '../free-port.ts';
import { waitFor } from '../wait.ts';

const KILLS = 50;
const PEOPLE = 12;

const PROGRAM = fileURLToPath(new URL('../workshop-hub.ts', import.meta.url));

interface Started {
  readonly process: ChildProcess;
  readonly code: string;
  readonly token: string;
}

/** Half of a start is compiling what was compiled fifty times. */
const startHub = async (home: string, port: number): Promise<Started> => {
  const process = spawn(globalThis.process.execPath, [PROGRAM, home, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...globalThis.process.env, NODE_COMPILE_CACHE: join(home, 'compiled') },
  });
  onTestFinished(() => void process.kill('SIGKILL'));
  const [line] = await once(process.stdout, 'data');
  return { process, ...JSON.parse(String(line)) };
};

/** Somebody who reports without pause, comes back, and says again what was not acknowledged. */
const createPerson = (port: number, acknowledged: string[]) => {
  let token: string | undefined;
  let waits: string | undefined;
  let refused = 0;
  const connect = (code: string): WebSocket => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/room`);
    const say = (message: object): void => socket.send(JSON.stringify(message));
    const report = (): void => {
      waits ??= randomUUID();
      const progress = { kind: 'progress', step: 'topics/list', run: waits, status: 'passed' };
      say({ type: 'room.report', id: waits, report: { ...progress, reason: null } });
    };
    socket.on('error', () => {});
    socket.on('open', () => {
      say(
        token === undefined
          ? { type: 'room.join', code, nickname: '사람', lab: 'local' }
          : { type: 'room.resume', token, lab: 'local' },
      );
    });
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'room.refused') refused += 1;
      if (message.type === 'room.joined') {
        token = message.token;
        report();
      }
      if (message.type === 'room.ack' && message.id === waits) {
        acknowledged.push(message.id);
        waits = undefined;
        report();
      }
    });
    return socket;
  };
  return { connect, refused: () => refused };
};

it(`kill -9 of a hub, ${KILLS} times under load, loses no acknowledged event and repeats none`, async () => {
  const home = mkdtempSync(join(tmpdir(), 'lab-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const port = await freePort();
  const acknowledged: string[] = [];
  const people = Array.from({ length: PEOPLE }, () => createPerson(port, acknowledged));
  for (let kill = 0; kill < KILLS; kill += 1) {
    const hub = await startHub(home, port);
    const sockets = people.map((person) => person.connect(hub.code));
    const before = acknowledged.length;
    // Each time somewhere else: at the first words of people who come back, or in the middle of it.
    await waitFor('some to be acknowledged', () => acknowledged.length > before + (kill % 10) * 3);
    hub.process.kill('SIGKILL');
    await Promise.all([once(hub.process, 'exit'), ...sockets.map((each) => closed(each))]);
  }
  expect(people.map((person) => person.refused())).toEqual(people.map(() => 0));

  const log = openSqliteLog(join(home, 'room.sqlite'));
  const kept: string[] = [];
  const joined = new Set<string>();
  let seq = 0;
  for await (const entry of log.readFrom(1)) {
    seq += 1;
    expect(entry.seq).toBe(seq);
    const { event } = entry;
    if (event.kind === 'joined') joined.add(event.participant);
    if (event.kind === 'reported' && event.report.kind === 'progress') kept.push(event.report.run);
  }
  log.close();
  expect(new Set(kept).size).toBe(kept.length);
  expect(acknowledged.filter((id) => !kept.includes(id))).toEqual([]);
  // What is kept and was not acknowledged was on its way: one of each person, at most.
  expect(kept.length - acknowledged.length).toBeLessThanOrEqual(PEOPLE);
  expect(acknowledged.length).toBeGreaterThan(KILLS * 10);
  // Whoever had not heard that they were in may have come in once more.
  expect(joined.size).toBeGreaterThanOrEqual(PEOPLE);
}, 240_000);

/** A reset is one of the ways. */
const closed = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.readyState === socket.CLOSED) resolve();
    else socket.once('close', () => resolve());
  });
