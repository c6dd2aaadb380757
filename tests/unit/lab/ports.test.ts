import { createServer, type Server } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { takenPorts } from '../../../server/lab/ports.ts';

const listen = async (host: string): Promise<{ server: Server; port: number }> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, port: address.port };
};

it.each(['127.0.0.1', '0.0.0.0', '::'])('knows who listens on %s', async (host) => {
  const { port } = await listen(host);
  const [taken, ...others] = await takenPorts([port]);
  expect(others).toEqual([]);
  expect(taken).toMatchObject({ port, holder: expect.stringContaining(`(pid ${process.pid})`) });
});

it('finds a port free that nobody has', async () => {
  const { server, port } = await listen('127.0.0.1');
  await new Promise((resolve) => server.close(resolve));
  expect(await takenPorts([port])).toEqual([]);
});
