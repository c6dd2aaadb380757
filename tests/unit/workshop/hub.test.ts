import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request as ask } from 'node:http';
import { request as askSecurely } from 'node:https';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { listAddresses } from '../../../server/workshop/door.ts';
import { logFile } from '../../../server/workshop/home.ts';
import { LIMITS } from '../../../server/workshop/hub.ts';
import { readSqliteLog } from '../../../server/workshop/sqlite-log.ts';
import { freePort } from '../../free-port.ts';
import { waitFor } from '../../wait.ts';
import { makeFolder } from '../lab/folder.ts';
import { certificate } from '../server/certificate.ts';
import { LARGE, stall } from '../server/stalled.ts';
import { CODE, start, TOKEN } from './hub-under-test.ts';

type Headers = Record<string, string>;

const get = (
  port: number,
  path: string,
  headers: Headers = {},
): Promise<{ status: number; text: string; headers: Record<string, unknown> }> =>
  new Promise((resolve, reject) => {
    ask({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => {
        text += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
      );
    })
      .on('error', reject)
      .end();
  });

/** What a socket's opening comes to: 101, or the status of a refusal; and what is told first. */
const open = async (port: number, headers: Headers = {}, path = '/api/room') => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  onTestFinished(() => socket.terminate());
  const told: { type: string; code?: string }[] = [];
  let status = 0;
  let closed = false;
  socket.on('message', (data) => told.push(JSON.parse(String(data))));
  socket.on('upgrade', () => {
    status = 101;
  });
  socket.on('unexpected-response', (_, response) => {
    status = response.statusCode ?? 0;
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
  });
  await waitFor('an answer', () => status > 101 || socket.readyState === socket.OPEN);
  return { status, told, socket, isClosed: () => closed };
};

const isPresenter = async ({
  told,
  socket,
}: Awaited<ReturnType<typeof open>>): Promise<boolean> => {
  // A participant's page is answered that it may not; a presenter is told the room first.
  socket.send('{"type":"room.ask","participant":"00000000-0000-4000-8000-000000000001"}');
  socket.send('nonsense');
  await waitFor('the answer', () => told.some(({ code }) => code === 'bad-message'));
  return told[0]?.type === 'room.snapshot' && told.every(({ code }) => code !== 'not-yours');
};

/** So many words and answers, one after the other: what others have sent until then has been read. */
const converse = async ({ socket }: Awaited<ReturnType<typeof open>>, words = 50) => {
  for (let count = 0; count < words; count += 1) {
    const answer = once(socket, 'message');
    socket.send('{}');
    await answer;
  }
};

const bearer = { authorization: `Bearer ${TOKEN}` };

it('a presenter is one on the presenter’s port alone, by token or by the session it opens', async () => {
  const { hub, port, presenterPort } = await start();
  expect(hub.address).toBe(`http://127.0.0.1:${presenterPort}/workshop/class/?token=${TOKEN}`);
  const opening = await get(presenterPort, `/workshop/class/?token=${TOKEN}`);
  expect(opening).toMatchObject({ status: 303, headers: { location: '/workshop/class/' } });
  const cookie = String(opening.headers['set-cookie']).split(';')[0] ?? '';
  const origin = `http://127.0.0.1:${presenterPort}`;

  expect(await isPresenter(await open(presenterPort, bearer))).toBe(true);
  expect(await isPresenter(await open(presenterPort, { cookie, origin }))).toBe(true);
  expect(await isPresenter(await open(presenterPort, { origin }))).toBe(false);
  // Over a network that others read, its token is not taken, not even when it is right.
  expect((await open(port, bearer)).status).toBe(401);
  expect((await get(port, `/?token=${TOKEN}`)).status).toBe(401);
  const there = { cookie, origin: `http://127.0.0.1:${port}` };
  expect(await isPresenter(await open(port, there))).toBe(false);
  const renamed = { ...there, cookie: cookie.replace(String(presenterPort), String(port)) };
  expect(await isPresenter(await open(port, renamed))).toBe(false);
  expect((await open(presenterPort, { authorization: `Bearer ${TOKEN}x` })).status).toBe(401);
  expect((await get(presenterPort, '/?token=wrong')).status).toBe(401);

  const whoAmI = async (at: number, headers?: Headers) =>
    JSON.parse((await get(at, '/api/hub', headers)).text);
  expect(await whoAmI(presenterPort, { cookie })).toEqual({ name: '수업', presenter: true });
  expect(await whoAmI(presenterPort)).toEqual({ name: '수업', presenter: false });
  expect(await whoAmI(port, { cookie })).toEqual({ name: '수업', presenter: false });
  expect((await get(port, '/api/health')).text).toBe('null');
  expect((await get(port, '/api/keys/orders')).status).toBe(404);
  expect((await get(port, '/')).text).toContain('교재');
});

/** Of this machine, and not what loopback listens on. */
const ELSEWHERE =
  process.platform === 'linux'
    ? '127.0.0.2'
    : listAddresses().find(({ internal }) => !internal)?.address;

it.skipIf(ELSEWHERE === undefined)(
  'the presenter’s port is never on the network, the class’s where it is led there',
  async () => {
    const isOpen = async (port: number): Promise<boolean> => {
      const socket = connect(port, ELSEWHERE);
      onTestFinished(() => void socket.destroy());
      return once(socket, 'connect').then(
        () => true,
        () => false,
      );
    };
    const [shared, alone] = [await start({ lan: true }), await start({ lan: false })];
    expect(await isOpen(shared.port)).toBe(true);
    expect(await isOpen(shared.presenterPort)).toBe(false);
    expect(await isOpen(alone.port)).toBe(false);
    expect(await isOpen(alone.presenterPort)).toBe(false);
  },
);

it('a Host is one of this machine’s, an Origin is the Host; a sidecar has none', async () => {
  const { port, presenterPort } = await start({ hosts: ['class.example'] });
  const here = `127.0.0.1:${port}`;
  for (const host of [
    here,
    `localhost:${port}`,
    `class.example:${port}`,
    `${hostname()}:${port}`,
  ]) {
    expect(`${host} ${(await get(port, '/', { host })).status}`).toBe(`${host} 200`);
    expect((await open(port, { host, origin: `http://${host}` })).status).toBe(101);
    expect((await open(port, { host })).status).toBe(101);
  }
  for (const host of [
    '127.0.0.1',
    `127.0.0.1:${port + 1}`,
    `evil.example:${port}`,
    `class.example.evil.example:${port}`,
    `127.1:${port}`,
  ]) {
    expect(`${host} ${(await get(port, '/', { host })).status}`).toBe(`${host} 421`);
    expect(`${host} ${(await open(port, { host })).status}`).toBe(`${host} 421`);
  }
  for (const origin of [
    'null',
    'http://evil.example',
    `https://${here}`,
    `http://localhost:${port}`,
  ]) {
    expect(`${origin} ${(await open(port, { origin })).status}`).toBe(`${origin} 403`);
    expect((await get(port, '/api/hub', { origin })).status).toBe(403);
  }
  // Its cookie alone, as another program of this machine might send it, opens nothing.
  const { headers } = await get(presenterPort, `/?token=${TOKEN}`);
  const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
  expect((await open(presenterPort, { cookie })).status).toBe(403);
  expect((await open(presenterPort, { host: `class.example:${presenterPort}` })).status).toBe(421);
  expect((await open(port, {}, '/api/socket')).status).toBe(404);
});

it('who does not read an answer is let go; a page’s socket may be silent for longer', async () => {
  const { port, presenterPort, site } = await start({ limits: { ...LIMITS, timeout: 300 } });
  writeFileSync(join(site, 'large.bin'), Buffer.alloc(LARGE));
  for (const at of [port, presenterPort]) {
    const page = await open(at);
    const stalled = await stall(at, '/large.bin');
    await waitFor('the end of the connection', () => stalled.destroyed, 4_000);
    expect(stalled.bytesWritten).toBeGreaterThan(0);
    expect(stalled.bytesWritten).toBeLessThan(LARGE);
    expect(page.isClosed()).toBe(false);
  }
});

it('a code is guessed a hundred times a minute, and then nobody types one from there', async () => {
  const { port } = await start();
  const page = await open(port);
  const say = (code: string): void =>
    page.socket.send(JSON.stringify({ type: 'room.join', code, nickname: '가', lab: 'none' }));
  for (let count = 0; count < 100; count += 1) say('AAAAAAAA');
  say(CODE);
  await waitFor('the answers', () => page.told.length === 101);
  expect(page.told.map(({ code }) => code)).toEqual([
    ...Array.from({ length: 100 }, () => 'wrong-code'),
    'too-many-codes',
  ]);
});

it('who is in, or leads it, is told when the class is closed, before the line is', async () => {
  const { hub, port, presenterPort } = await start();
  const origin = `http://127.0.0.1:${presenterPort}`;
  const presenter = await open(presenterPort, { authorization: `Bearer ${TOKEN}`, origin });
  const [person, stranger] = [await open(port), await open(port)];
  person.socket.send(
    JSON.stringify({ type: 'room.join', code: CODE, nickname: '가', lab: 'none' }),
  );
  await waitFor('them to be in', () => person.told.some(({ type }) => type === 'room.joined'));
  await waitFor('the room', () => presenter.told.some(({ type }) => type === 'room.snapshot'));
  await hub.close();
  await waitFor('the end', () => [person, presenter, stranger].every((each) => each.isClosed()));
  for (const { told } of [person, presenter])
    expect(told.at(-1)).toMatchObject({ type: 'room.refused', code: 'closed' });
  // How it goes on is its presenter's business: the command may say more than a class need know.
  const [toClass, toPresenter] = [person, presenter].map(({ told }) => JSON.stringify(told.at(-1)));
  expect(toPresenter).toContain('이어집니다: npm run workshop -- --lan');
  expect(toClass).not.toContain('npm run');
  expect(stranger.told).toEqual([]);
});

it('a hub that ends has its log say so, and one that comes again, that it is open', async () => {
  const home = makeFolder();
  for (let day = 1; day <= 2; day += 1) await (await start({ home })).hub.close();
  const kinds = readSqliteLog(logFile(home)).map(({ event }) => event.kind);
  expect(kinds).toEqual(['opened', 'closed', 'opened', 'closed']);
});

it('a hub that could not begin to listen has closed no class', async () => {
  const [{ port }, home] = [await start(), makeFolder()];
  await expect(start({ home, port })).rejects.toThrow();
  expect(readSqliteLog(logFile(home)).map(({ event }) => event.kind)).toEqual(['opened']);
});

it('a page that says too much is read slowly; one that sends too large a frame is closed', async () => {
  const { port } = await start();
  const [loud, quiet, large] = [await open(port), await open(port), await open(port)];
  for (let count = 0; count < 3_000; count += 1) loud.socket.send('{}');
  await waitFor('the first answers', () => loud.told.length >= 120);
  await converse(quiet);
  expect(loud.told.length).toBeLessThan(1_000);
  large.socket.send('x'.repeat(300 * 1024));
  await waitFor('its end', large.isClosed);
});

it.each(['ping', 'pong'] as const)(
  'a page that sends a %s without end is read slowly',
  async (kind) => {
    const { port } = await start();
    const [loud, quiet] = [await open(port), await open(port)];
    // So few at a time that they are answered.
    for (let times = 0; times < 20; times += 1) {
      for (let count = 0; count < 30; count += 1) loud.socket[kind]();
      await converse(quiet, 1);
    }
    loud.socket.send('{}');
    await converse(quiet);
    expect(loud.told).toEqual([]);
    expect(loud.isClosed()).toBe(false);
  },
);

it('the presenter’s pages are on the presenter’s port alone, unless the class’s is https', async () => {
  const { port, presenterPort } = await start();
  const tls = await start({ tls: certificate });
  const secure = (path: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const at = { host: '127.0.0.1', port: tls.port, path, rejectUnauthorized: false };
      askSecurely(at, ({ statusCode = 0 }) => resolve(statusCode))
        .on('error', reject)
        .end();
    });
  for (const page of ['class', 'projector']) {
    for (const path of [
      `/workshop/${page}/`,
      `/workshop/${page}`,
      `/workshop/${page}/index.html`,
      `/workshop//${page}/`,
      `/workshop/x/../${page}/`,
      `/workshop/%${page.charCodeAt(0).toString(16)}${page.slice(1)}/`,
    ]) {
      const { status, text } = await get(port, path);
      expect(`${path} ${status} ${text}`).toBe(`${path} 404 <p>없음</p>`);
    }
    const path = `/workshop/${page}/`;
    expect((await get(presenterPort, path)).text).toContain('강사');
    expect(await secure(path)).toBe(200);
  }
  expect((await get(port, '/workshop/')).text).toContain('참가');
});

it('a page is kept from other windows only where its browser can, and is not told in vain', async () => {
  const { port } = await start({ hosts: ['class.example'] });
  const policyAt = async (host: string) =>
    (await get(port, '/', { host: `${host}:${port}` })).headers['cross-origin-opener-policy'];
  expect(await policyAt('127.0.0.1')).toBe('same-origin');
  expect(await policyAt('localhost')).toBe('same-origin');
  expect(await policyAt('class.example')).toBeUndefined();
});

it('a port that is taken is a plain refusal, and leaves nothing open', async () => {
  const { port } = await start();
  const other = await freePort();
  await expect(start({ port: other, presenterPort: port })).rejects.toThrow(`${port} 포트`);
  await expect(fetch(`http://127.0.0.1:${other}/`)).rejects.toThrow();
});

it('a hub knows the steps of its book, and takes no others', async () => {
  const { port } = await start();
  const page = await open(port);
  const say = (message: object): void => page.socket.send(JSON.stringify(message));
  say({ type: 'room.join', code: CODE, nickname: '가', lab: 'local' });
  const report = (step: string) => ({
    type: 'room.report',
    id: randomUUID(),
    report: { kind: 'progress', step, run: randomUUID(), status: 'passed', reason: null },
  });
  say(report('topics/invented'));
  say(report('topics/list'));
  await waitFor('the ack', () => page.told.some(({ type }) => type === 'room.ack'));
  expect(page.told.filter(({ type }) => type === 'room.refused')).toMatchObject([
    { code: 'bad-message' },
  ]);
});
