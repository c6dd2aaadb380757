import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { isDying, marker, ours, ownerFlag } from '../../../server/lab/local/processes.ts';
import { PORTS, type Site } from '../../../server/lab/local/site.ts';
import { reapTools } from '../../../server/lab/local/tools.ts';
import { takenPorts } from '../../../server/lab/ports.ts';
import { until } from '../../integration/capture.ts';

/** A machine without /proc, as macOS is. */
const machine = vi.hoisted(() => ({ hasProc: true }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    existsSync: (path: string) =>
      path.startsWith('/proc/') ? machine.hasProc : fs.existsSync(path),
  };
});

const site: Site = {
  owner: 'cli',
  kafkaHome: undefined,
  ports: PORTS,
  root: '/홈 폴더/.lab/local',
};
const elsewhere: Site = { ...site, root: '/elsewhere/.lab/local' };

describe.each([
  { how: 'by /proc', hasProc: true },
  { how: 'by ps and lsof', hasProc: false },
])('a process is known $how', ({ hasProc }) => {
  let child: ChildProcess;
  let port = 0;
  const pid = (): number => child.pid ?? 0;

  beforeAll(async () => {
    const script = `
      const server = require('node:net').createServer();
      server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
    const argument = marker(site, 'container', 'kafka2');
    child = spawn(process.execPath, ['-e', script, '--', argument, ownerFlag('sidecar'), 'last']);
    let text = '';
    child.stdout?.on('data', (bytes) => {
      text += String(bytes);
    });
    await until('its port', () => text.endsWith('\n'));
    port = Number(text);
    machine.hasProc = hasProc;
  });
  afterAll(() => {
    machine.hasProc = true;
    child.kill('SIGKILL');
  });
  afterEach(() => void process.kill(pid(), 'SIGCONT'));

  it('by its argument', async () => {
    const found = {
      pid: pid(),
      role: 'container',
      container: 'kafka2',
      owner: 'sidecar',
      paused: false,
    };
    expect(await ours(site)).toEqual([found]);
    expect(await ours(site, [pid(), process.pid])).toEqual([found]);
  });

  it('as nobody else’s', async () => {
    expect(await ours(elsewhere)).toEqual([]);
    expect(await ours(site, [process.pid])).toEqual([]);
    expect(await ours(site, [])).toEqual([]);
  });

  it('as paused', async () => {
    process.kill(pid(), 'SIGSTOP');
    await until('it to be seen as paused', async () => (await ours(site, [pid()]))[0]?.paused);
  });

  it('as gone only when its port is free', async () => {
    // Memory that it takes a while to give back, as a JVM's.
    const script = `
      const memory = Buffer.alloc(400 << 20, 1);
      require('node:net').createServer().listen(0, '127.0.0.1', function () {
        console.log(this.address().port, memory.length);
      });`;
    const large = spawn(process.execPath, ['-e', script, '--', marker(site, 'exec', 'kafka3')]);
    let text = '';
    large.stdout.on('data', (bytes) => {
      text += String(bytes);
    });
    await until('its port', () => text.endsWith('\n'));
    const { pid = 0 } = large;
    large.kill('SIGKILL');
    while ((await ours(site, [pid])).length > 0 || (await isDying(pid)));
    expect(await takenPorts([Number.parseInt(text, 10)])).toEqual([]);
  });

  it('as the holder of a port', async () => {
    const [taken] = await takenPorts([port]);
    expect(taken).toEqual({ port, holder: expect.stringContaining(`(pid ${pid()})`) });
  });
});

it('tools that a killed sidecar has left are ended; those of a terminal, and brokers, are not', async () => {
  const run = async (...flags: string[]): Promise<ChildProcess> => {
    const script = 'setInterval(() => {}, 1e6)';
    const child = spawn(process.execPath, ['-e', script, '--', ...flags, 'last']);
    onTestFinished(() => void child.kill('SIGKILL'));
    const { pid = 0 } = child;
    await until('it to be seen', async () => (await ours(site, [pid])).length > 0);
    return child;
  };
  const left = await run(marker(site, 'exec', 'kafka1'), ownerFlag('sidecar'));
  const typed = await run(marker(site, 'exec', 'kafka1'), ownerFlag('cli'));
  const broker = await run(marker(site, 'container', 'kafka1'), ownerFlag('sidecar'));
  await reapTools(site);
  const others = [typed, broker].map(({ pid }) => pid);
  expect((await ours(site)).map(({ pid }) => pid)).toEqual(expect.arrayContaining(others));
  await until('its end', () => left.signalCode === 'SIGKILL');
});
