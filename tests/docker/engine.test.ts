/**
 * The engine itself, restarted under a sidecar's runs. Only one that `.ci/run` has started, and of
 * which it tells the pid: a learner's carries other things than this lab.
 */

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createWatcher } from '../../server/cluster/watcher.ts';
import type { Lab } from '../../server/lab/lab.ts';
import type { Action } from '../../server/lessons/action.ts';
import type { Lessons } from '../../server/lessons/read.ts';
import type { Run } from '../../server/runs/run.ts';
import { createRuns, type Runs } from '../../server/runs/runs.ts';
import { alive, until } from '../integration/capture.ts';
import { type DockerHome, docker, makeDockerHome } from './docker-home.ts';
import { list } from './tools.ts';

const FILE = process.env.LAB_ENGINE_PID_FILE ?? '';

const actions: Record<string, Action> = {
  up: { kind: 'up' },
  follow: { kind: 'logs', container: 'kafka1', tail: 1, follow: true },
  read: {
    ...{ kind: 'exec', container: 'kafka1', interactive: true, tty: true },
    tool: 'kafka-console-producer',
    args: ['--topic', 'engine', '--bootstrap-server', 'kafka1:29092'],
  },
  list: { kind: 'exec', container: 'kafka1', ...list('kafka1') },
};
const lessons: Lessons = new Map(
  Object.entries(actions).map(([id, action]) => [
    id,
    { id, props: { id, title: id }, commands: [{ text: id, action }] },
  ]),
);

const textOf = ({ output }: Run): string => {
  const parts: Uint8Array[] = [];
  for (let part = output.read(0); part !== undefined; ) {
    parts.push(part.bytes);
    part = output.read(part.offset + part.bytes.length);
  }
  return Buffer.concat(parts).toString();
};

const startEngine = async (options: readonly string[]): Promise<void> => {
  const engine = spawn('dockerd', options, { detached: true, stdio: 'ignore' });
  engine.unref();
  writeFileSync(FILE, `${engine.pid}\n`);
  await until('the engine to answer', () => docker('version').catch(() => ''), 60_000);
};

describe.skipIf(FILE === '')('an engine that is restarted', () => {
  let home: DockerHome;
  let lab: Lab;
  let runs: Runs;
  const click = (step: string): Promise<Run> =>
    runs.start({ id: randomUUID(), step, size: { cols: 80, rows: 24 } });
  const finish = async (step: string): Promise<void> => {
    const run = await click(step);
    await run.ended;
    expect(run.status, textOf(run)).toMatchObject({ status: 'passed' });
  };
  beforeAll(async () => {
    home = await makeDockerHome();
    lab = home.lab();
    runs = createRuns(lessons, lab, createWatcher(lab), home.site.notes);
    await finish('up');
  });
  afterAll(() => home.dispose());

  it('ends what runs with a plain word, and the next click is served', async () => {
    const follow = await click('follow');
    await until('a line of its log', () => textOf(follow).split('\n').length > 2);
    const read = await click('read');
    await until('the prompt', () => textOf(read).endsWith('>'));
    const pid = Number(readFileSync(FILE, 'utf8'));
    // It comes back as it was: with the folder of its own in which this lab's containers are.
    const [, ...options] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    process.kill(pid, 'SIGTERM');
    // Whatever happens: others need it after this.
    let back: Promise<void> | undefined;
    const startAgain = (): Promise<void> => {
      back ??= startEngine(options);
      return back;
    };
    onTestFinished(startAgain);
    // It stops its containers first, if there is time: then what ran in them has ended with them.
    for (const run of [follow, read]) await run.ended;
    expect(follow.status.status).toMatch(/passed|unknown/);
    expect(read.status.status).toMatch(/failed|unknown/);
    expect(textOf(read)).toMatch(/kafka1이 실행 도중에 멈춰|Docker 엔진과의 연결이 끊어져/);
    await until('the engine to have ended', () => !alive(pid), 60_000);
    await expect(click('list')).rejects.toMatchObject({ name: 'LabError', code: 'unavailable' });
    await startAgain();
    await finish('up');
    await finish('list');
  });
});
