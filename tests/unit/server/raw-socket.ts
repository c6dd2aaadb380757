/** Bytes as they are: a client library would mend, or refuse, what these tests have to say. */
import { once } from 'node:events';
import { connect, type TcpNetConnectOpts } from 'node:net';
import { onTestFinished } from 'vitest';
import { waitFor } from '../../wait.ts';
import { openSession, port } from './site-under-test.ts';

/** A connection to the sidecar, and what was answered on it. */
export const openRaw = async (options: Partial<TcpNetConnectOpts> = {}) => {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true, ...options });
  onTestFinished(() => void socket.destroy());
  const parts: Buffer[] = [];
  let closed = false;
  socket.on('data', (data) => parts.push(data));
  // A reset is one of the answers.
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
  });
  await once(socket, 'connect');
  const text = (): string => Buffer.concat(parts).toString('latin1');
  return {
    socket,
    text,
    /** Of the answer; 0 until it is there. */
    status: (): number => Number(/^HTTP\/1\.1 (\d{3}) .*?\r\n\r\n/s.exec(text())?.[1] ?? 0),
    frames: (): Frame[] => decodeFrames(Buffer.concat(parts)),
    isClosed: (): boolean => closed,
    /** Resolves with the next bytes, or the end. */
    change: (): Promise<void> =>
      new Promise((resolve) => {
        for (const event of ['data', 'close']) socket.once(event, () => resolve());
      }),
    closed: () => waitFor('the sidecar to close the connection', () => closed, 4_000),
  };
};

export type Raw = Awaited<ReturnType<typeof openRaw>>;

export const head = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n\r\n`;

/** Sends a request as it is. Its status is 0 if the connection is closed without a word. */
export const ask = async (
  request: string,
  options?: Partial<TcpNetConnectOpts>,
): Promise<{ status: number; text: string }> => {
  const connection = await openRaw(options);
  connection.socket.write(Buffer.from(request, 'latin1'));
  while (!connection.isClosed() && connection.status() === 0) await connection.change();
  connection.socket.destroy();
  return { status: connection.status(), text: connection.text() };
};

/** The headers of an honest handshake, by their names: `undefined` leaves one out. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

export const handshake = async (changes: Headers = {}, target = '/api/socket'): Promise<string> => {
  const headers: Headers = {
    Host: `127.0.0.1:${port}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    Origin: `http://127.0.0.1:${port}`,
    Cookie: await openSession(),
    ...changes,
  };
  const lines = Object.entries(headers).flatMap(([name, values = []]) =>
    [values].flat().map((value) => `${name}: ${value}`),
  );
  return head(`GET ${target} HTTP/1.1`, ...lines);
};

/** A page's socket, opened by hand. */
export const openSocket = async (options: Partial<TcpNetConnectOpts> = {}): Promise<Raw> => {
  const connection = await openRaw(options);
  connection.socket.write(await handshake());
  await waitFor('the handshake', () => connection.status() === 101);
  return connection;
};

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
}

export const [CONTINUATION, TEXT, BINARY, CLOSE, PING] = [0, 1, 2, 8, 9] as const;

/** As a client sends it; the mask is zero, so that the payload stays readable. */
export const frame = (
  opcode: number,
  payload: string | Buffer,
  { fin = true, masked = true } = {},
): Buffer => {
  const bytes = Buffer.from(payload);
  const long = bytes.length >= 126;
  const start = Buffer.alloc(long ? 10 : 2);
  start[0] = (fin ? 0x80 : 0) | opcode;
  start[1] = (masked ? 0x80 : 0) | (long ? 127 : bytes.length);
  if (long) start.writeBigUInt64BE(BigInt(bytes.length), 2);
  return Buffer.concat([start, Buffer.alloc(masked ? 4 : 0), bytes]);
};

/** The code of the close frame that was answered. */
export const closeCode = (connection: Raw): Promise<number> =>
  waitFor('a close frame', () =>
    connection
      .frames()
      .find(({ opcode }) => opcode === CLOSE)
      ?.payload.readUInt16BE(0),
  );

/** The whole frames behind the head of the handshake's answer. */
const decodeFrames = (answer: Buffer): Frame[] => {
  const frames: Frame[] = [];
  for (let at = answer.indexOf('\r\n\r\n') + 4; at + 2 <= answer.length; ) {
    const short = answer.readUInt8(at + 1);
    const from = at + (short === 127 ? 10 : short === 126 ? 4 : 2);
    if (from > answer.length) break;
    const length =
      short === 127
        ? Number(answer.readBigUInt64BE(at + 2))
        : short === 126
          ? answer.readUInt16BE(at + 2)
          : short;
    if (from + length > answer.length) break;
    frames.push({
      opcode: answer.readUInt8(at) & 15,
      payload: answer.subarray(from, from + length),
    });
    at = from + length;
  }
  return frames;
};
