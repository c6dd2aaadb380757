import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../server/cluster/outcome.ts';
import { optionsOf, Predict } from '../../../server/lessons/predict.ts';
import type { ClusterState } from '../../../server/protocol.ts';

type Partition = ClusterState['partitions'][number];

const brokers = (...down: readonly number[]): ClusterState['brokers'] =>
  (['kafka1', 'kafka2', 'kafka3'] as const).map((name, index) =>
    down.includes(index + 1)
      ? { name, container: 'exited', state: 'down', registered: false }
      : { name, container: 'running', state: 'up', registered: true },
  );
const at = (partition: number, changes: Partial<Partition> = {}): Partition => ({
  topic: 'orders',
  partition,
  leader: 1,
  replicas: [1, 2, 3],
  isr: [1, 2, 3],
  end: 10,
  ...changes,
});
const whole: ClusterState = {
  type: 'cluster.state',
  at: 0,
  seenAt: 0,
  zookeeper: 'running',
  brokers: brokers(),
  toldAt: 0,
  controller: 1,
  partitions: [at(0), at(1), at(2)],
  groups: [],
};
const state = (changes: Partial<ClusterState>): ClusterState => ({ ...whole, ...changes });
const LEADER = { leader: { topic: 'orders', preferred: 'kafka1' } } as const;

describe('what a question has turned out to be', () => {
  it('a leader that has stopped is followed by one of the ISR', () => {
    const after = state({ brokers: brokers(1), partitions: [at(0, { leader: 2, isr: [2, 3] })] });
    expect(outcomeOf(LEADER, { cut: false, before: whole, after })).toEqual({
      value: 'kafka2',
      reason: 'orders-0의 리더였던 kafka1이 멈춰, ISR에 남은 kafka2가 이어받았습니다.',
    });
  });

  it('a leader that has not stopped stays', () => {
    const before = state({ partitions: [at(0, { leader: 2 })] });
    const after = { ...before, brokers: brokers(1) };
    expect(outcomeOf(LEADER, { cut: false, before, after })).toEqual({
      value: 'kafka2',
      reason: 'orders-0의 리더인 kafka2가 멈추지 않아 리더가 바뀔 까닭이 없었습니다.',
    });
  });

  it('a broker that has come back leads no more', () => {
    const partitions = [at(0, { leader: 2 })];
    const before = state({ brokers: brokers(1), partitions });
    const { value, reason } = outcomeOf(LEADER, {
      cut: false,
      before,
      after: state({ partitions }),
    });
    expect(value).toBe('kafka2');
    expect(reason).toMatch(/^orders-0의 우선 리더인 kafka1 대신 kafka2가 계속 이끕니다\./);
  });

  it('the partition that is asked about is the one that its broker leads by preference', () => {
    const others = [at(0, { leader: 2, replicas: [2, 3, 1] }), at(1, { topic: 'events' })];
    const before = state({ partitions: [...others, at(2)] });
    const after = state({
      brokers: brokers(1),
      partitions: [...others, at(2, { leader: 3, isr: [2, 3] })],
    });
    expect(outcomeOf(LEADER, { cut: false, before, after })).toEqual({
      value: 'kafka3',
      reason: 'orders-2의 리더였던 kafka1이 멈춰, ISR에 남은 kafka3이 이어받았습니다.',
    });
  });

  it('nobody leads where the last of the ISR has stopped', () => {
    const after = state({ brokers: brokers(1), partitions: [at(0, { leader: null, isr: [1] })] });
    expect(outcomeOf(LEADER, { cut: false, before: whole, after })).toMatchObject({
      value: 'none',
      reason: expect.stringContaining('ISR에 남은 kafka1의 응답이 없어'),
    });
  });

  it('an ISR is counted, and who is not in it named', () => {
    const after = state({ brokers: brokers(2), partitions: [at(0, { isr: [3, 1] })] });
    const isr = { isr: { topic: 'orders', partition: 0 } };
    expect(outcomeOf(isr, { cut: false, before: whole, after })).toEqual({
      value: '2',
      reason: 'orders-0의 ISR은 [1,3]입니다. 멈춘 kafka2의 복제본이 빠졌습니다.',
    });
  });

  it('partitions without a leader are counted, and named', () => {
    const partitions = [at(0), at(1, { leader: null, replicas: [2, 3], isr: [3] })];
    const after = state({ brokers: brokers(2, 3), partitions });
    const leaderless = { leaderless: { topic: 'orders', partitions: 3 } };
    expect(outcomeOf(leaderless, { cut: false, before: whole, after })).toEqual({
      value: '1',
      reason: '복제본을 가진 브로커가 모두 멈춘 파티션입니다: orders-1 [2,3].',
    });
  });

  it('partitions that have got messages are counted by how far their ends have moved', () => {
    const after = state({ partitions: [at(0), at(1, { end: 70 }), at(2)] });
    const spread = { spread: { topic: 'orders', partitions: 3 } };
    expect(outcomeOf(spread, { cut: false, before: whole, after })).toEqual({
      value: '1',
      reason: '파티션 0번에 0건, 1번에 60건, 2번에 0건이 들어갔습니다.',
    });
  });

  it('all that is in a topic made since the run began came with the run', () => {
    const spread = { spread: { topic: 'orders', partitions: 3 } };
    const course = { cut: false, before: state({ partitions: [] }), after: whole };
    expect(outcomeOf(spread, course)).toEqual({
      value: '3',
      reason: '파티션 0번에 10건, 1번에 10건, 2번에 10건이 들어갔습니다.',
    });
  });

  it('members without a partition are counted in a group that is stable', () => {
    const members = ['a', 'b', 'c'].map((id, index) => ({
      id,
      client: id,
      assigned: index === 0 ? [] : [{ topic: 'orders', partition: index }],
    }));
    const group = { id: 'g', state: 'Stable', stale: false, members, committed: [] };
    const idle = { idle: { group: 'g', members: 3 } };
    const course = (changes: object) => ({
      cut: false,
      before: whole,
      after: state({ groups: [{ ...group, ...changes }] }),
    });
    expect(outcomeOf(idle, course({}))).toMatchObject({
      value: '1',
      reason: expect.stringContaining('멤버 3명이 파티션 2개를'),
    });
    expect(outcomeOf(idle, course({ state: 'PreparingRebalance' })).value).toBeNull();
    expect(outcomeOf(idle, course({ stale: true })).value).toBeNull();
  });

  it.each([
    ['nobody has seen it', LEADER, undefined],
    [
      'Kafka still counts on a leader that is gone',
      LEADER,
      { cut: false, before: whole, after: state({ brokers: brokers(1) }) },
    ],
    [
      'something else was done before its members were looked at',
      { idle: { group: 'g', members: 3 } },
      { cut: true, before: whole, after: whole },
    ],
    [
      'a leader has not told where its partition ends',
      { spread: { topic: 'orders', partitions: 3 } },
      { cut: false, before: whole, after: state({ partitions: [at(0, { end: null })] }) },
    ],
    [
      'a leader had not told where its partition ended',
      { spread: { topic: 'orders', partitions: 3 } },
      { cut: false, before: state({ partitions: [at(0, { end: null })] }), after: whole },
    ],
  ] as const)('nobody can say where %s', (_, predict, course) => {
    expect(outcomeOf(predict, course)).toEqual({ value: null, reason: '' });
  });

  it.each([
    [{ leader: { topic: 'gone', preferred: 'kafka1' } }, 'gone 토픽이 없습니다.'],
    [
      { leader: { topic: 'orders', preferred: 'kafka2' } },
      'orders 토픽에 kafka2가 우선 리더인 파티션이 없습니다.',
    ],
    [{ isr: { topic: 'gone', partition: 0 } }, 'gone 토픽이 없습니다.'],
    [{ isr: { topic: 'orders', partition: 3 } }, 'orders 토픽에 3번 파티션이 없습니다.'],
    [{ leaderless: { topic: 'gone', partitions: 3 } }, 'gone 토픽이 없습니다.'],
    [{ spread: { topic: 'gone', partitions: 3 } }, 'gone 토픽이 없습니다.'],
    [
      { spread: { topic: 'orders', partitions: 3 } },
      '이번 실행에서 orders 토픽에 들어온 메시지가 없습니다.',
    ],
    [{ idle: { group: 'g', members: 3 } }, 'g 그룹이 없습니다.'],
    [{ idle: { group: 'empty', members: 3 } }, 'empty 그룹에 멤버가 없습니다.'],
  ] as const)('where there is nothing to say it of, %j is answered so: %s', (predict, reason) => {
    const group = { id: 'empty', state: 'Empty', stale: false, members: [], committed: [] };
    const after = state({ groups: [group] });
    expect(outcomeOf(predict, { cut: false, before: whole, after })).toEqual({
      value: null,
      reason,
    });
  });
});

it.each([
  [LEADER, 'kafka1 kafka2 kafka3 none'],
  [{ isr: { topic: 'orders', partition: 0 } }, '1 2 3'],
  [{ leaderless: { topic: 'events', partitions: 5 } }, '0 1 2 3 4 5'],
  [{ spread: { topic: 'demo-key', partitions: 3 } }, '1 2 3'],
  [{ idle: { group: 'g', members: 2 } }, '0 1 2'],
])('%j may be answered by what is possible: %s', (predict, options) => {
  expect(optionsOf(Predict.parse(predict)).join(' ')).toBe(options);
});

it.each([
  [
    { leader: { topic: 'orders' } },
    "{ leader: { topic: 'orders', preferred: 'kafka1' } } 꼴이어야 합니다. 빠진 이름: leader.preferred",
  ],
  [
    { isr: {}, leader: {} },
    "{ isr: { topic: 'orders', partition: 0 } } 꼴이어야 합니다. 여기에 없는 이름: leader. 빠진 이름: isr.topic, isr.partition",
  ],
  [{ who: 'kafka1' }, expect.stringMatching(/^다음 꼴 가운데 하나/)],
])('%j is no question', (predict, message) => {
  expect(Predict.safeParse(predict).error?.issues[0]?.message).toEqual(message);
});
