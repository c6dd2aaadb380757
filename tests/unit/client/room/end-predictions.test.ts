import { beforeEach, expect, it, vi } from 'vitest';
import type { RunStatus } from '../../../../server/protocol.ts';
import type { Command } from '../../../../server/workshop/protocol.ts';
import { apply } from '../../../../server/workshop/state.ts';
import type { Subscriber } from '../../../../src/client/connection.ts';
import { endPredictions } from '../../../../src/client/room/end-predictions.ts';
import { predicted } from '../../../../src/client/room/membership.ts';
import type { Presenter } from '../../../../src/client/room/present.ts';
import { statusOf } from '../../../run-status.ts';
import { roomOf } from '../class/class-of.ts';

const lab = vi.hoisted(() => ({
  state: 'open',
  runs: [] as RunStatus[],
  subscribers: new Set<unknown>(),
  subscribe: (subscriber: unknown) => {
    lab.subscribers.add(subscriber);
    return () => lab.subscribers.delete(subscriber);
  },
}));
vi.mock('../../../../src/client/connection.ts', () => ({ connection: lab }));

beforeEach(() => {
  Object.assign(lab, { state: 'open', runs: [], subscribers: new Set() });
  // As a tab that has just been opened.
  predicted.write(undefined);
});

const STEP = 'failures/stop-kafka1';
const POLL = '00000000-0000-4000-8000-000000000001';
const RUN = '00000000-0000-4000-8000-000000000002';

const outcomeOf = (value: string | null, reason = '이어받았습니다.') => ({ value, reason });

const asked = (step: string | null, ...more: readonly Command[]) => {
  const options = ['1', '2'].map((value) => ({ value, label: value }));
  const poll: Command = { kind: 'poll', poll: POLL, step, question: '리더는?', options };
  const events = [poll, ...more].map((command) => ({ kind: 'commanded' as const, at: 1, command }));
  const known = { room: roomOf(events) } as NonNullable<Presenter['class']>;
  const said: { readonly command: Command }[] = [];
  const listeners = new Set<() => void>();
  let connected = true;
  const line = {
    send: (message: { readonly command: Command }) => connected && said.push(message) > 0,
  };
  const stop = endPredictions({
    class: known,
    line: line as unknown as Presenter['line'],
    subscribe: (listener) => listeners.add(listener),
  });
  const subscribers = () => [...lab.subscribers] as Subscriber[];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  return {
    said,
    stop,
    run: (step: string, run = RUN) => {
      for (const each of subscribers())
        each.handleStart?.({ type: 'run.start', run, step, cols: 80, rows: 24 });
    },
    /** The page's lab tells of a run. */
    tell: (outcome: RunStatus['outcome'], run = RUN) => {
      for (const each of subscribers())
        each.handleMessage?.(statusOf(run, { step: STEP, outcome }));
    },
    /** The hub tells what is in its log. */
    hear: () => {
      for (const { command } of said.splice(0))
        apply(known.room, { kind: 'commanded', at: 1, command });
      changed();
    },
    connect: (next: boolean) => {
      connected = next;
      changed();
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

const outcome = (value: string | null, reason = '이어받았습니다.') => ({
  type: 'room.command',
  id: RUN,
  command: { kind: 'poll-outcome', poll: POLL, value, reason },
});

it('tells of the poll that has ended what the run has come to, and not what another comes to', () => {
  const { said, run, tell, hear } = asked(STEP);
  run(STEP);
  tell(null);
  tell(outcomeOf('2'));
  // In its order: of one that is open, nothing is told.
  expect(said.at(-1)).toEqual(END);
  hear();
  expect(said).toEqual([outcome('2')]);
  hear();
  run(STEP, 'again');
  tell(outcomeOf('1'), 'again');
  expect(said).toEqual([]);
});

it('tells that nobody can say, and nothing that was no option', () => {
  for (const [found, told] of [
    [outcomeOf(null, ''), [outcome(null, '')]],
    [outcomeOf('3'), []],
    [outcomeOf('1', '가'.repeat(400)), [outcome('1', '가'.repeat(300))]],
  ] as const) {
    predicted.write(undefined);
    const { said, run, tell, hear, stop } = asked(STEP);
    run(STEP);
    hear();
    tell(found);
    expect(said).toEqual(told);
    stop();
  }
});

it('tells a hub that was away what the step came to first', () => {
  const { said, run, tell, hear, connect } = asked(STEP);
  connect(false);
  run(STEP);
  tell(outcomeOf('2'));
  run(STEP, 'again');
  tell(outcomeOf('1'), 'again');
  connect(true);
  expect(said).toEqual([END]);
  hear();
  expect(said).toEqual([outcome('2')]);
});

it('tells nothing of a recording, nor of a run that nobody was asked about', () => {
  const { said, run, tell, hear } = asked(STEP);
  run('failures/start-kafka1', 'other');
  tell(outcomeOf('1'), 'other');
  lab.state = 'recorded';
  run(STEP);
  hear();
  tell(outcomeOf('1'));
  expect(said).toEqual([]);
});

it('tells from the next page what was run on this one', () => {
  const before = asked(STEP);
  before.run(STEP);
  before.stop();
  lab.runs = [statusOf(RUN, { step: STEP, outcome: outcomeOf('2') })];
  const after = asked(STEP, { kind: 'poll-end', poll: POLL });
  after.connect(true);
  expect(after.said.at(-1)).toEqual(outcome('2'));
});

it('ends nothing once the tab presents no longer', () => {
  const { said, run, stop } = asked(STEP);
  stop();
  run(STEP);
  expect(said).toEqual([]);
});
