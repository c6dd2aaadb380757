import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { converge } from '../../../server/cluster/converge.ts';
import type { ClusterCheck } from '../../../server/lessons/check.ts';
import type { ClusterState } from '../../../server/protocol.ts';
import { clusterOf } from '../../cluster-state.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const STATE = clusterOf(0);
const withIsr = (...isr: number[]): Partial<ClusterState> => ({
  partitions: [{ topic: 'orders', partition: 0, leader: 1, replicas: [1, 2, 3], isr, end: 0 }],
});

/** A wait for the ISR of orders to be whole, and the cluster as it is seen meanwhile. */
const wait = ({
  deadline = 60_000,
  forever = false,
  checks = [{ isr: { topic: 'orders', size: 3 } }] as readonly ClusterCheck[],
} = {}) => {
  let observer: ((state: ClusterState) => void) | undefined;
  const said: string[] = [];
  const life = new AbortController();
  let verdict: { reason: string | undefined } | undefined;
  const watcher = {
    expectChange: () => {},
    observe: (given: (state: ClusterState) => void) => {
      observer = given;
      return () => {
        observer = undefined;
      };
    },
  };
  void converge(watcher, checks, {
    deadline: forever ? undefined : deadline,
    signal: life.signal,
    say: (reason) => said.push(reason),
  }).then((reason) => {
    verdict = { reason };
  });
  return {
    said,
    life,
    isWatching: () => observer !== undefined,
    /** Something is seen `ms` after what was seen before. */
    see: async (ms: number, changes: Partial<ClusterState>) => {
      await vi.advanceTimersByTimeAsync(ms);
      const now = performance.now();
      const state = { ...STATE, at: now, seenAt: now, toldAt: now, ...changes };
      observer?.(state);
      await vi.advanceTimersByTimeAsync(0);
    },
    verdict: () => verdict,
  };
};

const BEHIND = 'orders-0의 ISR이 [1,3]입니다. 3개여야 합니다. kafka2가 아직 따라잡는 중입니다.';

it('waits until it holds and has held for a second, and says meanwhile what is missing', async () => {
  const { see, said, verdict, isWatching } = wait();
  await see(200, withIsr(1, 3));
  await see(200, withIsr(1, 3));
  await see(200, withIsr(1, 2, 3));
  await see(900, withIsr(1, 2, 3));
  expect(verdict()).toBeUndefined();
  await see(200, withIsr(1, 2, 3));
  expect(verdict()).toEqual({ reason: undefined });
  expect(said).toEqual([BEHIND, '']);
  expect(isWatching()).toBe(false);
});

it('begins the second anew when what held does not any more', async () => {
  const { see, verdict } = wait();
  await see(200, withIsr(1, 2, 3));
  await see(900, withIsr(1, 3));
  await see(200, withIsr(1, 2, 3));
  await see(900, withIsr(1, 2, 3));
  expect(verdict()).toBeUndefined();
  await see(200, withIsr(1, 2, 3));
  expect(verdict()).toEqual({ reason: undefined });
});

it('gives up at the deadline, with what is missing', async () => {
  const { see, verdict, isWatching } = wait({ deadline: 10_000 });
  await see(9_000, withIsr(1, 3));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(verdict()).toEqual({ reason: BEHIND });
  expect(isWatching()).toBe(false);
});

it('says so where nothing could be seen at all', async () => {
  const { verdict } = wait({ deadline: 10_000 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(verdict()?.reason).toContain('볼 수 없습니다');
});

it('says which broker to start, and waits for who starts it from beside', async () => {
  const { see, said, verdict } = wait({
    checks: [{ down: ['kafka2'] }, { isr: { topic: 'orders', size: 2 } }],
  });
  const without = (...names: readonly string[]) => ({
    brokers: STATE.brokers.map((broker) =>
      names.includes(broker.name)
        ? { ...broker, container: 'exited' as const, state: 'down' as const }
        : broker,
    ),
  });
  await see(200, { ...without('kafka1', 'kafka2'), ...withIsr(3) });
  await see(20_000, { ...without('kafka1', 'kafka2'), ...withIsr(3) });
  expect(verdict()).toBeUndefined();
  await see(200, { ...without('kafka2'), ...withIsr(1, 3) });
  await see(1_000, { ...without('kafka2'), ...withIsr(1, 3) });
  expect(verdict()).toEqual({ reason: undefined });
  expect(said).toEqual([
    'orders-0의 ISR이 [3]입니다. 2개여야 합니다. kafka1이 멈춰 있습니다. 먼저 kafka1을 시작해 주세요.',
    '',
  ]);
});

it('does not wait until the deadline for a cluster that is down', async () => {
  const { see, verdict } = wait();
  const brokers = STATE.brokers.map((broker) => ({
    ...broker,
    container: 'absent' as const,
    state: 'down' as const,
  }));
  await see(200, { brokers, toldAt: null });
  await see(1_000, { brokers, toldAt: null });
  expect(verdict()?.reason).toContain('떠 있는 브로커가 없습니다');
});

it('waits for it all the same where there is no deadline', async () => {
  const { see, verdict } = wait({ forever: true });
  const off = STATE.brokers.map((broker) => ({ ...broker, container: 'exited' as const }));
  await see(200, { brokers: off, toldAt: null });
  await see(1_000, { brokers: off, toldAt: null });
  await vi.advanceTimersByTimeAsync(600_000);
  expect(verdict()).toBeUndefined();
  await see(200, withIsr(1, 2, 3));
  await see(1_000, withIsr(1, 2, 3));
  expect(verdict()).toEqual({ reason: undefined });
});

it('takes nothing that was seen, or told, before it began', async () => {
  const { see, said, verdict } = wait();
  await see(200, { ...withIsr(1, 2, 3), seenAt: -1 });
  expect(said).toEqual([]);
  await see(2_000, { ...withIsr(1, 2, 3), toldAt: -1 });
  await see(2_000, { ...withIsr(1, 2, 3), toldAt: -1 });
  expect(verdict()).toBeUndefined();
  // They answered a moment ago: that they do not is more than anybody knows.
  expect(said).toEqual(['클러스터를 살펴보고 있습니다.']);
});

it('ends with the run that it is of', async () => {
  const { see, life, verdict, isWatching } = wait();
  await see(200, withIsr(1, 3));
  life.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect(verdict()).toEqual({ reason: BEHIND });
  expect(isWatching()).toBe(false);
});
