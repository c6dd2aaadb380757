import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFailed,
} from 'vitest';
import { BROKERS, CONTAINERS, type Container, type Lab, TOOLS } from '../../server/lab/lab.ts';
import { readRecord } from '../../server/lab/local/record.ts';
import { at } from '../../server/lab/local/site.ts';
import { steady } from '../flood.ts';
import { alive, capture, until } from './capture.ts';
import { describeLab } from './lab.contract.ts';
import { type LocalHome, makeLocalHome } from './local-home.ts';

describeLab('local', async () => {
  const home = await makeLocalHome();
  return {
    lab: home.lab(),
    bootstrap: (broker) => `${broker}:${home.ports.brokers[broker].internal}`,
    dispose: home.dispose,
  };
});

const ABSENT = CONTAINERS.map(() => 'absent');
const RUNNING = CONTAINERS.map(() => 'running');
const states = async (lab: Lab) => (await lab.containers()).map(({ state }) => state);

describe('a local lab that cannot start', () => {
  let home: LocalHome;
  beforeEach(async () => {
    home = await makeLocalHome();
  });
  afterEach(() => home.dispose());

  it('names the port that is taken, and who has it, and starts nothing', async () => {
    const stranger = createServer().listen(home.ports.brokers.kafka2.internal, '127.0.0.1');
    const output = capture();
    const lab = home.lab();
    await expect(lab.up(output.stdio).exited).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(
        new RegExp(`${home.ports.brokers.kafka2.internal}번은 .+ \\(pid ${process.pid}\\)`),
      ),
    });
    stranger.close();
    expect(output.stdout()).not.toContain('시작');
    expect(await states(lab)).toEqual(ABSENT);
  });

  it('shows why a broker died, and stops what it had started', async () => {
    mkdirSync(at(home.site, 'data', 'kafka2'), { recursive: true });
    writeFileSync(at(home.site, 'data', 'kafka2', 'meta.properties'), 'version=0\nbroker.id=7\n');
    const output = capture();
    const lab = home.lab();
    expect(await lab.up(output.stdio).exited).toBe(1);
    expect(output.stderr()).toContain('kafka2가 시작하다가 끝났습니다(종료 코드 1)');
    expect(output.stderr()).toContain("Stored node id 7 doesn't match previous node id 2");
    expect(await states(lab)).toEqual(ABSENT);
    expect(await home.processes()).toEqual([]);
  });
});

describe('a local lab', () => {
  let home: LocalHome;
  let first: ChildProcess;
  const others: ChildProcess[] = [];

  /** The sidecar of another window. */
  const openWindow = (): { process: ChildProcess; printed: () => string } => {
    const script = join(import.meta.dirname, 'starter.ts');
    const ports = JSON.stringify(home.ports);
    const child = spawn(process.execPath, [script, home.home, ports, 'sidecar'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    others.push(child);
    let text = '';
    child.stdout.on('data', (bytes) => {
      text += String(bytes);
    });
    return { process: child, printed: () => text };
  };
  const pidOf = (name: Container): number => readRecord(home.site, name)?.pid ?? 0;
  const statusOf = async (name: Container) =>
    (await home.lab().containers()).find((container) => container.name === name)?.status;

  beforeAll(async () => {
    home = await makeLocalHome();
  });
  afterAll(async () => {
    for (const child of others) child.kill('SIGKILL');
    await home.dispose();
  });

  it('lets a second window wait for the first, or give up waiting', async () => {
    const window = openWindow();
    first = window.process;
    await until('the first window to start something', () => window.printed().includes('시작'));

    const impatient = capture();
    const given = home.lab().up(impatient.stdio);
    await until('it to wait', () => impatient.stdout().includes('다른 창'));
    given.signal('interrupt');
    expect(await given.exited).toBe(130);

    const patient = capture();
    expect(await home.lab().up(patient.stdio).exited).toBe(0);
    expect(patient.stdout()).toContain('✔ kafka3 실행 중');
    await until('the first window to end', () => window.printed().includes('up: 0'));
  });

  it.each(TOOLS)('has %s', async (tool) => {
    const output = capture();
    const options = { tool, args: ['--help'], interactive: false, tty: false };
    await home.lab().exec('kafka1', options, output.stdio).exited;
    const text = output.stdout() + output.stderr();
    expect(text).toMatch(/usage:|Option {2}/);
    expect(text).not.toContain('Could not find or load main class');
  });

  it('outlives a crash of the sidecar, and is found again', async () => {
    first.kill('SIGKILL');
    await until('the sidecar to be gone', () => first.signalCode !== null);
    expect(await states(home.lab())).toEqual(RUNNING);
  });

  it('does not guess how a broker ended that nobody saw', async () => {
    process.kill(pidOf('kafka3'), 'SIGKILL');
    await until('kafka3 to end', () => !alive(pidOf('kafka3')));
    expect(await statusOf('kafka3')).toBe('Exited (unknown)');
  });

  it('does not take another process for a broker that has its old number', async () => {
    const record = readRecord(home.site, 'kafka3');
    const path = at(home.site, 'containers', 'kafka3.json');
    writeFileSync(path, JSON.stringify({ ...record, pid: process.pid }));
    expect((await states(home.lab()))[3]).toBe('exited');
    writeFileSync(path, JSON.stringify(record));
  });

  it('lives on when somebody closes who did not make it', async () => {
    await home.lab('cli').close();
    expect((await states(home.lab())).slice(0, 3)).toEqual(['running', 'running', 'running']);
  });

  it('ends with the next sidecar, tools and all', async () => {
    const sidecar = home.lab('sidecar');
    const options = { interactive: true, tty: false } as const;
    const output = capture();
    const args = ['--topic', 'flood', '--bootstrap-server', bootstrapOf(home)];
    // Not on kafka3, which was killed above: until its session expires it may still be made a leader.
    const made = [...args, '--create', '--replica-assignment', '1:2'];
    const create = { ...options, tool: 'kafka-topics', args: made } as const;
    expect(await sidecar.exec('kafka1', create, capture().stdio).exited).toBe(0);
    const produce = { ...options, tool: 'kafka-verifiable-producer', args } as const;
    const tool = sidecar.exec('kafka1', produce, output.stdio);
    await until('its flood', () => output.stdout().includes('producer_send_success'));
    tool.pause();
    const before = await steady('what has come', () => output.stdout().length);
    await sidecar.close();
    // There was more, which nobody had taken.
    expect(output.stdout().length).toBeGreaterThan(before);
    expect(await tool.exited).toBe(137);
    expect(await states(sidecar)).toEqual(ABSENT);
    expect(await home.processes()).toEqual([]);
  });

  it('has class-data archives by now, whole ones only', () => {
    const archives = readdirSync(at(home.site, 'archives')).sort();
    expect(archives).toEqual([
      expect.stringMatching(/^broker-.*\.jsa$/),
      expect.stringMatching(/^tools-.*\.jsa$/),
      expect.stringMatching(/^zookeeper-.*\.jsa$/),
    ]);
  });

  describe('after a crash in the middle of up', () => {
    beforeEach(async () => {
      // Without the session of the broker that was killed above: waiting for its end takes 18 s.
      await home.lab().down({ volumes: true }, capture().stdio).exited;
      const window = openWindow();
      await until('zookeeper to start', () => window.printed().includes('zookeeper 시작'));
      window.process.kill('SIGKILL');
    });

    it('says at once when a container ends that somebody else has started', async () => {
      const lab = home.lab('cli');
      const output = capture();
      const up = lab.up(output.stdio);
      await until('zookeeper to be found', () => output.stdout().includes('zookeeper 실행 중'));
      process.kill(pidOf('zookeeper'), 'SIGKILL');
      expect(await up.exited).toBe(1);
      expect(output.stderr()).toContain('zookeeper가 시작하다가 끝났습니다.');
    });

    // Longer than `up` waits: should it wait in vain, it says for whom, and shows the log.
    it('is finished by the next window', { timeout: 120_000 }, async () => {
      const lab = home.lab('cli');
      const output = capture();
      onTestFailed(() => console.log(output.stdout(), output.stderr()));
      expect(await lab.up(output.stdio).exited).toBe(0);
      expect(await states(lab)).toEqual(RUNNING);
    });
  });

  it('is theirs who start it when none of it runs', async () => {
    const lab = home.lab('cli');
    expect(await lab.control('stop', [...CONTAINERS], capture().stdio).exited).toBe(0);
    const output = capture();
    expect(await home.lab('sidecar').up(output.stdio).exited, output.stderr()).toBe(0);
    const owners = CONTAINERS.map((name) => readRecord(home.site, name)?.owner);
    expect(owners).toEqual(CONTAINERS.map(() => 'sidecar'));
  });

  it('knows how a broker ended that it started itself', async () => {
    const lab = home.lab('cli');
    expect(await lab.control('restart', ['kafka2'], capture().stdio).exited).toBe(0);
    process.kill(pidOf('kafka2'), 'SIGKILL');
    await until('kafka2 to be seen to end', async () =>
      /^Exited \(137\) .+ ago$/.test((await statusOf('kafka2')) ?? ''),
    );
  });

  it('is ended whole by down, even when its records are lost', async () => {
    rmSync(at(home.site, 'containers'), { recursive: true });
    expect(await states(home.lab())).toEqual(ABSENT);
    expect(await home.lab().down({ volumes: true }, capture().stdio).exited).toBe(0);
    expect(await home.processes()).toEqual([]);
  });
});

const bootstrapOf = (home: LocalHome): string =>
  BROKERS.map((broker) => `${broker}:${home.ports.brokers[broker].internal}`).join(',');
