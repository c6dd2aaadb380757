import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import type { Page } from '../../../server/workshop/page.ts';
import { attachSockets } from '../../../server/workshop/sockets.ts';
import { emptyRoom } from '../../../server/workshop/state.ts';
import { waitFor } from '../../wait.ts';

afterEach(() => void vi.useRealTimers());

const MB = 1024 * 1024;

/** A server that echoes, and whose presenters come with a token. */
const start = async () => {
  const server = createServer();
  const pages: Page[] = [];
  const attend = (page: Page) => {
    pages.push(page);
    return {
      receive: (_: unknown, frame: Uint8Array) => page.tell(Buffer.from(frame)),
      leave() {},
    };
  };
  const end = attachSockets(
    server,
    {
      presents: true,
      open: () => undefined,
      isPresenter: ({ headers }) => headers.authorization !== undefined,
      decide: () => ({ allowed: true }),
    },
    { state: emptyRoom(), attend, present: attend, sayClosed: () => {}, close: () => {} },
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    void end();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return async (options: ClientOptions = {}) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/room`, options);
    onTestFinished(() => socket.terminate());
    let closed = false;
    socket.on('close', () => {
      closed = true;
    });
    await once(socket, 'open');
    const page = pages.at(-1);
    const echo = async (): Promise<void> => {
      const answer = once(socket, 'message');
      socket.send('x');
      await answer;
    };
    return { socket, page, echo, isClosed: () => closed };
  };
};

it('a page that answers no ping is dead, however long it was there; one that does stays', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const open = await start();
  const [dead, live] = [await open({ autoPong: false }), await open()];
  for (let times = 0; times < 3; times += 1) {
    const pinged = once(live.socket, 'ping');
    vi.advanceTimersByTime(15_000);
    await pinged;
    // Its pong has come before this.
    await live.echo();
  }
  await waitFor('the end of the dead one', dead.isClosed);
  expect(live.isClosed()).toBe(false);
});

it('a participant’s page that reads nothing is ended, long before a presenter’s', async () => {
  const open = await start();
  const [slow, presenter] = [
    await open(),
    await open({ headers: { authorization: 'Bearer token' } }),
  ];
  for (const { socket, page } of [slow, presenter]) {
    socket.pause();
    for (let times = 0; times < 20; times += 1) page?.tell(Buffer.alloc(MB, 'x'));
    socket.resume();
  }
  await waitFor('the end of the slow one', slow.isClosed);
  await presenter.echo();
  expect(presenter.isClosed()).toBe(false);
});

it('a message in very many pieces ends its page', async () => {
  const open = await start();
  const [whole, crumbs] = [await open(), await open()];
  const say = ({ socket }: typeof whole, pieces: number): void => {
    for (let count = 1; count <= pieces; count += 1) socket.send('x', { fin: count === pieces });
  };
  const answer = once(whole.socket, 'message');
  say(whole, 256);
  expect(String((await answer)[0])).toBe('x'.repeat(256));
  say(crumbs, 257);
  const [code] = await once(crumbs.socket, 'close');
  expect(code).toBe(1008);
});
