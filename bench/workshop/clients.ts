/**
 * Everybody who is in the room, in a process of its own: `fork`ed by `bench/workshop.ts`, which sends
 * it one `Order` after the other and gets one answer for each.
 */
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { Report } from '../../server/workshop/protocol.ts';

type Progress = Extract<Report, { kind: 'progress' }>;

export type Order =
  | {
      readonly kind: 'connect';
      /** Both are spoken to in their own words, by the same sockets. */
      readonly server: 'hub' | 'socket.io';
      readonly port: number;
      readonly people: number;
      readonly code: string;
      readonly token: string;
    }
  | {
      readonly kind: 'measure';
      readonly steps: number;
      /** Milliseconds between two of the presenter's steps. */
      readonly every: number;
      /** Milliseconds between two reports of one person; 0 for none. */
      readonly reportEvery: number;
    }
  /** Each reports all of these steps, as they begin and as they end. */
  | { readonly kind: 'go-through'; readonly steps: readonly string[] }
  /** All come back at once, with a report that they could not send. */
  | { readonly kind: 'return' };

export interface Measured {
  /** Milliseconds from the presenter's word to each page, sorted. */
  readonly delays: readonly number[];
  readonly reports: number;
}

/** Ids of reports that were acknowledged, and how long it took until everybody was whole again. */
export interface Returned {
  readonly milliseconds: number;
  readonly acknowledged: readonly string[];
}

/** At once on their way in: a class does not come in one millisecond. */
const DOOR = 100;

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

let connected: Extract<Order, { kind: 'connect' }>;
const tokens: string[] = [];
let pages: WebSocket[] = [];
let presenter: WebSocket;
let heard: (text: string, page: number) => void = () => {};

const open = (page: number): Promise<WebSocket> => {
  const { server, port, code } = connected;
  const path = server === 'hub' ? 'api/room' : 'socket.io/?EIO=4&transport=websocket';
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${path}`, { perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => {
      if (server === 'socket.io') return;
      const token = tokens[page];
      const first =
        token === undefined
          ? { type: 'room.join', code, nickname: `사람 ${page}`, lab: 'none' }
          : { type: 'room.resume', token, lab: 'none' };
      socket.send(JSON.stringify(first));
    });
    socket.on('message', (data) => {
      const text = String(data);
      // Engine.IO: opened, so ask for the room; a ping; and the room's answer.
      if (text.startsWith('0{')) socket.send('40');
      else if (text === '2') socket.send('3');
      else if (text.startsWith('40')) resolve(socket);
      else if (text.startsWith('{"type":"room.joined"')) tokens[page] = JSON.parse(text).token;
      // The room as it is: only then a page is whole.
      if (text.startsWith('{"type":"room.view"')) resolve(socket);
      heard(text, page);
    });
  });
};

const openPresenter = async (): Promise<WebSocket> => {
  const { server, port, token } = connected;
  if (server === 'socket.io') return open(-1);
  const headers = { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`ws://127.0.0.1:${port + 1}/api/room`, { headers });
  await new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.once('message', resolve);
  });
  return socket;
};

const connect = async (order: Extract<Order, { kind: 'connect' }>): Promise<void> => {
  connected = order;
  for (let from = 0; from < order.people; from += DOOR) {
    const some = Array.from({ length: Math.min(DOOR, order.people - from) }, (_, at) => from + at);
    pages.push(...(await Promise.all(some.map(open))));
  }
  presenter = await openPresenter();
  if (order.server === 'socket.io') return;
  // As a lesson's page does: of one that shows nothing, all are told after a while.
  const message = { type: 'cluster.history', happenings: [] };
  presenter.send(JSON.stringify({ type: 'room.show', message }));
};

const report = (page: WebSocket, id: string, about: Partial<Progress> = {}): void => {
  const passed: Progress = {
    kind: 'progress',
    step: 'topics/list',
    run: id,
    status: 'passed',
    reason: null,
  };
  page.send(JSON.stringify({ type: 'room.report', id, report: { ...passed, ...about } }));
};

/** One step in so many is left failed, for a reason in words that no other has. */
const FAILED = 10;

/** Reports a second, of all together: far more than a class has, and no flood. */
const RATE = 2_000;

const goThrough = async ({ steps }: Extract<Order, { kind: 'go-through' }>): Promise<void> => {
  const acknowledged = new Map<number, () => void>();
  heard = (text, page) => {
    if (text.startsWith('{"type":"room.refused"')) throw new Error(text);
    if (text.startsWith('{"type":"room.ack"')) acknowledged.get(page)?.();
  };
  const say = (at: number, about: Partial<Progress>): Promise<void> =>
    new Promise((resolve) => {
      acknowledged.set(at, resolve);
      const page = pages[at];
      if (page !== undefined) report(page, randomUUID(), about);
    });
  const pause = (1_000 * pages.length) / RATE;
  const goThroughAll = async (at: number): Promise<void> => {
    await sleep((at / pages.length) * pause);
    for (const [index, step] of steps.entries()) {
      await say(at, { step, status: 'running' });
      await sleep(pause);
      const isFailed = (index + at) % FAILED === 0;
      const text = `orders/${index}의 ISR이 2대입니다. 3대여야 합니다. (사람 ${at}: kafka2가 멈춰 있습니다.)`;
      const reason = { kind: 'check', text };
      await say(at, isFailed ? { step, status: 'failed', reason } : { step });
      await sleep(pause);
    }
  };
  await Promise.all(pages.map((_, at) => goThroughAll(at)));
};

/** A view as the hub tells it, for the one that only passes it on. */
const viewOf = (moves: number): object => ({
  type: 'room.view',
  name: '수업',
  place: { chapter: 'topics', step: 'topics/list' },
  moves,
  announcement: null,
  timer: null,
  now: Date.now(),
  poll: null,
  presented: true,
});

/** Counts up over all measurements: what comes late belongs to none but its own. */
let moves = 0;

const move = (): void => {
  moves += 1;
  if (connected.server === 'socket.io') {
    presenter.send(`42${JSON.stringify(['view', viewOf(moves)])}`);
    return;
  }
  const command = { kind: 'move', to: { chapter: 'topics', step: 'topics/list' } };
  presenter.send(JSON.stringify({ type: 'room.command', id: randomUUID(), command }));
};

const measure = async (order: Extract<Order, { kind: 'measure' }>): Promise<Measured> => {
  const sent = new Map<number, number>();
  const delays: number[] = [];
  heard = (text, page) => {
    const now = performance.now();
    const at = text.indexOf('"moves":');
    const from = at === -1 ? undefined : sent.get(Number.parseInt(text.slice(at + 8), 10));
    if (from !== undefined && page >= 0) delays.push(now - from);
  };
  let reports = 0;
  const { reportEvery } = order;
  // Spread over the time, as people are.
  const reporting =
    reportEvery === 0
      ? []
      : pages.map((page, at) => {
          const say = (): void => {
            reports += 1;
            report(page, randomUUID());
          };
          let timer: NodeJS.Timeout;
          const begin = setTimeout(
            () => {
              say();
              timer = setInterval(say, reportEvery);
            },
            (at / pages.length) * reportEvery,
          );
          return (): void => {
            clearTimeout(begin);
            clearInterval(timer);
          };
        });
  for (let step = 0; step < order.steps; step += 1) {
    sent.set(moves + 1, performance.now());
    move();
    await sleep(order.every);
  }
  const wanted = order.steps * pages.length;
  for (let waits = 0; delays.length < wanted && waits < 600; waits += 1) await sleep(50);
  for (const stop of reporting) stop();
  if (delays.length !== wanted) throw new Error(`${delays.length} of ${wanted} messages came`);
  return { delays: delays.toSorted((left, right) => left - right), reports };
};

const comeBack = async (): Promise<Returned> => {
  for (const page of pages) page.terminate();
  presenter.terminate();
  const acknowledged: string[] = [];
  let done = (): void => {};
  const all = new Promise<void>((resolve) => {
    done = resolve;
  });
  heard = (text) => {
    if (!text.startsWith('{"type":"room.ack"')) return;
    acknowledged.push(JSON.parse(text).id);
    if (acknowledged.length === pages.length) done();
  };
  const from = performance.now();
  pages = await Promise.all(
    pages.map(async (_, at) => {
      const page = await open(at);
      report(page, randomUUID());
      return page;
    }),
  );
  await all;
  return { milliseconds: performance.now() - from, acknowledged };
};

process.on('message', (order: Order) => {
  const work = { connect, measure, 'go-through': goThrough, return: comeBack }[order.kind] as (
    each: Order,
  ) => unknown;
  Promise.resolve(work(order)).then(
    (answer) => process.send?.(answer ?? {}),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
