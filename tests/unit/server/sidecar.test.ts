import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createAccess } from '../../../server/access.ts';
import { createApp } from '../../../server/app.ts';
import { LabError } from '../../../server/errors.ts';
import type { Lessons } from '../../../server/lessons/read.ts';
import { Health, OutputHeader, ServerMessage } from '../../../server/protocol.ts';
import { type Sidecar, startSidecar } from '../../../server/sidecar.ts';
import { createFakeLab, type FakeExec } from '../../fake-lab.ts';
import { freePort } from '../../free-port.ts';
import { waitFor } from '../../wait.ts';

const TOKEN = 'a-token-of-this-test-only-0123456789abcdef';

const lessons: Lessons = new Map([
  [
    'topics/list',
    {
      id: 'topics/list',
      props: { id: 'list', title: '목록' },
      commands: [
        {
          text: 'docker exec -it kafka1 kafka-topics --list',
          action: {
            kind: 'exec',
            container: 'kafka1',
            tool: 'kafka-topics',
            args: ['--list'],
            interactive: true,
            tty: true,
          },
        },
      ],
    },
  ],
  [
    'environment/up',
    {
      id: 'environment/up',
      props: { id: 'up', title: '시작' },
      commands: [{ text: 'docker-compose up -d', action: { kind: 'up' } }],
    },
  ],
]);

let site: string;
let home: string;
let port: number;
let sidecar: Sidecar;
let execs: FakeExec[];
const open: WebSocket[] = [];

const start = async (running: boolean): Promise<void> => {
  const fake = createFakeLab({ running });
  execs = fake.execs;
  port = await freePort();
  sidecar = await startSidecar({
    port,
    token: TOKEN,
    home,
    lab: fake.lab,
    lessons,
    site,
    policy: "default-src 'self'",
  });
};

beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), 'site-'));
  await writeFile(join(site, 'index.html'), '<h1>교재</h1>');
  home = await mkdtemp(join(tmpdir(), 'home-'));
  await start(true);
});
afterEach(async () => {
  for (const socket of open.splice(0)) socket.terminate();
  await sidecar.close();
  await rm(site, { recursive: true });
  await rm(home, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Plain HTTP, because `fetch` would mend the very headers that are tested. */
const get = (path: string, headers: Record<string, string | string[]> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part as Buffer);
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        text: Buffer.concat(parts).toString(),
      });
    })
      .on('error', reject)
      .end();
  });

const openSession = async (): Promise<string> => {
  const { headers } = await get(`/?token=${TOKEN}`);
  return String(headers['set-cookie']).split(';')[0] ?? '';
};

/** A page's side of the socket: what it was told, and the bytes of each run. */
const connect = async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/socket`, {
    headers: { cookie: await openSession(), origin: `http://127.0.0.1:${port}` },
  });
  open.push(socket);
  const messages: ServerMessage[] = [];
  const output = new Map<string, Buffer>();
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) {
      messages.push(ServerMessage.parse(JSON.parse(data.toString())));
      return;
    }
    const end = data.indexOf('\n');
    const { run, offset } = OutputHeader.parse(JSON.parse(data.subarray(0, end).toString()));
    const before = output.get(run) ?? Buffer.alloc(0);
    expect(offset).toBe(before.length);
    output.set(run, Buffer.concat([before, data.subarray(end + 1)]));
  });
  await once(socket, 'open');
  const send = (message: object): void => socket.send(JSON.stringify(message));
  const status = (run: string, wanted: string) =>
    waitFor(`run ${run} to be ${wanted}`, () =>
      messages.find(
        (message) =>
          message.type === 'run.status' && message.run === run && message.status === wanted,
      ),
    );
  const refusal = (code: string) =>
    waitFor(`the refusal ${code}`, () =>
      messages.find((message) => message.type === 'error' && message.code === code),
    );
  return { socket, send, messages, output, status, refusal };
};

const RUN = '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c11';
const startRun = { type: 'run.start', run: RUN, step: 'topics/list', cols: 80, rows: 24 };

describe('the printed address', () => {
  it('opens a session and leaves no token in the URL', async () => {
    const { status, headers } = await get(`/?token=${TOKEN}`);
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    expect(String(headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
    expect(String(headers['set-cookie'])).not.toContain(TOKEN);
  });

  it('is good more than once', async () => {
    await openSession();
    expect((await get('/api/health', { cookie: await openSession() })).status).toBe(200);
  });

  it('with a wrong token says what to do and opens nothing', async () => {
    const { status, headers, text } = await get('/?token=wrong');
    expect(status).toBe(401);
    expect(headers['set-cookie']).toBeUndefined();
    expect(text).toContain('npm start');
  });

  it('never leads to another site', async () => {
    const { headers } = await get(`//evil.example/?token=${TOKEN}`);
    expect(headers.location).not.toMatch(/^\/\/|evil\.example:/);
  });
});

describe('who may speak to the sidecar', () => {
  it('reads the pages without a session', async () => {
    const { status, text, headers } = await get('/');
    expect(status).toBe(200);
    expect(text).toContain('교재');
    expect(headers['content-security-policy']).toBe("default-src 'self'");
  });

  it('every route of the API answers nothing without a session', async () => {
    const access = createAccess({ token: TOKEN, port });
    const { lab } = createFakeLab({ running: true });
    const { routes } = createApp({ access, lab, site, policy: '' });
    const paths = routes.map(({ path }) => path.replace('*', 'anything'));
    const api = [...new Set(paths)].filter((path) => path.startsWith('/api/'));
    expect(api).toEqual(expect.arrayContaining(['/api/health', '/api/anything']));
    for (const path of [...api, '/api/socket', '/api', '/api//health', '/API/health']) {
      const { status, text } = await get(path);
      expect(`${path} ${status === 401 || status === 404}`).toBe(`${path} true`);
      expect(text).not.toContain('running');
    }
    for (const path of api) expect((await get(path)).status).toBe(401);
  });

  it('refuses with the same headers as it answers', async () => {
    const { headers } = await get('/', { host: 'evil.example' });
    expect(headers['content-security-policy']).toBe("default-src 'self'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('lets pages be asked for anew after a rebuild, and files named by content be kept', async () => {
    await mkdir(join(site, '_astro'));
    await writeFile(join(site, '_astro/x.abc123.js'), '');
    expect((await get('/')).headers['cache-control']).toBe('no-cache');
    expect((await get('/_astro/x.abc123.js')).headers['cache-control']).toContain('immutable');
  });

  it('refuses an Origin that is not the Host, though both are ours', async () => {
    const answer = await get('/api/health', {
      origin: `http://localhost:${port}`,
      cookie: await openSession(),
    });
    expect(answer.status).toBe(403);
  });

  it('reads nothing outside the site', async () => {
    await writeFile(join(site, '../secret.txt'), 'secret');
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/%5c..%5csecret.txt',
      '/_astro/../../secret.txt',
    ]) {
      expect((await get(path)).text).not.toContain('secret');
    }
    await rm(join(site, '../secret.txt'));
  });

  it('tells which lab it is and whether it runs', async () => {
    const { text } = await get('/api/health', { cookie: await openSession() });
    expect(JSON.parse(text)).toEqual({ lab: 'local', brokers: 3, problem: null, kafkaUi: null });
  });

  it('says why a lab cannot be reached, and goes on serving', async () => {
    const reason = 'Docker 엔진이 응답하지 않습니다.';
    const containers = (): Promise<never> => Promise.reject(new LabError('unavailable', reason));
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
      problem: reason,
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

  it.each(['evil.example', 'localhost', 'localhost.evil.example:4321', '127.0.0.1:1'])(
    'refuses the Host %s on every path',
    async (host) => {
      expect((await get('/', { host })).status).toBe(421);
      expect((await get('/api/health', { host })).status).toBe(421);
    },
  );

  it.each(['http://evil.example', 'null', 'https://localhost'])(
    'refuses the Origin %s',
    async (origin) => {
      expect((await get('/api/health', { origin, cookie: await openSession() })).status).toBe(403);
    },
  );

  it('refuses a forged session', async () => {
    const cookie = (await openSession()).replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    expect((await get('/api/health', { cookie })).status).toBe(401);
  });
});

describe('the handshake of the socket', () => {
  const handshake = async (headers: Record<string, string>, path = '/api/socket') => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    open.push(socket);
    return once(socket, 'open').then(
      () => 'open',
      (error: unknown) => String(error),
    );
  };

  it('is refused without an Origin, from a foreign one and without a session', async () => {
    const cookie = await openSession();
    const origin = `http://127.0.0.1:${port}`;
    expect(await handshake({ cookie })).toContain('403');
    expect(await handshake({ cookie, origin: 'http://evil.example' })).toContain('403');
    expect(await handshake({ cookie, origin: 'null' })).toContain('403');
    expect(await handshake({ origin })).toContain('401');
    expect(await handshake({ origin, cookie }, '/other')).toContain('404');
    expect(await handshake({ origin, cookie })).toBe('open');
  });

  it('is refused for another Host', async () => {
    const headers = { cookie: await openSession(), origin: `http://127.0.0.1:${port}` };
    expect(await handshake({ ...headers, host: 'evil.example' })).toContain('421');
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
    expect(page.output.get(RUN)?.toString()).toContain('orders');
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

describe('a frame that is no message', () => {
  it.each([
    ['broken JSON', '{"type":'],
    ['an unknown type', '{"type":"run.everything"}'],
    ['an unknown field', JSON.stringify({ ...startRun, command: 'rm -rf /' })],
    ['an absurd size', JSON.stringify({ ...startRun, cols: 1e9 })],
    ['a step with a path', JSON.stringify({ ...startRun, step: '../../etc' })],
    ['a polluting key', '{"__proto__":{"type":"run.start"}}'],
    ['deep nesting', '['.repeat(50_000)],
  ])('(%s) is refused, and the next honest one is served', async (_, frame) => {
    const page = await connect();
    page.socket.send(frame);
    await page.refusal('bad-message');
    expect(execs).toHaveLength(0);
    page.send(startRun);
    await page.status(RUN, 'running');
  });

  it('in binary is refused', async () => {
    const page = await connect();
    page.socket.send(Buffer.from(JSON.stringify(startRun)));
    await page.refusal('bad-message');
    expect(execs).toHaveLength(0);
  });

  it('beyond the limit closes that connection, and no other', async () => {
    const [page, other] = [await connect(), await connect()];
    page.socket.send('x'.repeat(1_000_000));
    const [code] = await once(page.socket, 'close');
    expect(code).toBe(1009);
    other.send(startRun);
    await other.status(RUN, 'running');
  });

  it('about a run that nobody knows is refused', async () => {
    const page = await connect();
    page.send({ type: 'run.attach', run: crypto.randomUUID(), offset: 0 });
    await page.refusal('unknown-run');
  });
});

describe('a taken port', () => {
  it('is said plainly', async () => {
    const { lab } = createFakeLab({ running: true });
    const again = startSidecar({ port, token: TOKEN, home, lab, lessons, site, policy: '' });
    await expect(again).rejects.toThrow(new RegExp(`${port} 포트`));
  });
});
