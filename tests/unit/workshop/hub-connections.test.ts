import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { limitConnections } from '../../../server/workshop/connections.ts';
import { start } from './hub-under-test.ts';

/** As the hub's own, of which a test has not so many connections to open. */
vi.mock('../../../server/workshop/connections.ts', async (original) => {
  const real = await original<{ limitConnections: typeof limitConnections }>();
  return {
    limitConnections: ((server, { address, all, reserve }) =>
      real.limitConnections(server, {
        address: address / 3_000,
        all: all / 3_000,
        reserve: reserve / 3_000,
      })) satisfies typeof limitConnections,
  };
});

it('of connections, each port of a hub takes no more than so many from one address', async () => {
  const { port, presenterPort } = await start();
  for (const each of [port, presenterPort]) {
    const enter = async () => {
      const socket = connect(each, '127.0.0.1');
      onTestFinished(() => void socket.destroy());
      const closed = once(socket, 'close');
      await once(socket, 'connect');
      return { socket, closed };
    };
    const [first, second, third] = [await enter(), await enter(), await enter()];
    await first.closed;
    expect([second, third].map(({ socket }) => socket.destroyed)).toEqual([false, false]);
  }
});

it('of WebSockets, the last of too many is told that it does not become one', async () => {
  const { port } = await start();
  const call = (): WebSocket => {
    const origin = `http://127.0.0.1:${port}`;
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/room`, { origin });
    onTestFinished(() => socket.terminate());
    socket.on('error', () => {});
    return socket;
  };
  await once(call(), 'open');
  const [, response] = await once(call(), 'unexpected-response');
  expect(response.statusCode).toBe(503);
});
