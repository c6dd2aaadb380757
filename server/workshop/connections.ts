/** Connections to a server of the hub: nobody takes the place of all others. */
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { refuseUpgrade } from '../upgrade.ts';

/** What is open from one address. */
interface Open {
  count: number;
  /** By their ports: those that have become no WebSocket, the oldest first. */
  readonly passing: Map<number | undefined, Socket>;
}

/** At once, whatever they say, or do not say. */
export interface Most {
  readonly address: number;
  readonly all: number;
  /** Of both, those that no WebSocket takes: what else would pages load by? */
  readonly reserve: number;
}

/**
 * Of too many from one address, its oldest goes that is no WebSocket; of too many in all, that of the
 * address which has most such. So whoever comes is let in while somebody, beside them or elsewhere, opens
 * connections without end. A WebSocket stays; of too many, the last does not become one, and is told.
 */
export const limitConnections = (server: Server, most: Most): void => {
  const addresses = new Map<string, Open>();
  let [all, allPassing] = [0, 0];
  const pass = (open: Open | undefined, port: number | undefined): void => {
    if (open?.passing.delete(port)) allPassing -= 1;
  };
  server.prependListener('connection', (socket: Socket) => {
    const { remoteAddress = '', remotePort } = socket;
    const open = addresses.get(remoteAddress) ?? { count: 0, passing: new Map() };
    addresses.set(remoteAddress, open);
    open.count += 1;
    all += 1;
    if (!open.passing.has(remotePort)) allPassing += 1;
    open.passing.set(remotePort, socket);
    socket.once('close', () => {
      open.count -= 1;
      all -= 1;
      // Meanwhile, the port may be another's.
      if (open.passing.get(remotePort) === socket) pass(open, remotePort);
      if (open.count === 0) addresses.delete(remoteAddress);
    });
    if (open.count <= most.address && all <= most.all) return;
    const from = open.count > most.address ? open : withMostPassing(addresses.values());
    const [oldest = socket] = from?.passing.values() ?? [];
    oldest.destroy();
  });
  // Under TLS, this is another object than the connection: it has the same port.
  server.prependListener('upgrade', ({ socket }: IncomingMessage) => {
    const open = addresses.get(socket.remoteAddress ?? '');
    pass(open, socket.remotePort);
    const own = open === undefined ? 0 : open.count - open.passing.size;
    if (own > most.address - most.reserve || all - allPassing > most.all - most.reserve)
      refuseUpgrade(socket, 503, '연결이 너무 많습니다.');
  });
};

const withMostPassing = (all: Iterable<Open>): Open | undefined => {
  let most: Open | undefined;
  for (const open of all) if (open.passing.size > (most?.passing.size ?? 0)) most = open;
  return most;
};
