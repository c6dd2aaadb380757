/**
 * The engine itself, restarted. Only one that `.ci/run` has started, and of which it tells the pid: a
 * learner's carries other things than this lab.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../server/lab/lab.ts';
import { alive, capture, until } from '../integration/capture.ts';
import { type DockerHome, docker, makeDockerHome } from './docker-home.ts';
import { list } from './tools.ts';

const FILE = process.env.LAB_ENGINE_PID_FILE ?? '';

describe.skipIf(FILE === '')('an engine that is restarted', () => {
  let home: DockerHome;
  let lab: Lab;
  beforeAll(async () => {
    home = await makeDockerHome();
    lab = home.lab();
    const output = capture();
    expect(await lab.up(output.stdio).exited, output.stderr()).toBe(0);
  });
  afterAll(() => home.dispose());

  it('ends what runs with a plain word, and serves the next command', async () => {
    const output = capture();
    const follower = lab.logs('kafka1', { tail: 1, follow: true }, output.stdio);
    await until('a line of its log', () => output.stdout() !== '');
    const pid = Number(readFileSync(FILE, 'utf8'));
    // It comes back as it was: with the folder of its own in which this lab's containers are.
    const [, ...options] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    process.kill(pid, 'SIGTERM');
    await follower.exited;
    await until('the engine to have ended', () => !alive(pid), 60_000);
    await expect(lab.containers()).rejects.toMatchObject({ name: 'LabError', code: 'unavailable' });

    const engine = spawn('dockerd', options, { detached: true, stdio: 'ignore' });
    engine.unref();
    writeFileSync(FILE, `${engine.pid}\n`);
    await until('the engine to answer', () => docker('version').catch(() => ''), 60_000);
    const again = capture();
    expect(await lab.up(again.stdio).exited, again.stderr()).toBe(0);
    expect(await lab.exec('kafka1', list('kafka1'), again.stdio).exited, again.stderr()).toBe(0);
  });
});
