import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LabError } from '../../../server/errors.ts';
import { commandsWith } from '../../../server/lab/command-lines.ts';
import { Health } from '../../../server/protocol.ts';
import { leftoverMark } from '../../../server/runs/leftovers.ts';
import { startSidecar } from '../../../server/sidecar.ts';
import { createFakeLab } from '../../fake-lab.ts';
import { freePort } from '../../free-port.ts';
import { waitFor } from '../../wait.ts';
import { openRaw } from './raw-socket.ts';
import {
  connect,
  execs,
  get,
  home,
  lessons,
  openSession,
  port,
  RUN,
  restart,
  sidecar,
  site,
  start,
  startRun,
  TOKEN,
} from './site-under-test.ts';

const reason = 'Docker 엔진이 응답하지 않습니다.';

describe('the printed address', () => {
  it('opens a session and leaves no token in the URL', async () => {
    const { status, headers } = await get(`/?token=${TOKEN}`);
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    expect(String(headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
    // Cookies ignore ports: another lab's is not to be overwritten.
    expect(String(headers['set-cookie'])).toMatch(new RegExp(`^lab-session-${port}=`));
    expect(String(headers['set-cookie'])).not.toContain(TOKEN);
  });

  it('is good more than once', async () => {
    await openSession();
    expect((await get('/api/health', { cookie: await openSession() })).status).toBe(200);
  });
});

describe('who may speak to the sidecar', () => {
  // Linux has all of 127.0.0.0/8; macOS, only the first of it.
  it.skipIf(process.platform === 'darwin')('comes to 127.0.0.1 only', async () => {
    const elsewhere = openRaw({ host: '127.0.0.2' });
    await expect(elsewhere).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('reads the pages without a session', async () => {
    const { status, text, headers } = await get('/');
    expect(status).toBe(200);
    expect(text).toContain('교재');
    expect(headers['content-security-policy']).toBe("default-src 'self'");
  });

  it('refuses with the same headers as it answers', async () => {
    const { headers } = await get('/', { host: 'evil.example' });
    expect(headers['content-security-policy']).toBe("default-src 'self'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  it('lets pages be asked for anew after a rebuild, and files named by content be kept', async () => {
    await mkdir(join(site, '_astro'));
    await writeFile(join(site, '_astro/x.abc123.js'), '');
    expect((await get('/')).headers['cache-control']).toBe('no-cache');
    expect((await get('/_astro/x.abc123.js')).headers['cache-control']).toContain('immutable');
  });

  it('sends what was compressed at the build to who takes it, and compresses nothing itself', async () => {
    const page = '<p>본문</p>'.repeat(1_000);
    await mkdir(join(site, 'topics'));
    for (const name of ['topics/index.html', 'alone.html']) await writeFile(join(site, name), page);
    await writeFile(join(site, 'topics/index.html.gz'), 'twin');
    const browser = { 'accept-encoding': 'gzip, deflate, br' };
    const twin = await get('/topics/', browser);
    expect(twin).toMatchObject({ status: 200, text: 'twin' });
    expect(twin.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-encoding': 'gzip',
      'content-length': '4',
      vary: 'Accept-Encoding',
      'cache-control': 'no-cache',
    });
    for (const answer of [await get('/topics/'), await get('/alone.html', browser)]) {
      expect(answer).toMatchObject({ status: 200, text: page });
      expect(answer.headers).not.toHaveProperty('content-encoding');
    }
  });

  it('tells which lab it is and whether it runs', async () => {
    const { text } = await get('/api/health', { cookie: await openSession() });
    expect(JSON.parse(text)).toEqual({
      lab: 'local',
      brokers: 3,
      problem: null,
      missing: null,
      kafkaUi: null,
    });
  });

  it.each([
    ['cannot be reached', () => Promise.reject(new LabError('unavailable', reason)), reason],
    ['answers nothing', () => new Promise<never>(() => {}), expect.stringContaining('답하지')],
  ])('says when a lab %s, and goes on serving', async (_, containers, problem) => {
    const { lab } = createFakeLab({ running: true });
    const port = await freePort();
    const options = { port, token: TOKEN, home, lessons, site, policy: '' };
    const other = await startSidecar({ ...options, lab: { ...lab, containers } });
    onTestFinished(() => other.close());
    const opened = await fetch(other.address, { redirect: 'manual' });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { headers: { cookie } });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      lab: 'local',
      brokers: 0,
      problem,
      missing: null,
      kafkaUi: null,
    });
  });

  it('takes nobody else at its address for Kafka UI', async () => {
    const stranger = createServer((_, answer) => void answer.end('ok'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void stranger.close());
    const address = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
    const { lab } = createFakeLab({ running: true });
    const ask = async (runs: boolean): Promise<unknown> => {
      const port = await freePort();
      const options = { port, token: TOKEN, home, lessons, site, policy: '' };
      const kafkaUi = { address, runs: async () => runs };
      const other = await startSidecar({ ...options, lab: { ...lab, kafkaUi } });
      onTestFinished(() => other.close());
      const opened = await fetch(other.address, { redirect: 'manual' });
      const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
      const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { headers: { cookie } });
      return Health.parse(await answer.json()).kafkaUi;
    };
    expect(await ask(false)).toEqual({ address, state: 'stopped' });
    expect(await ask(true)).toEqual({ address, state: 'answers' });
  });
});

describe('a click', () => {
  it('runs the step, streams its bytes and tells how it ended', async () => {
    const page = await connect();
    page.send(startRun);
    await page.status(RUN, 'running');
    page.send({ type: 'run.attach', run: RUN, offset: 0 });
    execs[0]?.stdio.stdout(Buffer.from('orders\r\n'));
    execs[0]?.exit(0);
    expect(await page.status(RUN, 'passed')).toMatchObject({ exitCode: 0, step: 'topics/list' });
    // The run may have ended before the page was heard to attach.
    await waitFor('its bytes', () => page.output.get(RUN)?.toString().includes('orders'));
    expect(execs[0]?.args).toEqual(['--list']);
  });

  it('can be attached to in the same breath', async () => {
    const page = await connect();
    page.send(startRun);
    page.send({ type: 'run.attach', run: RUN, offset: 0 });
    await page.status(RUN, 'running');
    execs[0]?.stdio.stdout(Buffer.from('orders'));
    await waitFor('the output', () => page.output.get(RUN)?.toString().includes('orders'));
  });

  it('sent twice is carried out once', async () => {
    const page = await connect();
    page.send(startRun);
    page.send(startRun);
    await page.status(RUN, 'running');
    page.send(startRun);
    execs[0]?.exit(0);
    await page.status(RUN, 'passed');
    page.send(startRun);
    page.send({ type: 'run.attach', run: RUN, offset: 0 });
    await waitFor('the output', () => page.output.has(RUN));
    expect(execs).toHaveLength(1);
    expect(page.messages.filter(({ type }) => type === 'error')).toEqual([]);
  });

  it('from another page on a running step is refused, and the run goes on', async () => {
    const [page, other] = [await connect(), await connect()];
    page.send(startRun);
    await page.status(RUN, 'running');
    other.send({ ...startRun, run: crypto.randomUUID() });
    expect(await other.refusal('busy')).toMatchObject({ step: 'topics/list' });
    expect(execs).toHaveLength(1);
  });

  it('can be watched whole by a page that came later', async () => {
    const page = await connect();
    page.send(startRun);
    await page.status(RUN, 'running');
    execs[0]?.stdio.stdout(Buffer.from('처음'));
    const later = await connect();
    await later.status(RUN, 'running');
    later.send({ type: 'run.attach', run: RUN, offset: 0 });
    execs[0]?.stdio.stdout(Buffer.from(' 나중'));
    await waitFor('both parts', () => later.output.get(RUN)?.toString().endsWith('처음 나중'));
  });

  it('that is stopped counts as stopped', async () => {
    const page = await connect();
    page.send(startRun);
    await page.status(RUN, 'running');
    page.send({ type: 'run.signal', run: RUN, signal: 'interrupt' });
    expect(await page.status(RUN, 'stopped')).toMatchObject({ exitCode: 130 });
    expect(execs[0]?.signals).toEqual(['interrupt']);
  });

  it('passes on what is typed', async () => {
    const page = await connect();
    page.send(startRun);
    await page.status(RUN, 'running');
    page.send({ type: 'run.input', run: RUN, data: '안녕\r' });
    await waitFor('the input', () => execs[0]?.typed.includes('안녕\r'));
  });

  it('before the cluster runs is refused, and names the step that starts it', async () => {
    await sidecar.close();
    await start(false);
    const page = await connect();
    page.send(startRun);
    expect(await page.refusal('cluster-down')).toMatchObject({ step: 'environment/up', run: RUN });
    expect(execs).toHaveLength(0);
  });

  it('on a step that does not exist is refused', async () => {
    const page = await connect();
    page.send({ ...startRun, step: 'topics/nothing' });
    await page.refusal('unknown-step');
  });
});

describe('what a sidecar that was killed has left', () => {
  /** A program of examples/ as a sidecar of that home runs it. */
  const runProgram = async (home: string) => {
    const program = spawn(process.execPath, [
      leftoverMark(home),
      '-e',
      'setInterval(() => {}, 1e6)',
    ]);
    onTestFinished(() => void program.kill('SIGKILL'));
    await waitFor('the program', async () => (await commandsWith(leftoverMark(home))).length > 0);
    return program;
  };

  it('is ended at the start: what is its own, and nobody else’s', async () => {
    const other = `${home}-of-another`;
    const [own] = [await runProgram(home), await runProgram(other)];
    const ended = once(own, 'exit');
    await restart(true);
    await ended;
    expect(await commandsWith(leftoverMark(other))).toHaveLength(1);
  });

  it('of tools is ended by the lab at the start; one that cannot be reached has none', async () => {
    const { lab } = createFakeLab({ running: true });
    const reap = vi.fn(() => Promise.reject(new LabError('unavailable', reason)));
    await restart(true, { lab: { ...lab, reap } });
    expect(reap).toHaveBeenCalledOnce();
    expect((await get('/')).status).toBe(200);
  });
});

describe('a taken port', () => {
  it('is said plainly', async () => {
    const { lab } = createFakeLab({ running: true });
    const again = startSidecar({ port, token: TOKEN, home, lab, lessons, site, policy: '' });
    await expect(again).rejects.toThrow(new RegExp(`${port} 포트`));
  });
});
