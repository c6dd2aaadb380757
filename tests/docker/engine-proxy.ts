/** A door to the real engine that can be shut: what a restart of the engine looks like to a run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineHost } from '../../server/lab/docker/host.ts';

export interface EngineProxy {
  /** For DOCKER_HOST. */
  readonly host: string;
  /** Takes what it is asked, and answers nothing. */
  freeze(): void;
  /** All connections break, and no new one is answered. */
  close(): Promise<void>;
}

export const makeProxy = async (): Promise<EngineProxy> => {
  const engine = (await engineHost(process.env)).replace(/^unix:\/\//, '');
  const folder = mkdtempSync(join(tmpdir(), 'lab-engine-'));
  const path = join(folder, 'docker.sock');
  const sockets = new Set<Socket>();
  let frozen = false;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    if (frozen) {
      sockets.add(near.on('error', () => {}).resume());
      return;
    }
    const far = connect({ path: engine, allowHalfOpen: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    host: `unix://${path}`,
    freeze: () => {
      frozen = true;
      for (const socket of sockets) socket.unpipe().resume();
    },
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
