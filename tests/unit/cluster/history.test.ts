import { beforeEach, describe, expect, it } from 'vitest';
import { difference } from '../../../server/cluster/changes.ts';
import { createHistory, type History } from '../../../server/cluster/history.ts';
import type { ClusterListener } from '../../../server/cluster/watcher.ts';
import type { ClusterState, RunStatus } from '../../../server/protocol.ts';

const partition = (
  number: number,
  leader: number,
  end = 0,
): ClusterState['partitions'][number] => ({
  topic: 'orders',
  partition: number,
  leader,
  replicas: [1, 2, 3],
  isr: [1, 2, 3],
  end,
});
const stateOf = (partitions: ClusterState['partitions'], at = 0): ClusterState => ({
  type: 'cluster.state',
  at,
  seenAt: at,
  zookeeper: 'running',
  brokers: [],
  toldAt: at,
  controller: 1,
  partitions,
  groups: [],
});

const RUN: RunStatus = {
  type: 'run.status',
  run: '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c11',
  step: 'failures/kill',
  status: 'running',
  background: false,
  stopping: null,
  startedAt: 0,
  duration: 0,
  exitCode: null,
  size: 0,
  dropped: 0,
  check: null,
  outcome: null,
  edition: 'e',
};

let say: ClusterListener;
let startRun: Parameters<Parameters<typeof createHistory>[1]['subscribe']>[0];
let history: History;
const change = (from: ClusterState, to: ClusterState): void => say(difference(from, to), to);

beforeEach(() => {
  history = createHistory(
    {
      overhear: (listener) => {
        say = listener;
      },
    },
    {
      subscribe: (listener) => {
        startRun = listener;
      },
    },
  );
});

describe('the history of the cluster', () => {
  const before = stateOf([partition(0, 1)]);
  const moved = stateOf([partition(0, 2)], 500);

  it('has what was seen while somebody watched, and tells whoever listens', () => {
    const told: unknown[] = [];
    const leave = history.subscribe((happening) => told.push(happening));
    say(before, before);
    change(before, moved);
    expect(history.happenings).toMatchObject([
      { kind: 'changes', at: 500, seen: true, changes: difference(before, moved).changes },
    ]);
    expect(told).toEqual(history.happenings);
    leave();
    change(moved, before);
    expect(told).toHaveLength(1);
    expect(history.happenings).toHaveLength(2);
  });

  it('says of what was found after nobody had watched that nobody saw it happen', () => {
    say(before, before);
    say(moved, moved);
    expect(history.happenings).toMatchObject([{ kind: 'changes', seen: false }]);
  });

  it('takes containers that nobody can see for no news', () => {
    const seen: ClusterState = { ...before, zookeeper: 'running' };
    const blind: ClusterState = { ...before, seenAt: null, zookeeper: 'absent' };
    for (const state of [seen, blind, seen]) say(state, state);
    expect(history.happenings).toEqual([]);
  });

  it('tells nothing of messages that come, and of a time that passes', () => {
    say(before, before);
    change(before, stateOf([partition(0, 1, 7)], 100));
    change(before, { ...before, at: 100 });
    expect(history.happenings).toEqual([]);
  });

  it('has the start and the end of a run', async () => {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const status = { ...RUN };
    const action = { kind: 'control', verb: 'kill', containers: ['kafka1'] } as const;
    const commands = [{ text: 'docker kill kafka1', action }];
    const props = { id: 'kill', title: '강제 종료' };
    startRun({ ended, status }, { id: 'failures/kill', props, commands });
    Object.assign(status, { status: 'passed', duration: 700 });
    end();
    await ended;
    expect(history.happenings).toMatchObject([
      { kind: 'run', title: '강제 종료', command: 'docker kill kafka1', status: 'running' },
      { kind: 'run', title: '강제 종료', status: 'passed', duration: 700 },
    ]);
  });

  it('stays small, whatever happens', () => {
    const many = (leader: number, count: number): ClusterState =>
      stateOf(Array.from({ length: count }, (_, number) => partition(number, leader)));
    say(many(1, 1), many(1, 1));
    for (let count = 0; count < 300; count += 1) change(many(1, 1), many(2, 1));
    expect(history.happenings).toHaveLength(200);
    for (let count = 0; count < 50; count += 1) change(many(1, 200), many(2, 200));
    expect(history.happenings).toHaveLength(10);
    change(many(1, 3_000), many(2, 3_000));
    expect(history.happenings).toHaveLength(1);
  });
});
