import { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { limitConnections, type Most } from '../../../server/workshop/connections.ts';

/** A server that hears of connections as Node tells it. */
const open = (most: Most) => {
  const server = createServer();
  server.removeAllListeners('connection').removeAllListeners('upgrade');
  limitConnections(server, most);
  let port = 0;
  const enter = (remoteAddress: string): Socket => {
    port += 1;
    const socket = Object.defineProperties(new Socket(), {
      remoteAddress: { value: remoteAddress },
      remotePort: { value: port },
    });
    server.emit('connection', socket);
    return socket;
  };
  return {
    enter,
    /** Becomes a WebSocket; under TLS, by another object. */
    upgrade: (connection: Socket) => {
      const { remoteAddress, remotePort } = connection;
      const socket = Object.assign(new EventEmitter(), {
        remoteAddress,
        remotePort,
        // Once it is answered, that it does not.
        end: () => connection.destroy(),
      });
      server.emit('upgrade', { socket } as unknown as IncomingMessage);
    },
  };
};
const isIn = ({ destroyed }: Socket): boolean => !destroyed;
const closed = (socket: Socket) => EventEmitter.once(socket, 'close');

it('who comes last from an address comes in: of too many, the oldest goes', async () => {
  const { enter } = open({ address: 2, all: 10, reserve: 0 });
  const [first, second, other] = [enter('10.0.0.1'), enter('10.0.0.1'), enter('10.0.0.2')];
  const third = enter('10.0.0.1');
  expect([first, second, third, other].map(isIn)).toEqual([false, true, true, true]);
  // With what was closed, there is room again.
  second.destroy();
  await Promise.all([closed(first), closed(second)]);
  enter('10.0.0.1');
  expect(isIn(third)).toBe(true);
});

it('a WebSocket stays; where there are only such, who comes does not', () => {
  const { enter, upgrade } = open({ address: 2, all: 10, reserve: 0 });
  const pages = [enter('10.0.0.1'), enter('10.0.0.1')];
  for (const page of pages) upgrade(page);
  const late = enter('10.0.0.1');
  expect([...pages, late].map(isIn)).toEqual([true, true, false]);
});

it('WebSockets leave room for what pages load by: of too many from one address, or in all, the last goes', async () => {
  const { enter, upgrade } = open({ address: 3, all: 5, reserve: 1 });
  const become = (address: string): Socket => {
    const socket = enter(address);
    upgrade(socket);
    return socket;
  };
  const pages = [become('10.0.0.1'), become('10.0.0.1')];
  const late = become('10.0.0.1');
  expect([...pages, late].map(isIn)).toEqual([true, true, false]);
  await closed(late);
  const load = enter('10.0.0.1');
  expect(isIn(load)).toBe(true);
  load.destroy();
  await closed(load);
  const others = ['10.0.0.2', '10.0.0.3', '10.0.0.4'].map(become);
  expect([...pages, ...others].map(isIn)).toEqual([true, true, true, true, false]);
});

it('of too many in all, the oldest goes of where most are, and not of where few are', () => {
  const { enter } = open({ address: 9, all: 4, reserve: 0 });
  const [few, first, second, third] = [
    enter('10.0.0.1'),
    enter('10.0.0.2'),
    enter('10.0.0.2'),
    enter('10.0.0.2'),
  ];
  const late = enter('10.0.0.3');
  expect([few, first, second, third, late].map(isIn)).toEqual([true, false, true, true, true]);
});

it('an address is forgotten with its last connection', async () => {
  const { enter } = open({ address: 2, all: 4, reserve: 0 });
  const deleted = vi.spyOn(Map.prototype, 'delete');
  onTestFinished(() => deleted.mockRestore());
  const [first, second] = [enter('10.0.0.1'), enter('10.0.0.1')];
  first.destroy();
  await closed(first);
  expect(deleted).not.toHaveBeenCalledWith('10.0.0.1');
  second.destroy();
  await closed(second);
  expect(deleted).toHaveBeenCalledWith('10.0.0.1');
});
