import { describe, expect, it } from 'vitest';
import { unmet } from '../../../server/cluster/unmet.ts';
import type { ClusterCheck } from '../../../server/lessons/check.ts';
import type { ClusterState } from '../../../server/protocol.ts';

type Broker = ClusterState['brokers'][number];
type Partition = ClusterState['partitions'][number];

const broker = (name: Broker['name'], changes: Partial<Broker> = {}): Broker => ({
  name,
  container: 'running',
  state: 'up',
  registered: true,
  ...changes,
});
const orders = (partition: number, changes: Partial<Partition> = {}): Partition => ({
  topic: 'orders',
  partition,
  leader: 1,
  replicas: [1, 2, 3],
  isr: [1, 2, 3],
  end: 0,
  ...changes,
});
const whole: ClusterState = {
  type: 'cluster.state',
  at: 2_000,
  seenAt: 2_000,
  zookeeper: 'running',
  brokers: [broker('kafka1'), broker('kafka2'), broker('kafka3')],
  toldAt: 2_000,
  controller: 1,
  partitions: [orders(0), orders(1, { leader: 2, replicas: [2, 3, 1] })],
  groups: [
    {
      id: 'order_processing_group',
      state: 'Stable',
      stale: false,
      members: [{ id: 'a', client: 'a', assigned: [] }],
      committed: [],
    },
  ],
};
const down = { container: 'exited', state: 'down', registered: false } as const;
const without1 = [broker('kafka1', down), broker('kafka2'), broker('kafka3')];

const why = (check: ClusterCheck, changes: Partial<ClusterState> = {}): string | undefined =>
  unmet(check, { ...whole, ...changes })?.reason;
const group = (members: number, state: 'Stable' | 'Empty' = 'Stable') => ({
  group: 'order_processing_group',
  members,
  state,
});

describe('why a check does not hold', () => {
  it.each<[ClusterCheck, Partial<ClusterState>]>([
    [{ topic: 'orders', partitions: 2, replicationFactor: 3 }, {}],
    [{ isr: { topic: 'orders', size: 3 } }, {}],
    [{ down: ['kafka1'] }, { brokers: without1 }],
    [{ up: ['kafka1', 'kafka2', 'kafka3'] }, {}],
    [{ leader: { topic: 'orders', not: 'kafka3' } }, {}],
    [{ leader: { topic: 'orders', partition: 1, not: 'kafka1' } }, {}],
    [{ preferred: 'orders' }, {}],
    [group(1), {}],
    [{ idle: 'nobodys' }, {}],
  ])('says nothing of what holds: %j', (check, changes) => {
    expect(unmet(check, { ...whole, ...changes })).toBeUndefined();
  });

  it.each<[string, ClusterCheck, Partial<ClusterState>]>([
    ['events 토픽이 없습니다.', { topic: 'events', partitions: 5, replicationFactor: 2 }, {}],
    [
      'orders 토픽의 파티션이 2개입니다. 3개여야 합니다.',
      { topic: 'orders', partitions: 3, replicationFactor: 3 },
      {},
    ],
    [
      'orders 토픽의 복제본이 3개씩입니다. 2개씩이어야 합니다.',
      { topic: 'orders', partitions: 2, replicationFactor: 2 },
      {},
    ],
    [
      'orders-0의 ISR이 [1,3]입니다. 3개여야 합니다. kafka2가 아직 따라잡는 중입니다.',
      { isr: { topic: 'orders', size: 3 } },
      { partitions: [orders(0, { isr: [3, 1] })] },
    ],
    [
      'orders-0의 ISR이 [2,3]입니다. 3개여야 합니다. kafka1이 멈춰 있습니다. 먼저 kafka1을 시작해 주세요.',
      { isr: { topic: 'orders', size: 3 } },
      { brokers: without1, partitions: [orders(0, { isr: [2, 3] })] },
    ],
    [
      'orders-0의 ISR이 [1,2,3]입니다. 2개로 줄어야 합니다.',
      { isr: { topic: 'orders', size: 2 } },
      {},
    ],
    [
      'logs 토픽이 없습니다. 그 토픽을 먼저 만들어 주세요.',
      { isr: { topic: 'logs', size: 3 } },
      {},
    ],
    ['kafka2가 아직 실행 중입니다.', { down: ['kafka1', 'kafka2'] }, { brokers: without1 }],
    [
      'kafka1이 멈춘 것이 아니라 일시 정지되어 있습니다.',
      { down: ['kafka1'] },
      { brokers: [broker('kafka1', { container: 'paused', state: 'down' })] },
    ],
    ['kafka1이 멈춰 있습니다.', { up: ['kafka1'] }, { brokers: without1 }],
    [
      'kafka3이 아직 준비 중입니다.',
      { up: ['kafka3'] },
      { brokers: [broker('kafka3', { state: 'starting', registered: false })] },
    ],
    ['orders-0의 리더가 아직 kafka1입니다.', { leader: { topic: 'orders', not: 'kafka1' } }, {}],
    [
      'orders-0에 지금 리더가 없습니다.',
      { leader: { topic: 'orders', not: 'kafka1' } },
      { partitions: [orders(0, { leader: null })] },
    ],
    [
      'orders 토픽에 7번 파티션이 없습니다.',
      { leader: { topic: 'orders', partition: 7, not: 'kafka1' } },
      {},
    ],
    [
      'orders-1의 리더가 kafka3입니다. 우선 리더는 kafka2입니다.',
      { preferred: 'orders' },
      { partitions: [orders(1, { leader: 3, replicas: [2, 3, 1] })] },
    ],
    ['order_processing_group 그룹의 멤버가 1명입니다. 3명이어야 합니다.', group(3), {}],
    [
      'order_processing_group 그룹의 상태가 Stable입니다. Empty 상태가 되어야 합니다.',
      group(1, 'Empty'),
      {},
    ],
    [
      'order_processing_group 그룹에 컨슈머가 1개 있습니다. 그 컨슈머를 실행한 단계를 중지해 주세요.',
      { idle: 'order_processing_group' },
      {},
    ],
    ['order_processing_group 그룹이 아직 없습니다.', group(1), { groups: [] }],
    [
      '브로커의 답을 기다리고 있습니다. 아직 어느 브로커도 답하지 않았습니다.',
      group(1),
      {
        toldAt: null,
        brokers: whole.brokers.map(({ name }) => broker(name, { state: 'starting' })),
      },
    ],
  ])('%s', (reason, check, changes) => {
    expect(why(check, changes)).toBe(reason);
  });

  it('names no broker that is to be down, and asks for those only that are needed', () => {
    const isr: ClusterCheck = { isr: { topic: 'orders', size: 2 } };
    const among: ClusterCheck[] = [{ down: ['kafka2'] }, isr];
    const off2 = [broker('kafka1'), broker('kafka2', down), broker('kafka3')];
    const only3 = { partitions: [orders(0, { isr: [3] })] };
    const told = (brokers: Broker[], changes = {}) =>
      unmet(isr, { ...whole, ...only3, brokers, ...changes }, 0, among);
    expect(told([broker('kafka1', down), broker('kafka2', down), broker('kafka3')])).toEqual({
      reason:
        'orders-0의 ISR이 [3]입니다. 2개여야 합니다. kafka1이 멈춰 있습니다. 먼저 kafka1을 시작해 주세요.',
      // Somebody may do that from beside.
      hopeless: false,
    });
    expect(told(off2)?.reason).toBe(
      'orders-0의 ISR이 [3]입니다. 2개여야 합니다. kafka1이 아직 따라잡는 중입니다.',
    );
    // Of the two that are down without being asked to, one that comes is enough.
    expect(unmet(isr, { ...whole, ...only3, brokers: off2 })?.reason).toBe(
      'orders-0의 ISR이 [3]입니다. 2개여야 합니다. kafka1이 아직 따라잡는 중입니다. kafka2가 멈춰 있습니다.',
    );
  });

  it('takes no word from before for one of now', () => {
    const check: ClusterCheck = { isr: { topic: 'orders', size: 3 } };
    expect(unmet(check, whole, 2_001)?.reason).toBe('클러스터를 살펴보고 있습니다.');
    expect(unmet(check, whole, 2_000)).toBeUndefined();
    const brokers = whole.brokers.map(({ name }) => broker(name, { state: 'silent' }));
    expect(unmet(check, { ...whole, brokers }, 2_001)?.reason).toBe(
      '브로커의 답을 기다리고 있습니다. 아직 어느 브로커도 답하지 않았습니다.',
    );
  });

  it('knows when no waiting helps', () => {
    const off = whole.brokers.map(({ name }) => broker(name, down));
    const check: ClusterCheck = { isr: { topic: 'orders', size: 3 } };
    const partitions = [orders(0, { isr: [1] })];
    expect(unmet(check, { ...whole, brokers: off, toldAt: null, partitions })).toMatchObject({
      hopeless: true,
      reason: expect.stringContaining('떠 있는 브로커가 없습니다'),
    });
    expect(unmet(check, { ...whole, zookeeper: 'exited', partitions })).toMatchObject({
      hopeless: true,
      reason: expect.stringContaining('ZooKeeper가 멈춰 있어'),
    });
    // What a topic was made with stays so; one that is not there yet may come.
    const made: ClusterCheck = { topic: 'orders', partitions: 3, replicationFactor: 3 };
    expect(unmet(made, whole)?.hopeless).toBe(true);
    expect(unmet({ ...made, topic: 'events' }, whole)?.hopeless).toBe(false);
    expect(unmet(made, whole, 2_001)?.hopeless).toBe(false);
    expect(unmet({ isr: { topic: 'orders', size: 2 } }, whole)?.hopeless).toBe(false);
    const single = { partitions: [orders(0, { replicas: [1], isr: [1] })] };
    expect(unmet(check, { ...whole, ...single })?.hopeless).toBe(true);
    // Brokers need no ZooKeeper to be dead.
    expect(unmet({ down: ['kafka1'] }, { ...whole, zookeeper: 'exited' })?.hopeless).toBe(false);
  });
});
