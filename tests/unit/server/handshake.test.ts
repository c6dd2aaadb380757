import { afterEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../wait.ts';
import { ask, type Headers, handshake, head, openRaw } from './raw-socket.ts';
import { expectUnharmed, get, openSession, port, restart, TOKEN } from './site-under-test.ts';

/** The status that a handshake is answered with; 101 would be an open socket. */
const shake = async (changes?: Headers, target?: string): Promise<number> => {
  const { status, text } = await ask(await handshake(changes, target));
  if (status !== 101) expect(text).toMatch(/\r\nConnection: close\r\n/);
  return status;
};

afterEach(expectUnharmed);

it('an honest handshake opens a socket', async () => {
  expect(await shake()).toBe(101);
  const Host = `localhost:${port}`;
  expect(await shake({ Host, Origin: `http://${Host}` })).toBe(101);
});

it('compression is never agreed on, whoever offers it: a small frame could hold much', async () => {
  const offer = { 'Sec-WebSocket-Extensions': 'permessage-deflate' };
  const { status, text } = await ask(await handshake(offer));
  expect(status).toBe(101);
  expect(text).not.toMatch(/sec-websocket-extensions/i);
});

describe('the Origin of a handshake', () => {
  it.each<[string, () => Headers['Origin']]>([
    ['foreign', () => 'http://evil.example'],
    ['null', () => 'null'],
    ['absent', () => undefined],
    ['twice', () => [`http://127.0.0.1:${port}`, `http://127.0.0.1:${port}`]],
    ['localhost.evil.com', () => `http://localhost.evil.com:${port}`],
    ['of another port', () => `http://127.0.0.1:${port + 1}`],
    ['of another scheme', () => `https://127.0.0.1:${port}`],
    ['not the Host, though ours', () => `http://localhost:${port}`],
  ])('(%s) is refused', async (_, origin) => {
    expect(await shake({ Origin: origin() })).toBe(403);
  });
});

describe('the Host of a handshake', () => {
  it.each<[string, () => Headers['Host']]>([
    ['foreign', () => 'evil.example'],
    ['absent', () => undefined],
    ['duplicated', () => [`127.0.0.1:${port}`, `127.0.0.1:${port}`]],
    ['duplicated, the second foreign', () => [`127.0.0.1:${port}`, 'evil.example']],
    ['with a trailing dot', () => `localhost.:${port}`],
    ['without its port', () => 'localhost'],
    ['of another port', () => `127.0.0.1:${port + 1}`],
  ])('(%s) is refused', async (_, host) => {
    expect(await shake({ Host: host() })).toBe(421);
  });

  it('is not what X-Forwarded-Host says', async () => {
    const ours = `127.0.0.1:${port}`;
    const forged = { 'X-Forwarded-Host': ours, Forwarded: `host=${ours}` };
    expect(await shake({ Host: 'evil.example', ...forged })).toBe(421);
    const foreign = { 'X-Forwarded-Host': 'evil.example', Origin: 'http://evil.example' };
    expect(await shake(foreign)).toBe(403);
  });
});

describe('the target of a handshake', () => {
  it.each([
    '//evil',
    '//evil/api/socket',
    'http://evil.example/api/socket',
    'http://127.0.0.1/api/socket',
  ])('(%s) is refused', async (target) => {
    expect(await shake({}, target)).toBe(400);
  });

  it('(another path) is refused', async () => {
    expect(await shake({}, '/other')).toBe(404);
    expect(await shake({}, '/api/socket/..')).toBe(404);
  });
});

describe('the key of a handshake', () => {
  it.each<[string, string | undefined]>([
    ['absent', undefined],
    ['too short', 'c2hvcnQ='],
    ['no base64', '!'.repeat(24)],
  ])('(%s) is refused', async (_, key) => {
    expect(await shake({ 'Sec-WebSocket-Key': key })).toBe(400);
  });
});

describe('an Upgrade', () => {
  it('to h2c is refused', async () => {
    const settings = {
      Connection: 'Upgrade, HTTP2-Settings',
      'HTTP2-Settings': 'AAMAAABkAAQAAP__',
    };
    expect(await shake({ Upgrade: 'h2c', ...settings })).toBe(400);
  });

  it('that is not asked for opens nothing', async () => {
    const { status } = await ask(await handshake({ Upgrade: undefined, Connection: undefined }));
    expect(status).toBe(404);
  });
});

describe('the session of a handshake', () => {
  it('absent is refused', async () => {
    expect(await shake({ Cookie: undefined })).toBe(401);
  });

  it('forged is refused', async () => {
    const cookie = (await openSession()).replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    expect(await shake({ Cookie: cookie })).toBe(401);
  });

  it('with the token in place of a session is refused', async () => {
    expect(await shake({ Cookie: undefined }, `/api/socket?token=${TOKEN}`)).toBe(401);
    expect(await shake({ Cookie: `lab-session-${port}=${TOKEN}` })).toBe(401);
  });

  it('of a wrong token is never opened', async () => {
    const { status, headers, text } = await get('/?token=wrong');
    expect(status).toBe(401);
    expect(headers['set-cookie']).toBeUndefined();
    expect(text).toContain('npm start');
  });

  it('from before a reset is refused', async () => {
    const old = 'a-token-before-the-reset-0123456789abcdef';
    await restart(true, { token: old });
    const opened = await get(`/?token=${old}`);
    const [value = ''] = String(opened.headers['set-cookie']).split(';');
    expect(await shake({ Cookie: value })).toBe(101);
    await restart(true);
    // The cookie's name has the port, which is another one here only because two tests may not meet.
    const kept = value.replace(/^[^=]+/, `lab-session-${port}`);
    expect(await shake({ Cookie: kept })).toBe(401);
    expect((await get(`/?token=${old}`)).status).toBe(401);
  });
});

describe('a client that is refused', () => {
  it('is told why', async () => {
    const { text } = await ask(await handshake({ Cookie: undefined }));
    expect(Buffer.from(text, 'latin1').toString()).toContain('npm start가 출력한 주소');
  });

  it('and leaves its half of the connection open is let go', async () => {
    const connection = await openRaw({ allowHalfOpen: true });
    connection.socket.write(await handshake({ Cookie: undefined }));
    await waitFor('the refusal', () => connection.status() === 401);
    // Only a connection that is gone answers further bytes with a reset.
    await waitFor('a reset', () => {
      if (!connection.isClosed()) connection.socket.write('x');
      return connection.isClosed();
    });
  });
});

describe('a reset', () => {
  it('during a handshake harms nobody', async () => {
    const honest = await handshake();
    const refused = await handshake({ Origin: 'http://evil.example' });
    for (const request of [honest.slice(0, 40), honest, refused]) {
      for (let times = 0; times < 20; times += 1) {
        const early = await openRaw();
        early.socket.write(request);
        early.socket.resetAndDestroy();
        const late = await openRaw();
        // In the same breath as the answer: the sidecar still writes.
        late.socket.once('data', () => late.socket.resetAndDestroy());
        late.socket.write(request + 'x'.repeat(100_000));
        if (request.length > 40) await late.closed();
      }
    }
  });

  it('after half a request harms nobody', async () => {
    const connection = await openRaw();
    connection.socket.write(head('GET / HTTP/1.1', `Host: 127.0.0.1:${port}`));
    connection.socket.resetAndDestroy();
    await connection.closed();
  });
});
