import { beforeEach, expect, it, vi } from 'vitest';
import type { ClientMessage, ServerMessage } from '../../../../server/protocol.ts';
import type { Subscriber } from '../../../../src/client/connection.ts';
import { forwardLab } from '../../../../src/client/room/forward.ts';
import type { RoomState, RoomSubscriber } from '../../../../src/client/room/room-connection.ts';
import { statusOf as status } from '../../../run-status.ts';

/** The page's connection to its own sidecar. */
const lab = vi.hoisted(() => ({
  state: 'open',
  runs: [] as unknown[],
  sent: [] as ClientMessage[],
  ends: new Map<string, number>(),
  endOf: (run: string) => lab.ends.get(run) ?? 0,
  effects: new Map<string, ServerMessage>(),
  effectOf: (run: string) => lab.effects.get(run),
  subscribers: new Set<unknown>(),
  send: (message: ClientMessage) => lab.sent.push(message) > 0,
  subscribe: (subscriber: unknown) => {
    lab.subscribers.add(subscriber);
    return () => lab.subscribers.delete(subscriber);
  },
}));
const watchers = vi.hoisted(() => new Set<unknown>());

vi.mock('../../../../src/client/connection.ts', () => ({ connection: lab }));
vi.mock('../../../../src/client/cluster.ts', () => ({
  cluster: {
    watch: (watcher: unknown) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  },
}));

beforeEach(() => {
  watchers.clear();
  Object.assign(lab, {
    state: 'open',
    runs: [],
    sent: [],
    ends: new Map(),
    effects: new Map(),
    subscribers: new Set(),
  });
  vi.stubGlobal('CSS', { escape: (text: string) => text });
  vi.stubGlobal('document', { querySelector: () => ({}) });
});

const open = (state: RoomState = 'open', isOfClass = (_startedAt: number) => true) => {
  const told: string[] = [];
  const room = new Set<RoomSubscriber>();
  const line = {
    state,
    send: (message: unknown) => {
      const { message: shown } = message as { message: ServerMessage };
      return told.push('status' in shown ? shown.status : shown.type) > 0;
    },
    sendOutput: ({ offset }: { offset: number }, bytes: Uint8Array) =>
      told.push(`${offset}+${bytes.length}`) > 0,
    subscribe: (subscriber: RoomSubscriber) => {
      room.add(subscriber);
      return () => room.delete(subscriber);
    },
  };
  const stop = forwardLab(line, isOfClass);
  const subscribers = () => [...lab.subscribers] as Subscriber[];
  return {
    told,
    line,
    stop,
    tell: (message: ServerMessage) => {
      for (const each of subscribers()) each.handleMessage?.(message);
    },
    print: (run: string, offset: number, size: number) => {
      const header = { type: 'run.output' as const, run, offset };
      for (const each of subscribers()) each.handleOutput?.(header, new Uint8Array(size));
      lab.ends.set(run, Math.max(lab.endOf(run), offset + size));
    },
    connect: () => {
      line.state = 'open';
      for (const each of room) each.handleState?.('open');
    },
  };
};

it('tells a run’s last bytes before its end, also where there were too many', () => {
  const { told, tell, print } = open();
  tell(status('a'));
  print('a', 0, 60_000);
  print('a', 60_000, 60_000);
  tell(status('a', { status: 'passed', size: 120_000 }));
  expect(told).toEqual(['running', '0+60000', `${120_000 - 8_192}+8192`, 'passed']);
});

it('tells nothing of what was run in another class, neither anew nor as it goes on', () => {
  const isOfClass = (startedAt: number): boolean => startedAt < 100 || startedAt >= 200;
  lab.runs = [status('a'), status('b', { step: 'topics/x', startedAt: 150 })];
  const { told, tell, print, connect } = open('lost', isOfClass);
  connect();
  expect(told).toEqual(['running']);
  expect(lab.sent).toEqual([
    { type: 'run.attach', run: 'a', offset: 0 },
    { type: 'cluster.watch', on: true },
  ]);
  print('b', 0, 100);
  tell(status('b', { step: 'topics/x', startedAt: 150, status: 'passed', size: 100 }));
  tell(status('c', { step: 'topics/y', startedAt: 200 }));
  print('c', 0, 100);
  expect(told).toEqual(['running', 'running', '0+100']);
});

it('tells a hub that it reaches later, or again, all that there is', () => {
  lab.runs = [status('a', { status: 'passed', size: 100 }), status('b', { step: 'topics/x' })];
  const { told, connect } = open('connecting');
  expect(told).toEqual([]);
  connect();
  expect(told).toEqual(['passed', 'running']);
  expect(lab.sent).toEqual([
    { type: 'run.attach', run: 'a', offset: 0 },
    { type: 'run.attach', run: 'b', offset: 0 },
    { type: 'cluster.watch', on: true },
  ]);
});

it('tells it again what its runs have done to the cluster, but for another class’s', () => {
  const other = status('b', { step: 'topics/x', startedAt: 150 });
  lab.runs = [status('a', { status: 'passed', size: 100 }), other];
  for (const run of ['a', 'b']) lab.effects.set(run, { type: 'run.effect', run, changes: [] });
  const { told, connect } = open('lost', (at) => at < 100);
  connect();
  expect(told).toEqual(['passed', 'run.effect']);
});

it('tells a hub that was away what a run has printed before, in its order, and of much the end', () => {
  const { told, print, line, connect } = open();
  lab.runs = [status('a'), status('b', { step: 'topics/x' })];
  print('a', 0, 100);
  line.state = 'lost';
  print('b', 0, 100_000);
  told.length = 0;
  lab.sent = [];
  connect();
  const [a, b] = [0, 100_000 - 64 * 1024];
  expect(lab.sent.slice(0, 2)).toEqual([
    { type: 'run.attach', run: 'a', offset: a },
    { type: 'run.attach', run: 'b', offset: b },
  ]);
  lab.sent = [];
  // It was on its way when it was asked for all.
  print('a', 100, 20);
  expect(told).toEqual(['running', 'running']);
  print('a', 0, 60);
  print('a', 60, 60);
  print('a', 120, 5);
  print('b', b, 64 * 1024);
  expect(told.slice(2)).toEqual(['0+60', '60+60', '120+5', `${b}+${64 * 1024}`]);
  // What its screen had before, nobody else says that it has.
  expect(lab.sent).toEqual([
    { type: 'run.ack', run: 'a', offset: 60 },
    { type: 'run.ack', run: 'b', offset: 100_000 },
  ]);
});

it('tells what is left of a run of which the lab has dropped what it was asked for', () => {
  const { told, print, connect } = open('connecting');
  lab.runs = [status('a')];
  print('a', 0, 100_000);
  connect();
  told.length = 0;
  print('a', 900_000, 20);
  print('a', 900_020, 5);
  expect(told).toEqual(['900000+20', '900020+5']);
});

it('reads on where the page does, once its lab is back', () => {
  const { told, print, connect } = open('connecting');
  lab.runs = [status('a')];
  print('a', 0, 100);
  connect();
  for (const each of lab.subscribers) (each as Subscriber).handleConnection?.('open');
  print('a', 100, 20);
  expect(told).toEqual(['running', '100+20']);
});

it('keeps to itself what one page was refused, and what is only recorded', () => {
  const { told, tell } = open();
  tell({ type: 'error', code: 'busy', message: '' });
  lab.state = 'recorded';
  tell(status('a'));
  expect(told).toEqual([]);
});

it('tells of a long axis the end', () => {
  const sizes: number[] = [];
  const { line, tell } = open();
  line.send = (message) => sizes.push(JSON.stringify(message).length) > 0;
  const happening = {
    kind: 'run' as const,
    at: 1,
    date: 1,
    title: 'x'.repeat(2_000),
    command: '',
    status: 'passed' as const,
    acts: true,
    duration: 1,
  };
  tell({ type: 'cluster.history', happenings: Array.from({ length: 200 }, () => happening) });
  expect(sizes[0]).toBeGreaterThan(90_000);
  expect(sizes[0]).toBeLessThan(110_000);
});

it('looks at the cluster as long as it tells of it, and no longer', () => {
  const { told, tell, stop } = open();
  expect(watchers.size).toBe(1);
  stop();
  expect(watchers.size).toBe(0);
  tell(status('a'));
  expect(told).toEqual([]);
});
