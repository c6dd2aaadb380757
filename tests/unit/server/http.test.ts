import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { METHODS } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LIMITS, type Limits } from '../../../server/sidecar.ts';
import { waitFor } from '../../wait.ts';
import { ask, head, openRaw } from './raw-socket.ts';
import {
  connect,
  expectUnharmed,
  get,
  openSession,
  port,
  restart,
  site,
  TOKEN,
} from './site-under-test.ts';
import { LARGE, stall } from './stalled.ts';

afterEach(expectUnharmed);

const ours = (): string => `Host: 127.0.0.1:${port}`;

describe('the Host of a request', () => {
  it.each([
    'evil.example',
    'localhost',
    'localhost.evil.com',
    'localhost.evil.com:80',
    '127.0.0.1:1',
  ])('(%s) is refused on every path', async (host) => {
    expect((await get('/', { host })).status).toBe(421);
    expect((await get('/api/health', { host })).status).toBe(421);
  });

  it('with a trailing dot is refused', async () => {
    expect((await get('/', { host: `localhost.:${port}` })).status).toBe(421);
  });

  it('absent is refused, in the old version of the protocol as well', async () => {
    expect((await ask(head('GET / HTTP/1.1'))).status).toBe(400);
    expect((await ask(head('GET / HTTP/1.0'))).status).toBe(400);
  });

  it('duplicated is refused', async () => {
    expect((await ask(head('GET / HTTP/1.1', ours(), ours()))).status).toBe(421);
    expect((await ask(head('GET / HTTP/1.1', ours(), 'Host: evil.example'))).status).toBe(421);
  });

  it.each(['100-continue', 'miracles'])(
    'is looked at first, whatever is expected (%s)',
    async (expected) => {
      const others = head('GET / HTTP/1.1', 'Host: evil.example', `Expect: ${expected}`);
      expect((await ask(others)).status).toBe(421);
      expect((await ask(head('GET / HTTP/1.1', ours(), `Expect: ${expected}`))).status).toBe(200);
    },
  );

  it('is not what X-Forwarded-Host says', async () => {
    const forged = { 'x-forwarded-host': `127.0.0.1:${port}`, host: 'evil.example' };
    expect((await get('/', forged)).status).toBe(421);
    const { status, headers } = await get(`/?token=${TOKEN}`, {
      'x-forwarded-host': 'evil.example',
    });
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
  });
});

describe('the Origin of a request', () => {
  it.each(['http://evil.example', 'null', 'https://localhost', 'http://localhost.evil.com'])(
    '(%s) is refused',
    async (origin) => {
      const answer = await get('/api/health', { origin, cookie: await openSession() });
      expect(answer.status).toBe(403);
    },
  );

  it('that is not the Host, though both are ours, is refused', async () => {
    const origin = `http://localhost:${port}`;
    const answer = await get('/api/health', { origin, cookie: await openSession() });
    expect(answer.status).toBe(403);
  });
});

describe('the target of a request', () => {
  it.each([
    '//evil',
    `//evil/?token=${TOKEN}`,
    '///',
    'http://evil.example/',
    'https://evil.example/',
  ])('(%s) is refused', async (target) => {
    const { status, text } = await ask(head(`GET ${target} HTTP/1.1`, ours()));
    expect(status).toBe(400);
    expect(text).not.toMatch(/set-cookie|location/i);
  });

  it('in absolute form is refused, even if it names this site', async () => {
    const target = `http://127.0.0.1:${port}/?token=${TOKEN}`;
    const { status, text } = await ask(head(`GET ${target} HTTP/1.1`, ours()));
    expect(status).toBe(400);
    expect(text).not.toMatch(/set-cookie|location/i);
  });

  it.each([
    '/%5cevil.example/',
    '/%5C/evil.example/',
    '/%09/evil.example/',
    '/%2fevil.example/',
    '/.//evil.example/',
    '/x/..//evil.example/',
  ])('(%s) with the token never leads to another site', async (path) => {
    const { headers } = await get(`${path}?token=${TOKEN}`);
    const location = String(headers.location);
    expect(new URL(location, `http://127.0.0.1:${port}`).host).toBe(`127.0.0.1:${port}`);
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/.%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/%252e%252e/secret.txt',
    '/..%5csecret.txt',
    '/%5c..%5csecret.txt',
    '/..\\secret.txt',
    '/_astro/../../secret.txt',
    '/_astro/%2e%2e/%2e%2e/secret.txt',
    '/%00/../../secret.txt',
    '/../secret.txt%00.html',
    '/index.html%00',
    '/../secret.txt\0',
    '/%c0%ae%c0%ae/secret.txt',
  ])('(%j) reads nothing outside the site', async (target) => {
    await writeFile(join(site, '../secret.txt'), 'secret');
    const { status, text } = await ask(head(`GET ${target} HTTP/1.1`, ours()));
    expect([400, 404]).toContain(status);
    expect(text).not.toContain('secret');
    await rm(join(site, '../secret.txt'));
  });

  it('behind a symbolic link is read inside the site only', async () => {
    const outside = `${site}-outside`;
    await mkdir(outside);
    for (const name of ['secret.txt', 'index.html']) await writeFile(join(outside, name), 'secret');
    await mkdir(join(site, 'folder'));
    await symlink(join(outside, 'secret.txt'), join(site, 'file.txt'));
    await symlink(outside, join(site, 'linked'));
    await symlink(join(outside, 'index.html'), join(site, 'folder/index.html'));
    await symlink(join(site, 'index.html'), join(site, 'again.html'));
    await writeFile(join(site, 'twin.html'), '');
    await symlink(join(outside, 'secret.txt'), join(site, 'twin.html.gz'));
    const linked = ['/linked/secret.txt', '/linked/', '/linked'];
    for (const path of ['/file.txt', ...linked, '/folder/', '/twin.html']) {
      const { status, text } = await get(path, { 'accept-encoding': 'gzip' });
      expect(`${path} ${status}`).toBe(`${path} 404`);
      expect(text).not.toContain('secret');
    }
    expect((await get('/again.html')).text).toContain('교재');
    await rm(outside, { recursive: true });
  });
});

describe('the topic whose keys are asked for', () => {
  it.each([
    ['with a semicolon', '%3brm'],
    ['with a newline', 'a%0ab'],
    ['with a command', '%24(id)'],
    ['with a path', '%2e%2e%2fa'],
    ['in Korean', '%ed%86%a0%ed%94%bd'],
    ['too long', 'x'.repeat(250)],
  ])('(%s) is refused', async (_, name) => {
    const { status } = await get(`/api/keys/${name}`, { cookie: await openSession() });
    expect(status).toBe(400);
  });
});

describe('a request that is no reading', () => {
  // CONNECT asks for a tunnel: Node closes the connection without a word.
  it.each(METHODS.filter((method) => !['GET', 'HEAD', 'CONNECT'].includes(method)))(
    '(%s) is not allowed',
    async (method) => {
      for (const path of ['/', '/api/health', '/api/socket']) {
        const cookie = `Cookie: ${await openSession()}`;
        const { status, text } = await ask(head(`${method} ${path} HTTP/1.1`, ours(), cookie));
        expect(`${path} ${status}`).toBe(`${path} 405`);
        expect(text).toMatch(/\r\nallow: GET, HEAD\r\n/i);
      }
    },
  );

  it('(CONNECT) is closed', async () => {
    expect((await ask(head('CONNECT 127.0.0.1:22 HTTP/1.1', ours()))).status).toBe(0);
  });

  it('(a form from another site) is refused', async () => {
    const form = [ours(), 'Content-Type: application/x-www-form-urlencoded', 'Content-Length: 9'];
    const cookie = `Cookie: ${await openSession()}`;
    const post = (...lines: string[]) =>
      ask(`${head('POST /api/socket HTTP/1.1', ...form, cookie, ...lines)}run=start`);
    expect((await post('Origin: http://evil.example')).status).toBe(403);
    expect((await post('Origin: null')).status).toBe(403);
    expect((await post()).status).toBe(405);
  });

  it('(a preflight) gets no CORS header', async () => {
    const asks = ['Access-Control-Request-Method: POST', 'Access-Control-Request-Headers: cookie'];
    for (const [origin, wanted] of [
      ['http://evil.example', 403],
      ['null', 403],
      [`http://127.0.0.1:${port}`, 405],
    ] as const) {
      const { status, text } = await ask(
        head('OPTIONS /api/health HTTP/1.1', ours(), `Origin: ${origin}`, ...asks),
      );
      expect(status).toBe(wanted);
      expect(text).not.toMatch(/access-control/i);
    }
  });
});

describe('a body', () => {
  const DRIP = 'x'.repeat(100);

  it.each([
    ['of a reading', 'GET', 'Content-Length: 1000000', 413],
    ['of no length', 'GET', 'Transfer-Encoding: chunked', 413],
    ['of a form', 'POST', 'Content-Length: 1000000', 405],
    ['of a form, of no length', 'POST', 'Transfer-Encoding: chunked', 405],
  ])('(%s) is not waited for, however slowly it comes', async (_, method, length, wanted) => {
    const connection = await openRaw({ allowHalfOpen: true });
    connection.socket.write(head(`${method} / HTTP/1.1`, ours(), length));
    const piece = length.startsWith('Transfer') ? `64\r\n${DRIP}\r\n` : DRIP;
    await waitFor('the end of the connection', () => {
      if (!connection.isClosed()) connection.socket.write(piece);
      return connection.isClosed();
    });
    expect(connection.status()).toBe(wanted);
  });

  it('of both lengths is refused', async () => {
    const lengths = ['Content-Length: 5', 'Transfer-Encoding: chunked'];
    const smuggled = head('GET /api/health HTTP/1.1', ours());
    const request = `${head('GET / HTTP/1.1', ours(), ...lengths)}0\r\n\r\n${smuggled}`;
    const { status, text } = await ask(request);
    expect(status).toBe(400);
    expect(text.split('HTTP/1.1 ')).toHaveLength(2);
  });
});

describe('a visitor who takes too much', () => {
  const limits: Limits = {
    headersTimeout: 300,
    requestTimeout: 600,
    timeout: 60_000,
    connectionsCheckingInterval: 50,
    maxConnections: 8,
  };

  it('is measured by bounds that leave room for honest ones', () => {
    const { headersTimeout, requestTimeout, timeout } = LIMITS;
    const { connectionsCheckingInterval, maxConnections } = LIMITS;
    // To Node, 0 is for ever.
    expect(Math.min(headersTimeout, connectionsCheckingInterval)).toBeGreaterThan(0);
    // A phone that leaves a room's Wi-Fi for a moment goes on with its page.
    expect(timeout).toBeGreaterThanOrEqual(30_000);
    expect(timeout).toBeLessThanOrEqual(60_000);
    expect(connectionsCheckingInterval).toBeLessThanOrEqual(5_000);
    expect(headersTimeout).toBeLessThanOrEqual(requestTimeout);
    expect(requestTimeout).toBeLessThanOrEqual(60_000);
    // Two hundred pages at once are honest.
    expect(maxConnections).toBeGreaterThan(300);
    expect(maxConnections).toBeLessThanOrEqual(5_000);
  });

  it('of time for its headers is told so and let go', async () => {
    await restart(true, { limits: { ...limits, requestTimeout: 60_000 } });
    const connection = await openRaw({ allowHalfOpen: true });
    connection.socket.write(`GET / HTTP/1.1\r\n${ours()}\r\n`);
    // A header at a time, for ever: each is in time, all together are not.
    await waitFor(
      'the end of the connection',
      () => {
        if (!connection.isClosed()) connection.socket.write('X-Slow: 1\r\n');
        return connection.isClosed();
      },
      4_000,
    );
    expect(connection.status()).toBe(408);
  });

  it('of time before its first byte is let go', async () => {
    await restart(true, { limits });
    const connection = await openRaw();
    await connection.closed();
  });

  it('of time by not reading its answer is let go; a socket may be silent for longer', async () => {
    await writeFile(join(site, 'large.bin'), Buffer.alloc(LARGE));
    await restart(true, { limits: { ...LIMITS, timeout: 300 } });
    const { socket } = await connect();
    const stalled = await stall(port, '/large.bin');
    await waitFor('the end of the connection', () => stalled.destroyed, 4_000);
    // Not before there was an answer, nor after all of it was taken.
    expect(stalled.bytesWritten).toBeGreaterThan(0);
    expect(stalled.bytesWritten).toBeLessThan(LARGE);
    expect(socket.readyState).toBe(socket.OPEN);
  });

  it('of headers is told so', async () => {
    const many = Array.from({ length: 1_000 }, (_, at) => `X-${at}: ${'x'.repeat(100)}`);
    expect((await ask(head('GET / HTTP/1.1', ours(), ...many))).status).toBe(431);
  });

  it('of connections gets no more, and keeps those that it has', async () => {
    await restart(true, { limits: { ...limits, headersTimeout: 10_000, requestTimeout: 10_000 } });
    const all = await Promise.all(Array.from({ length: 20 }, () => openRaw()));
    const left = () => all.filter((connection) => !connection.isClosed());
    await waitFor('the others to be closed', () => left().length === limits.maxConnections);
    for (const connection of left()) connection.socket.write(head('GET / HTTP/1.1', ours()));
    await waitFor('the answers', () => left().every((connection) => connection.status() === 200));
    for (const connection of left()) connection.socket.destroy();
    await waitFor('room for others', () =>
      get('/').then(
        ({ status }) => status === 200,
        () => false,
      ),
    );
  });
});
