import { describe, expect, it } from 'vitest';
import type { ClusterState } from '../../../server/protocol.ts';
import { type Difference, differenceOf } from '../../../src/client/checkpoint-difference.ts';
import { clusterOf } from '../../cluster-state.ts';

const state = clusterOf(10_000, {
  partitions: [
    { topic: 'orders', partition: 0, leader: 3, replicas: [3, 1, 2], isr: [3, 1, 2], end: 5 },
  ],
});
const only1 = {
  needs: [
    { up: ['kafka1' as const] },
    { topic: 'orders', partitions: 1, replicationFactor: 3 },
    { down: ['kafka2' as const, 'kafka3' as const] },
  ],
  makes: [],
};
const textOf = ({ lines }: Difference): readonly string[] => lines.map(({ text }) => text);
const linesOf = (changes: Partial<ClusterState> = {}): readonly string[] =>
  textOf(differenceOf(only1, { ...state, ...changes }, () => true));

it('says what the brokers hold that it would stop', () => {
  expect(linesOf()).toEqual([
    '멈출 것: kafka2, kafka3',
    '지금 kafka2: 이끄는 파티션 없음, 복제본 1개 · kafka3: orders-0의 리더, 복제본 1개. orders-0: ISR이 1개만 남습니다. min.insync.replicas가 2인 토픽이라면 acks=all 쓰기를 거절합니다.',
  ]);
});

it('says so only of those that run', () => {
  const brokers = state.brokers.map((each) =>
    each.name === 'kafka1'
      ? each
      : { ...each, container: 'exited' as const, state: 'down' as const },
  );
  // It starts them all, to make the topic, and stops them again.
  const lines = linesOf({ brokers, partitions: [] });
  expect(lines).toContain('멈출 것: kafka2, kafka3');
  expect(lines).not.toContainEqual(expect.stringMatching(/^지금/));
});

it('agrees to the number of messages that it shows', () => {
  const [orders] = state.partitions;
  const partitions = orders ? [orders, { ...orders, partition: 1, end: 1_000 }] : [];
  const { lines, removes } = differenceOf(only1, { ...state, partitions }, () => true);
  expect(lines[0]).toEqual({
    text: '지울 것: orders(파티션 2개, 복제본 3개씩)와 그 안의 메시지 1,005개',
    isRemoval: true,
  });
  // Among the rest, it stands out.
  expect(lines.filter(({ isRemoval }) => isRemoval)).toHaveLength(1);
  expect(lines.length).toBeGreaterThan(2);
  expect(removes).toEqual([
    { topic: 'orders', partitions: 2, replicationFactor: 3, messages: 1_005 },
  ]);
});

describe('of brokers that have told once, and do not now', () => {
  const all = (container: 'exited' | 'paused'): Partial<ClusterState> => ({
    toldAt: 1_000,
    brokers: state.brokers.map((each) => ({ ...each, container, state: 'down' })),
  });
  const LATER = expect.stringMatching(/^토픽은 클러스터가 뜬 뒤에 보고/);

  it('says which are to be started, and nothing of the topics', () => {
    expect(linesOf({ ...all('exited'), partitions: [] })).toEqual([
      '켤 것: kafka1, kafka2, kafka3',
      '멈출 것: kafka2, kafka3',
      LATER,
    ]);
  });

  it('says which are to go on', () => {
    expect(linesOf(all('paused'))).toContain('다시 움직일 것: kafka1, kafka2, kafka3');
  });

  it('does not count who was in a group then', () => {
    const needs = [...only1.needs, { idle: 'readers' }];
    const readers = { id: 'readers', state: 'Stable', stale: true, committed: [] };
    const groups = [{ ...readers, members: [{ id: 'a', client: 'a', assigned: [] }] }];
    const lines = (changes: Partial<ClusterState>) =>
      textOf(differenceOf({ ...only1, needs }, { ...state, groups, ...changes }, () => true));
    expect(lines({})).toContainEqual(expect.stringMatching(/^직접 중지할 것/));
    expect(lines(all('exited'))).not.toContainEqual(expect.stringMatching(/^직접 중지할 것/));
  });
});
