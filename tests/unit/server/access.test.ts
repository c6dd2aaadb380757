import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { createServer, METHODS } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { expect, it, onTestFinished } from 'vitest';
import { type Access, createAccess, readToken } from '../../../server/access.ts';
import { createApp } from '../../../server/app.ts';
import { createHistory } from '../../../server/cluster/history.ts';
import { createWatcher } from '../../../server/cluster/watcher.ts';
import type { Lab } from '../../../server/lab/lab.ts';
import { ClientMessage } from '../../../server/protocol.ts';
import { createLabReset } from '../../../server/runs/lab-reset.ts';
import { attachSocket } from '../../../server/socket.ts';
import { createFakeLab } from '../../fake-lab.ts';
import { freePort } from '../../free-port.ts';
import { waitFor } from '../../wait.ts';
import { makeFolder } from '../lab/folder.ts';
import { ask, frame, handshake, head, openRaw, TEXT } from './raw-socket.ts';
import { connect, downs, execs, home, port, RUN, runsOn, site, TOKEN } from './site-under-test.ts';

/** One of each that the protocol knows, in an order in which each has an effect. */
const MESSAGES: { [Type in ClientMessage['type']]: Extract<ClientMessage, { type: Type }> } = {
  'run.start': { type: 'run.start', run: RUN, step: 'topics/list', cols: 80, rows: 24 },
  'run.attach': { type: 'run.attach', run: RUN, offset: 0 },
  'run.ack': { type: 'run.ack', run: RUN, offset: 0 },
  'run.resize': { type: 'run.resize', run: RUN, cols: 90, rows: 30 },
  'run.input': { type: 'run.input', run: RUN, data: 'x' },
  'run.signal': { type: 'run.signal', run: RUN, signal: 'interrupt' },
  'cluster.watch': { type: 'cluster.watch', on: true },
  'lab.reset': { type: 'lab.reset', confirmed: true },
};

it('the token is of its user alone, also where a file of it was there', () => {
  const home = makeFolder();
  writeFileSync(join(home, 'token'), 'too short', { mode: 0o644 });
  for (const folder of [home, makeFolder()]) {
    readToken(folder);
    expect(statSync(join(folder, 'token')).mode & 0o777).toBe(0o600);
  }
});

/** The app with everything it decides, and everything it asks the lab, noted. */
const serveNoting = async () => {
  const decided: string[] = [];
  const asked: string[] = [];
  const fake = createFakeLab({ running: true });
  const lab = new Proxy<Lab>(fake.lab, {
    get: (target, name) => {
      asked.push(String(name));
      return target[name as keyof Lab];
    },
  });
  const port = await freePort();
  const real = createAccess({ token: TOKEN, port });
  const access: Access = {
    ...real,
    decide: (request, purpose) => {
      decided.push(`${purpose} ${request.method} ${request.url}`);
      return real.decide(request, purpose);
    },
  };
  const diagnose = async () => {
    asked.push('doctor');
    return { lab: lab.name, needed: [], other: [] };
  };
  const app = createApp({ access, lab, diagnose, site, policy: '' });
  const server = createServer(getRequestListener(app.fetch));
  const [watcher, runs] = [createWatcher(lab), runsOn(lab)];
  const history = createHistory(watcher, runs);
  attachSocket(server, access, runs, watcher, history, createLabReset(runs, lab, history, home));
  asked.length = 0;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const upgradeListeners = (): number => server.listenerCount('upgrade');
  return { port, decided, asked, routes: app.routes, upgradeListeners };
};

it('every route, method and message is decided on in one place; without a session nothing is done or told', async () => {
  const noting = await serveNoting();
  const routes = noting.routes.map(({ path }) => `/${path.replace(/^\//, '').replace('*', 'any')}`);
  expect(routes).toEqual(
    expect.arrayContaining(['/any', '/api/health', '/api/keys/:topic', '/api/doctor', '/api/any']),
  );
  const spellings = [
    '/',
    '/api',
    '/api/',
    '/api/socket',
    '/api/room',
    '/API/health',
    '/%61pi/health',
  ];
  const paths = [...new Set([...routes, ...spellings])];

  for (const path of paths) {
    const purpose = decodeURI(path).startsWith('/api/') ? 'api' : 'page';
    for (const method of METHODS) {
      // CONNECT asks for a tunnel, and is closed before anything sees it.
      const reads = ['GET', 'HEAD'].includes(method);
      const wanted = method === 'CONNECT' ? 0 : !reads ? 405 : purpose === 'api' ? 401 : undefined;
      for (const at of [noting.port, port]) {
        noting.decided.length = 0;
        const request = head(`${method} ${path} HTTP/1.1`, `Host: 127.0.0.1:${at}`);
        const { status, text } = await ask(request, { port: at });
        const answer = wanted === undefined ? (path === '/' ? 200 : 404) : wanted;
        expect(`${method} ${path} ${status}`).toBe(`${method} ${path} ${answer}`);
        expect(text).not.toMatch(/brokers|running/);
        const decisions =
          method === 'CONNECT' || at === port ? [] : [`${purpose} ${method} ${path}`];
        expect(noting.decided).toEqual(decisions);
      }
    }
  }
  expect(noting.asked).toEqual([]);

  const at = `127.0.0.1:${noting.port}`;
  const stranger = { Host: at, Origin: `http://${at}`, Cookie: undefined };
  // There is one way to a socket, and the decision is before it: the page's own, and its hub's.
  for (const path of [...paths, '/socket', '/ws', '/api/ws', '/api/socket/', '/api/socket2']) {
    noting.decided.length = 0;
    const { status } = await ask(await handshake(stranger, path), { port: noting.port });
    expect(`${path} ${status}`).toBe(`${path} 401`);
    expect(noting.decided).toEqual([`socket GET ${path}`]);
  }
  expect(noting.upgradeListeners()).toBe(1);

  const types = ClientMessage.options.map(({ shape }) => shape.type.value);
  expect(new Set<string>(types)).toEqual(new Set(Object.keys(MESSAGES)));
  const frames = (...messages: readonly ClientMessage[]): string =>
    messages.map((each) => frame(TEXT, JSON.stringify(each)).toString('latin1')).join('');
  const { 'run.start': start, ...others } = MESSAGES;
  const closed = await handshake({ Cookie: undefined });
  const refused = async (message: ClientMessage): Promise<void> => {
    const { status, text } = await ask(closed + frames(message));
    expect(`${message.type} ${status}`).toBe(`${message.type} 401`);
    expect(text).not.toContain(RUN);
  };
  /** The same bytes, with a session. */
  const send = async (...messages: readonly ClientMessage[]): Promise<void> => {
    const connection = await openRaw();
    connection.socket.write(Buffer.from((await handshake()) + frames(...messages), 'latin1'));
  };

  await refused(start);
  const page = await connect();
  expect(page.messages).toEqual([]);
  // Nothing but the protocol is understood.
  const strange = ['ping', 'help', 'exit', '{}', '[]', '{"type":"run.exec","command":"id"}', RUN];
  const texts = [...strange, ...types, ...types.map((type) => `{"type":"${type}"}`)];
  for (const text of texts) page.socket.send(text);
  await waitFor('the answers', () => page.messages.length >= texts.length);
  const refusal = { type: 'error', code: 'bad-message' };
  expect(page.messages).toMatchObject(texts.map(() => refusal));
  page.messages.length = 0;
  expect(execs).toHaveLength(0);
  await send(start);
  await page.status(RUN, 'running');
  expect(execs).toHaveLength(1);

  for (const message of Object.values(others)) await refused(message);
  expect(execs[0]).toMatchObject({ typed: [], signals: [] });
  expect(downs).toEqual([]);
  await send(...Object.values(others));
  await page.status(RUN, 'stopped');
  expect(execs).toHaveLength(1);
  expect(execs[0]).toMatchObject({ typed: ['x'], signals: ['interrupt'] });

  noting.decided.length = 0;
  const opening = await handshake(stranger);
  expect((await ask(opening + frames(start), { port: noting.port })).status).toBe(401);
  expect(noting.decided).toEqual(['socket GET /api/socket']);

  // Nor is anybody called on behalf of a stranger.
  let calls = 0;
  const hub = createServer((_, response) => {
    calls += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void hub.close());
  await once(hub, 'listening');
  const where = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
  const call = frame(TEXT, JSON.stringify({ type: 'relay.open', hub: where })).toString('latin1');
  noting.decided.length = 0;
  const toRoom = await handshake(stranger, '/api/room');
  expect((await ask(toRoom + call, { port: noting.port })).status).toBe(401);
  expect(noting.decided).toEqual(['socket GET /api/room']);
  expect(noting.asked).toEqual([]);
  expect(calls).toBe(0);
  // The same bytes, with a session.
  const caller = await openRaw();
  caller.socket.write(Buffer.from((await handshake({}, '/api/room')) + call, 'latin1'));
  await waitFor('the call', () => calls === 1);
}, 20_000);
