import { describe, expect, it } from 'vitest';
import { beenUp, describeCluster, type Told } from '../../../server/cluster/state.ts';
import type { ContainerState } from '../../../server/lab/lab.ts';

type State = ContainerState['state'];

const seen = (...states: readonly [State, State, State]) => ({
  seenAt: 0,
  containers: [
    { name: 'zookeeper' as const, state: 'running' as const, status: '' },
    ...(['kafka1', 'kafka2', 'kafka3'] as const).map((name, index) => ({
      name,
      state: states[index] ?? 'absent',
      status: '',
    })),
  ],
});
/** What brokers have told that answer: which of all are counted on. */
const told = (answering: readonly number[], registered: readonly number[]): Told => ({
  at: 0,
  answering: new Set(answering),
  metadata: { brokers: new Set(registered), controller: 1, topics: [] },
});
const QUIET = { groups: [], ends: new Map<string, number>() };
const ALL = [1, 2, 3];
const RUNNING = seen('running', 'running', 'running');

const brokers = (been: readonly number[], ...rest: [ReturnType<typeof seen>, Told | undefined]) =>
  describeCluster(0, new Set(been), ...rest, QUIET).brokers.map(
    ({ state, registered }) => `${state} ${registered}`,
  );

describe('a broker', () => {
  it('is up when it answers and is counted on', () => {
    expect(brokers([], RUNNING, told(ALL, ALL))).toEqual(Array(3).fill('up true'));
  });

  it('that runs and is counted on no more has left, or comes back; one never up only starts', () => {
    expect(brokers([1, 2, 3], RUNNING, told([1, 2], [1, 2]))[2]).toBe('stopping false');
    expect(brokers([1, 2], RUNNING, told([1, 2], [1, 2]))[2]).toBe('starting false');
    expect(brokers([1, 2, 3], RUNNING, told([1, 2], ALL))[2]).toBe('silent true');
  });

  it('is not said to be counted on, or not, while nobody tells', () => {
    const killed = seen('exited', 'exited', 'exited');
    expect(brokers([1, 2, 3], killed, undefined)).toEqual(Array(3).fill('down null'));
    expect(brokers([], RUNNING, undefined)).toEqual(Array(3).fill('starting null'));
  });

  it('that was paused goes on, and comes back where it was expelled meanwhile', () => {
    const whole = describeCluster(0, new Set(), RUNNING, told(ALL, ALL), QUIET);
    const been = beenUp(new Set(), whole);
    expect([...been]).toEqual(ALL);
    const paused = seen('running', 'paused', 'running');
    const after = beenUp(been, describeCluster(0, been, paused, told([1, 3], ALL), QUIET));
    expect([...after]).toEqual(ALL);
    const goesOn = describeCluster(0, after, RUNNING, told([1, 3], [1, 3]), QUIET);
    expect(goesOn.brokers[1]?.state).toBe('stopping');
  });
});
