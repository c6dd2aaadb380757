import type { Server, Socket } from 'node:net';

/**
 * Of one address no more connections than these, whatever they say, or do not say: the rest of what the
 * server takes is for others.
 */
export const limitEachAddress = (server: Server, most: number): void => {
  const open = new Map<string, number>();
  server.prependListener('connection', (socket: Socket) => {
    const { remoteAddress = '' } = socket;
    const count = (open.get(remoteAddress) ?? 0) + 1;
    open.set(remoteAddress, count);
    socket.once('close', () => {
      const left = (open.get(remoteAddress) ?? 0) - 1;
      if (left > 0) open.set(remoteAddress, left);
      else open.delete(remoteAddress);
    });
    if (count > most) socket.destroy();
  });
};
