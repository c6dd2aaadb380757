import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { refusePipelines } from '../../../server/workshop/pipelines.ts';
import { waitFor } from '../../wait.ts';

const REQUEST = 'GET / HTTP/1.1\r\nHost: hub\r\n\r\n';

/** More than a kernel takes at once. */
const LONG = 32 * 1024 * 1024;

const start = async (length: number) => {
  let [asked, closed] = [0, 0];
  const server = createServer(
    refusePipelines((_, response) => {
      asked += 1;
      response.once('close', () => {
        closed += 1;
      });
      response.end(Buffer.alloc(length));
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  return { socket, asked: () => asked, closed: () => closed };
};

it('who asks for much in advance is cut off, and what was begun is told so', async () => {
  const { socket, asked, closed } = await start(LONG);
  socket.write(REQUEST.repeat(20));
  await waitFor('the end', async () => {
    socket.read();
    return socket.closed;
  });
  expect(asked()).toBe(2);
  await waitFor('all answers to be closed', () => closed() === 2);
});

it('of a connection that goes, also the answer is told that waits for its turn', async () => {
  const { socket, asked, closed } = await start(LONG);
  socket.write(REQUEST.repeat(2));
  await waitFor('both to be begun', () => asked() === 2);
  socket.destroy();
  await waitFor('both to be closed', () => closed() === 2);
});

it('who asks for one after the other is answered, by one connection', async () => {
  const { socket, asked } = await start(2);
  for (const count of [1, 2, 3]) {
    socket.write(REQUEST);
    await once(socket, 'data');
    expect(asked()).toBe(count);
  }
  expect(socket.closed).toBe(false);
});
