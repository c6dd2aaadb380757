import { describe, expect, it } from 'vitest';
import { difference, notable } from '../../../server/cluster/changes.ts';
import type { ClusterState, Happening } from '../../../server/protocol.ts';
import { wordsFor } from '../../../src/client/cluster-words.ts';
import { createTimeline } from '../../../src/client/timeline.ts';

type Broker = ClusterState['brokers'][number];

const broker = (name: Broker['name'], to: Partial<Broker> = {}): Broker => ({
  name,
  container: 'running',
  state: 'up',
  registered: true,
  ...to,
});
const orders = (partition: number, leader: number | null, isr: number[]) => ({
  topic: 'orders',
  partition,
  leader,
  replicas: [1, 2, 3],
  isr,
  end: 0,
});
const WHOLE: ClusterState = {
  type: 'cluster.state',
  at: 0,
  seenAt: 0,
  zookeeper: 'running',
  brokers: [broker('kafka1'), broker('kafka2'), broker('kafka3')],
  toldAt: 0,
  controller: 3,
  partitions: [orders(0, 3, [1, 2, 3]), orders(1, 1, [1, 2, 3]), orders(2, 3, [1, 2, 3])],
  groups: [],
};
const DEAD: ClusterState = {
  ...WHOLE,
  brokers: [
    broker('kafka1'),
    broker('kafka2'),
    broker('kafka3', { container: 'exited', state: 'down' }),
  ],
};
const EXPIRED: ClusterState = {
  ...DEAD,
  brokers: DEAD.brokers.map((each) =>
    each.name === 'kafka3' ? { ...each, registered: false } : each,
  ),
  controller: 1,
  partitions: [orders(0, 1, [2, 1]), orders(1, 1, [2, 1]), orders(2, 1, [2, 1])],
};

describe('changes in words', () => {
  const words = (from: ClusterState, to: ClusterState): string[] =>
    wordsFor(difference(from, to).changes);

  it('put what happened to several partitions into one sentence', () => {
    expect(words(DEAD, EXPIRED)).toEqual([
      'kafka3: 클러스터에서 빠짐',
      '컨트롤러: 3 → 1',
      'orders-0·2 리더: 3 → 1',
      'orders-0·1·2 ISR: 1,2,3 → 1,2',
    ]);
  });

  it('tell a leader that is none, and a topic that comes and goes', () => {
    const none = { ...WHOLE, partitions: [orders(0, null, [3])] };
    expect(words({ ...none, partitions: [orders(0, 3, [3])] }, none)).toEqual([
      'orders-0 리더: 3 → none',
    ]);
    const empty = { ...WHOLE, partitions: [] };
    expect(words(empty, WHOLE)).toEqual(['orders-0·1·2 생김']);
    expect(words(WHOLE, empty)).toEqual(['orders-0·1·2 삭제됨']);
  });
});

describe('changes of a group', () => {
  const group = (state: string, readers: Record<string, number[]>): ClusterState => ({
    ...WHOLE,
    groups: [
      {
        id: 'g',
        state,
        stale: false,
        members: Object.entries(readers).map(([id, partitions]) => ({
          id,
          client: id,
          assigned: partitions.map((partition) => ({ topic: 'orders', partition })),
        })),
        committed: [],
      },
    ],
  });
  const words = (from: ClusterState, to: ClusterState): string[] =>
    wordsFor(notable(difference(from, to).changes));

  it('tell a rebalance while it lasts, and one that was over between two looks', () => {
    const [before, after] = [group('Stable', { a: [0, 1] }), group('Stable', { a: [0], b: [1] })];
    expect(words(before, after)).toEqual(['g: 리밸런싱됨', 'g: 멤버 수 1 → 2']);
    expect(words(before, group('Stable', { c: [0, 1] }))).toEqual(['g: 리밸런싱됨']);
    const during = group('PreparingRebalance', { a: [0, 1], b: [] });
    expect(words(before, during)).toEqual(['g: 안정 → 리밸런싱 중', 'g: 멤버 수 1 → 2']);
    expect(words(during, after)).toEqual(['g: 리밸런싱 중 → 안정']);
    expect(words(before, before)).toEqual([]);
  });
});

describe('changes of many topics', () => {
  it('are one sentence, where the same has happened to them', () => {
    const many = Array.from({ length: 50 }, (_, index) => ({
      ...orders(0, 1, [1]),
      topic: `t${index}`,
    }));
    const changes = difference(
      { ...WHOLE, partitions: many },
      { ...WHOLE, partitions: [] },
    ).changes;
    expect(wordsFor(changes)).toEqual(['t0 외 49개 토픽 삭제됨']);
  });
});

const at = (state: ClusterState, time: number): ClusterState => ({
  ...state,
  at: time,
  toldAt: time,
});

const change = (from: ClusterState, to: ClusterState, seen = true): Happening => ({
  kind: 'changes',
  at: to.at,
  date: to.at,
  seen,
  toldAt: to.toldAt,
  changes: difference(from, to).changes,
});
const ran = (time: number, status: 'running' | 'passed', duration = 0): Happening => ({
  kind: 'run',
  at: time,
  date: time,
  title: 'kafka3 강제 종료',
  status,
  duration,
});

describe('the timeline', () => {
  it('of a kill shows the wait for the session as what it is', () => {
    const timeline = createTimeline([
      ran(1_000, 'running'),
      change(WHOLE, at(DEAD, 1_400)),
      ran(1_500, 'passed', 500),
    ]);
    expect(timeline.waiting(at(DEAD, 18_400))).toEqual([
      { broker: 'kafka3', milliseconds: 17_000 },
    ]);
    timeline.add(change(at(DEAD, 1_400), at(EXPIRED, 19_500)));
    expect(timeline.waiting(at(EXPIRED, 19_500))).toEqual([]);
    expect(timeline.entries.map(({ text, after }) => [text, after?.milliseconds])).toEqual([
      ['실행: kafka3 강제 종료', undefined],
      ['kafka3: 실행 중 → 멈춤', undefined],
      ['kafka3 강제 종료: 성공\u00a0· 0.5초', undefined],
      ['kafka3: ZooKeeper 세션이 만료되어 클러스터에서 빠짐', 18_100],
      ['컨트롤러: 3 → 1', 18_100],
      ['orders-0·2 리더: 3 → 1', 18_100],
      ['orders-0·1·2 ISR: 1,2,3 → 1,2', 18_100],
    ]);
  });

  it('waits for no session while there is no ZooKeeper to let it expire, or nobody who tells', () => {
    const timeline = createTimeline([change(WHOLE, at(DEAD, 1_400))]);
    expect(timeline.waiting({ ...at(DEAD, 2_400), zookeeper: 'exited' })).toEqual([]);
    expect(timeline.waiting({ ...at(DEAD, 9_000), toldAt: 1_400 })).toEqual([]);
    expect(timeline.waiting(at(DEAD, 2_400))).toHaveLength(1);
  });

  it('counts from the broker that a change is about, and from nothing else', () => {
    // A preferred leader comes back: nobody has stopped or started that one.
    const elected = { ...DEAD, partitions: [orders(0, 3, [1, 2, 3]), orders(1, 2, [1, 2, 3])] };
    const back = { ...WHOLE, partitions: elected.partitions };
    const timeline = createTimeline([
      change(WHOLE, at(DEAD, 1_000)),
      change(
        { ...DEAD, partitions: [orders(0, 3, [1, 2, 3]), orders(1, 1, [1, 2, 3])] },
        at(elected, 9_000),
      ),
      change(elected, at(back, 20_000)),
      change(
        { ...back, partitions: [orders(0, 1, [1, 2])] },
        at({ ...back, partitions: [orders(0, 1, [1, 2, 3])] }, 24_000),
      ),
    ]);
    expect(timeline.entries.map(({ text, after }) => [text, after])).toEqual([
      ['kafka3: 실행 중 → 멈춤', undefined],
      ['orders-1 리더: 1 → 2', undefined],
      ['kafka3: 멈춤 → 실행 중', undefined],
      ['kafka3: 요청에 응답함', undefined],
      ['orders-0 ISR: 1,2 → 1,2,3', { broker: 'kafka3', milliseconds: 4_000 }],
    ]);
  });

  it('counts no return from a start of long ago', () => {
    const timeline = createTimeline([
      change(at(DEAD, 0), at(WHOLE, 1_000)),
      change(
        { ...WHOLE, partitions: [orders(0, 1, [1, 2])] },
        at({ ...WHOLE, partitions: [orders(0, 1, [1, 2, 3])] }, 90_000),
      ),
    ]);
    expect(timeline.entries.at(-1)).toMatchObject({
      text: 'orders-0 ISR: 1,2 → 1,2,3',
      after: undefined,
    });
  });

  it('gives no time to what happened while nobody looked', () => {
    const timeline = createTimeline([change(WHOLE, at(EXPIRED, 5_000), false)]);
    expect(timeline.entries.map(({ text, after }) => [text, after])).toEqual([
      ['화면을 보지 않는 사이 · kafka3: 실행 중 → 멈춤', undefined],
      ['화면을 보지 않는 사이 · kafka3: 클러스터에서 빠짐', undefined],
      ['화면을 보지 않는 사이 · 컨트롤러: 3 → 1', undefined],
      ['화면을 보지 않는 사이 · orders-0·2 리더: 3 → 1', undefined],
      ['화면을 보지 않는 사이 · orders-0·1·2 ISR: 1,2,3 → 1,2', undefined],
    ]);
  });

  it('forgets the oldest', () => {
    const timeline = createTimeline();
    for (let count = 0; count < 300; count += 1) timeline.add(ran(count, 'running'));
    expect(timeline.entries).toHaveLength(200);
    expect(timeline.entries.at(-1)?.at).toBe(299);
  });
});
