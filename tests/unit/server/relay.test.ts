/** A page, the sidecar between, and hubs of every kind. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { BACKLOG } from '../../../server/rate.ts';
import { relay } from '../../../server/relay.ts';
import { relay as words } from '../../../server/relay-words.ts';
import { freePort } from '../../free-port.ts';
import { waitFor } from '../../wait.ts';
import { certificate } from './certificate.ts';
import { openSession, port } from './site-under-test.ts';

const addressOf = async (server: Server, scheme = 'http'): Promise<string> => {
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** A hub that notes who comes and what they say. */
const openHub = async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server, path: '/api/room' });
  const heads: IncomingMessage[] = [];
  const heard: { readonly data: Buffer; readonly isBinary: boolean }[] = [];
  const clients: WebSocket[] = [];
  sockets.on('connection', (socket, request) => {
    heads.push(request);
    clients.push(socket);
    socket.on('error', () => {});
    socket.on('message', (data: Buffer, isBinary) => heard.push({ data, isBinary }));
  });
  onTestFinished(() => {
    for (const each of sockets.clients) each.terminate();
  });
  return { address: await addressOf(server), heads, heard, clients };
};

/** A page's side: all that it is told. */
const openPage = async (first?: string | Buffer, at = `127.0.0.1:${port}`) => {
  const socket = new WebSocket(`ws://${at}/api/room`, {
    headers: { cookie: await openSession(), origin: `http://${at}` },
  });
  onTestFinished(() => socket.terminate());
  const told: { readonly data: Buffer; readonly isBinary: boolean }[] = [];
  let closed = false;
  socket.on('message', (data: Buffer, isBinary) => told.push({ data, isBinary }));
  socket.on('close', () => {
    closed = true;
  });
  await once(socket, 'open');
  if (first !== undefined) socket.send(first);
  return {
    socket,
    told,
    isClosed: () => closed,
    failure: () =>
      waitFor('relay.failed', () => {
        const [only] = told;
        return closed && only !== undefined && JSON.parse(only.data.toString());
      }),
  };
};

const openFrame = (hub: string, token?: string): string =>
  JSON.stringify({ type: 'relay.open', hub, ...(token && { token }) });

const TOKEN = 'x'.repeat(43);

it('hands frames on both ways as they are, from the first on', async () => {
  const hub = await openHub();
  const page = await openPage(openFrame(hub.address));
  const bytes = Buffer.from('{"type":"run.output"}\n\x00\xff', 'latin1');
  // Before the hub is there, too.
  page.socket.send('{"type":"room.join"}');
  page.socket.send(bytes);
  await waitFor('both', () => hub.heard.length === 2);
  expect(hub.heard).toEqual([
    { data: Buffer.from('{"type":"room.join"}'), isBinary: false },
    { data: bytes, isBinary: true },
  ]);
  hub.clients[0]?.send(bytes);
  hub.clients[0]?.send('not even JSON');
  await waitFor('both', () => page.told.length === 2);
  expect(page.told).toEqual([
    { data: bytes, isBinary: true },
    { data: Buffer.from('not even JSON'), isBinary: false },
  ]);
});

it('gives no token where somebody on the way could read it', async () => {
  const hub = await openHub();
  // A name that leads here, and does not say so.
  const address = hub.address.replace('127.0.0.1', '127.0.0.2');
  const page = await openPage(openFrame(address, 'x'.repeat(43)));
  expect((await page.failure()).message).toBe(words.readable);
  expect(hub.heads).toEqual([]);
});

it('calls the path of a hub and no other, and gives a token in a header only, only where there is one', async () => {
  const hub = await openHub();
  const with_ = await openPage(openFrame(`${hub.address}/some/path?x=1#y`, TOKEN));
  await waitFor('the call', () => hub.heads.length === 1);
  expect(hub.heads[0]?.url).toBe('/api/room');
  expect(hub.heads[0]?.headers).toMatchObject({
    authorization: `Bearer ${TOKEN}`,
    origin: hub.address,
  });
  // What the page has here is not for others.
  expect(hub.heads[0]?.headers.cookie).toBeUndefined();
  await openPage(openFrame(hub.address));
  await waitFor('the call', () => hub.heads.length === 2);
  expect(hub.heads[1]?.headers.authorization).toBeUndefined();
  expect(with_.isClosed()).toBe(false);
});

it('ends with either side', async () => {
  const hub = await openHub();
  const page = await openPage(openFrame(hub.address));
  await waitFor('the call', () => hub.clients.length === 1);
  hub.clients[0]?.terminate();
  await waitFor('the end of the page', page.isClosed);
  expect(page.told).toEqual([]);
  const next = await openPage(openFrame(hub.address));
  const [, client] = await waitFor('the call', () => hub.clients.length === 2 && hub.clients);
  next.socket.terminate();
  await waitFor('the end at the hub', () => client?.readyState === WebSocket.CLOSED);
});

it.each<[string, string | Buffer]>([
  ['is no JSON', 'hello'],
  ['is binary', Buffer.from(openFrame('http://127.0.0.1:1'))],
  ['is for the hub', '{"type":"room.join"}'],
  ['names a file', openFrame('file:///etc/passwd')],
  ['names a script', openFrame('javascript:alert(1)')],
  ['has a token of another shape', openFrame('http://127.0.0.1:1', 'a\r\nb')],
  ['has more than it should', '{"type":"relay.open","hub":"http://127.0.0.1:1","path":"/x"}'],
])('calls nobody where the first frame %s', async (_, first) => {
  const page = await openPage(first);
  expect(await page.failure()).toEqual({ type: 'relay.failed', message: words.noAddress });
});

const serveWith = (handle: RequestListener) => () => {
  const server = createServer(handle);
  server.on('upgrade', (request, stream) => {
    stream.on('error', () => {});
    stream.end(`HTTP/1.1 ${request.headers['x-status'] ?? 404} Not Found\r\n\r\n`);
  });
  return addressOf(server);
};

const answering = (text: string) => () =>
  addressOf(
    createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', () => socket.end(text));
    }),
  );

it.each<[string, string, () => Promise<string>]>([
  ['nobody listens', words.closed, async () => `http://127.0.0.1:${await freePort()}`],
  ['there is no such name', words.unknownName, async () => 'http://no-such-host.invalid:4330'],
  ['another site is', words.noHub, serveWith((_, response) => response.end('hello'))],
  ['something else is', words.noHub, answering('SSH-2.0-OpenSSH_9.6\r\n')],
  ['somebody hangs up', words.noHub, answering('')],
  ['there are too many', words.full, answering('HTTP/1.1 503 Service Unavailable\r\n\r\n')],
  ['one is refused', words.refused, answering('HTTP/1.1 401 Unauthorized\r\n\r\n')],
  [
    'the answer is to go elsewhere',
    words.noHub,
    answering('HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/api/room\r\n\r\n'),
  ],
  [
    'the answer is no handshake of this one',
    words.noHub,
    answering(
      'HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n',
    ),
  ],
  [
    'the certificate is nobody’s',
    words.untrusted,
    () => addressOf(createTlsServer(certificate), 'https'),
  ],
  [
    'there is no certificate any more',
    words.notSecure,
    async () => (await openHub()).address.replace('http', 'https'),
  ],
])('says so in plain words where %s', async (_, message, address) => {
  const page = await openPage(openFrame(await address()));
  expect(await page.failure()).toMatchObject({ type: 'relay.failed', message });
});

/** A hub with a certificate that nobody vouches for, called as it was before it had one. */
const openSecure = async () => {
  const server = createTlsServer(certificate);
  const sockets = new WebSocketServer({ server, path: '/api/room' });
  const heard: string[] = [];
  sockets.on('connection', (socket) => socket.on('message', (data) => heard.push(String(data))));
  onTestFinished(() => {
    for (const each of sockets.clients) each.terminate();
  });
  const address = await addressOf(server, 'https');
  return { address, before: address.replace('https', 'http'), heard };
};

it('goes after a hub that has a certificate by now, with all that was said to it', async () => {
  const hub = await openSecure();
  setDefaultCACertificates([...getCACertificates('default'), certificate.cert]);
  onTestFinished(() => setDefaultCACertificates(getCACertificates('bundled')));
  const page = await openPage(openFrame(hub.before));
  page.socket.send('{"type":"room.join"}');
  await waitFor('the page to be heard', () => hub.heard.length === 1);
  expect(page.isClosed()).toBe(false);
});

it('says that a hub has a certificate by now, where it is nobody’s', async () => {
  const hub = await openSecure();
  const page = await openPage(openFrame(hub.before));
  expect((await page.failure()).message).toBe(words.nowSecure(hub.address));
  expect(hub.heard).toEqual([]);
});

it('says to the page what that does not only show', async () => {
  const nobody = await openPage(openFrame(`http://127.0.0.1:${await freePort()}`));
  expect((await nobody.failure()).why).toBe('nobody-listens');
  const hub = await answering('HTTP/1.1 401 Unauthorized\r\n\r\n')();
  const stranger = await openPage(openFrame(hub, TOKEN));
  expect((await stranger.failure()).why).toBe('not-let-in');
});

it('does not follow a hub that sends it elsewhere', async () => {
  const hub = await openHub();
  const elsewhere = `${hub.address.replace('http', 'ws')}/api/room`;
  const answer = `HTTP/1.1 302 Found\r\nLocation: ${elsewhere}\r\n\r\n`;
  const page = await openPage(openFrame(await answering(answer)()));
  await page.failure();
  expect(hub.heads).toEqual([]);
});

/** A sidecar's side of a page, to look at. */
const openRelay = async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const ends: WebSocket[] = [];
  sockets.on('connection', (socket) => {
    ends.push(socket);
    relay(socket);
  });
  const at = (await addressOf(server)).replace('http://', '');
  const enter = async (hub: string) => {
    const page = await openPage(openFrame(hub), at);
    const end = await waitFor('the other end', () => ends.at(-1));
    return { page, end };
  };
  return { enter };
};

const PIECE = Buffer.alloc(1024 * 1024);
const PIECES = 80;

/** What has been sent is read as far as it is read at all, a few MB in each turn. */
const turn = async (): Promise<void> => {
  for (let turns = 0; turns < 500; turns += 1) await new Promise(setImmediate);
};

it('keeps no more than so much for a page that reads nothing, and loses nothing of it', async () => {
  const [hub, { enter }] = [await openHub(), await openRelay()];
  const { page, end } = await enter(hub.address);
  const [client] = await waitFor('the call', () => hub.clients.length === 1 && hub.clients);
  page.socket.pause();
  for (let count = 0; count < PIECES; count += 1) client?.send(PIECE);
  await waitFor('it to be full', () => end.bufferedAmount > BACKLOG);
  await turn();
  // The rest waits where it came from.
  expect(end.bufferedAmount).toBeLessThan(BACKLOG + 2 * PIECE.length);
  page.socket.resume();
  await waitFor('all of it', () => page.told.length === PIECES);
});

it('reads no page whose hub reads nothing, or is not there yet; and loses nothing of it', async () => {
  const [hub, { enter }] = [await openHub(), await openRelay()];
  const { page, end } = await enter(hub.address);
  const [client] = await waitFor('the call', () => hub.clients.length === 1 && hub.clients);
  client?.pause();
  for (let count = 0; count < PIECES; count += 1) page.socket.send(PIECE);
  await waitFor('it to be read no more', () => end.isPaused);
  client?.resume();
  await waitFor('all of it', () => hub.heard.length === PIECES);

  const silent = await addressOf(createTcpServer((socket) => socket.on('error', () => {})));
  const early = await enter(silent);
  await waitFor('it to be read no more', () => early.end.isPaused);
});

it('leaves a hub that sends more at once than any hub has to say', async () => {
  const hub = await openHub();
  const page = await openPage(openFrame(hub.address));
  const [client] = await waitFor('the call', () => hub.clients.length === 1 && hub.clients);
  client?.send(Buffer.alloc(17 * 1024 * 1024));
  await waitFor('the end', page.isClosed);
  expect(page.told).toEqual([]);
  const crumbs = await openPage(openFrame(hub.address));
  const [, other] = await waitFor('the call', () => hub.clients.length === 2 && hub.clients);
  for (let count = 0; count < 1_025; count += 1) other?.send('x', { fin: false });
  await waitFor('the end', crumbs.isClosed);
  // And a page that does.
  const next = await openPage(openFrame(hub.address));
  next.socket.send(Buffer.alloc(200 * 1024));
  await waitFor('the end', next.isClosed);
  expect(hub.heard).toEqual([]);
});

it('leaves a hub whose network is gone, and a page that says nothing', async () => {
  const server = createServer();
  const between = new WebSocketServer({ server });
  between.on('connection', (socket) => relay(socket, { opening: 100, heartbeat: 100 }));
  const at = (await addressOf(server)).replace('http://', '');
  const silent = await openPage(undefined, at);
  expect(await silent.failure()).toMatchObject({ message: words.noAddress });

  const hub = await openHub();
  const page = await openPage(openFrame(hub.address), at);
  const [client] = await waitFor('the call', () => hub.clients.length === 1 && hub.clients);
  client?.pause();
  await waitFor('the end', page.isClosed);
});
