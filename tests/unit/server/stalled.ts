/** A visitor who asks for a file and reads nothing of it. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { waitFor } from '../../wait.ts';

/** The server's end of the connection: who does not read, does not notice that it is closed. */
export const stall = async (port: number, path: string): Promise<Socket> => {
  const served: Socket[] = [];
  const note = (message: unknown): void => {
    served.push((message as { socket: Socket }).socket);
  };
  subscribe('net.server.socket', note);
  const visitor = connect(port, '127.0.0.1');
  onTestFinished(() => {
    unsubscribe('net.server.socket', note);
    visitor.destroy();
  });
  // A reset is how it may end.
  visitor.on('error', () => {});
  await once(visitor, 'connect');
  visitor.pause().write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  return waitFor('the connection', () =>
    served.find(({ remotePort }) => remotePort === visitor.localPort),
  );
};

/** Bytes: more than both ends of a connection take in unread. */
export const LARGE = 32 * 1024 * 1024;
