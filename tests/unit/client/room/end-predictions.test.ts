import { beforeEach, expect, it, vi } from 'vitest';
import type { Command } from '../../../../server/workshop/protocol.ts';
import type { Subscriber } from '../../../../src/client/connection.ts';
import { endPredictions } from '../../../../src/client/room/end-predictions.ts';
import type { Presenter } from '../../../../src/client/room/present.ts';
import { roomOf } from '../class/class-of.ts';

const lab = vi.hoisted(() => ({
  subscribers: new Set<unknown>(),
  subscribe: (subscriber: unknown) => {
    lab.subscribers.add(subscriber);
    return () => lab.subscribers.delete(subscriber);
  },
}));
vi.mock('../../../../src/client/connection.ts', () => ({ connection: lab }));

beforeEach(() => lab.subscribers.clear());

const STEP = 'failures/stop-kafka1';
const POLL = '00000000-0000-4000-8000-000000000001';

const asked = (step: string | null, ...more: readonly Command[]) => {
  const options = ['1', '2'].map((value) => ({ value, label: value }));
  const poll: Command = { kind: 'poll', poll: POLL, step, question: '리더는?', options };
  const events = [poll, ...more].map((command) => ({ kind: 'commanded' as const, at: 1, command }));
  const known = { room: roomOf(events) } as NonNullable<Presenter['class']>;
  const said: unknown[] = [];
  const listeners = new Set<() => void>();
  let connected = true;
  const line = { send: (message: unknown) => connected && said.push(message) > 0 };
  const stop = endPredictions({
    class: known,
    line: line as Presenter['line'],
    subscribe: (listener) => listeners.add(listener),
  });
  return {
    said,
    stop,
    run: (step: string) => {
      for (const each of [...lab.subscribers] as Subscriber[])
        each.handleStart?.({ type: 'run.start', run: 'r', step, cols: 80, rows: 24 });
    },
    connect: (next: boolean) => {
      connected = next;
      for (const listener of listeners) listener();
    },
  };
};

const END = { type: 'room.command', id: POLL, command: { kind: 'poll-end', poll: POLL } };

it('ends the poll of a step as that is run, and of no other', () => {
  const { said, run } = asked(STEP);
  run('failures/start-kafka1');
  expect(said).toEqual([]);
  run(STEP);
  expect(said).toEqual([END]);
});

it('leaves alone what has ended, and what is about no step', () => {
  for (const { said, run } of [asked(STEP, { kind: 'poll-end', poll: POLL }), asked(null)]) {
    run(STEP);
    expect(said).toEqual([]);
  }
});

it('tells a hub that was away once it is back', () => {
  const { said, run, connect } = asked(STEP);
  connect(false);
  run(STEP);
  expect(said).toEqual([]);
  connect(true);
  expect(said).toEqual([END]);
});

it('ends nothing once the tab presents no longer', () => {
  const { said, run, stop } = asked(STEP);
  stop();
  run(STEP);
  expect(said).toEqual([]);
});
