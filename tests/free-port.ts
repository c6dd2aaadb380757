import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Beside the guide's ports, and below those that a system gives to connections on their way out (from
 * 32768 on Linux, 49152 elsewhere): one of them could take a port before it is listened on.
 */
const [FROM, TO] = [10_000, 29_000];
const TRIES = 100;

/** A loopback port that nobody listens on right now. */
export const freePort = async (): Promise<number> => {
  for (let left = TRIES; left > 0; left -= 1) {
    const port = randomInt(FROM, TO);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error(`none of ${TRIES} ports was free`);
};
