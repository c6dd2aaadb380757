/** A wire between page and sidecar that a test can cut, at any byte. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Cutter {
  readonly port: number;
  /** How often `cutAfter` has cut. */
  readonly cuts: number;
  /** All connections, now. */
  cut(): void;
  /** Takes in and answers nothing, as a sidecar does that hangs, until it is thawed. */
  freeze(frozen: boolean): void;
  /** Passes on no answer to a WebSocket's handshake, until it is told otherwise. */
  muteHandshakes(muted: boolean): void;
  /** All connections, once `bytes` more have come from the sidecar: the byte after never does. */
  cutAfter(bytes: number): void;
  close(): Promise<void>;
}

export const createCutter = async (target: () => number): Promise<Cutter> => {
  const pairs = new Set<readonly [Socket, Socket]>();
  let left = Number.POSITIVE_INFINITY;
  let cuts = 0;
  let frozen = false;
  let muting = false;

  const cut = (): void => {
    left = Number.POSITIVE_INFINITY;
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    pairs.clear();
  };

  const server = createServer((near) => {
    const far = connect(target(), '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    if (frozen) near.pause();
    else near.pipe(far);
    far.on('data', (bytes) => {
      if (muting && bytes.toString('latin1').startsWith('HTTP/1.1 101')) return;
      const part = bytes.subarray(0, left);
      left -= part.length;
      if (!near.write(part)) far.pause();
      // What is written before it ends still arrives; nothing of the rest does.
      if (left <= 0) {
        cuts += 1;
        left = Number.POSITIVE_INFINITY;
        far.destroy();
        near.end();
      }
    });
    near.on('drain', () => far.resume());
    for (const socket of pair) {
      socket.on('error', () => {});
      socket.on('close', () => {
        near.destroySoon();
        far.destroy();
        pairs.delete(pair);
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    port: address.port,
    get cuts() {
      return cuts;
    },
    cut,
    freeze: (next) => {
      frozen = next;
      for (const [near, far] of pairs) {
        if (frozen) near.unpipe(far);
        else near.pipe(far);
      }
    },
    muteHandshakes: (muted) => {
      muting = muted;
    },
    cutAfter: (bytes) => {
      left = bytes;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
};
