import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { limitEachAddress } from '../../../server/workshop/each-address.ts';

it('one address leaves room for another, and has room again once it has closed some', async () => {
  const server = createServer((socket) => void socket.resume().write('in'));
  limitEachAddress(server, 2);
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const enter = async (localAddress: string) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress }).on('error', () => {});
    onTestFinished(() => void socket.destroy());
    const isIn = await Promise.race([
      once(socket, 'data').then(() => true),
      once(socket, 'close').then(() => false),
    ]);
    return { socket, isIn };
  };
  const first = await enter('127.0.0.1');
  expect(first.isIn).toBe(true);
  expect((await enter('127.0.0.1')).isIn).toBe(true);
  expect((await enter('127.0.0.1')).isIn).toBe(false);
  expect((await enter('127.0.0.2')).isIn).toBe(true);
  first.socket.end();
  await once(first.socket, 'close');
  await expect.poll(async () => (await enter('127.0.0.1')).isIn).toBe(true);
});
