import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** An answer in place of a socket. */
export const refuseUpgrade = (stream: Duplex, status: number, message: string): void => {
  // Whoever is refused might never close its own half.
  stream.once('finish', () => stream.destroy());
  stream.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Connection: close',
      'Content-Type: text/plain; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(message)}`,
      '',
      message,
    ].join('\r\n'),
  );
};
