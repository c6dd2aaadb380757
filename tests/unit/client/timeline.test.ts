import { describe, expect, it } from 'vitest';
import { difference } from '../../../server/cluster/changes.ts';
import type { ClusterState, RunStatus } from '../../../server/protocol.ts';
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

describe('the timeline', () => {
  const kill: RunStatus = {
    type: 'run.status',
    run: '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c11',
    step: 'failures/kill',
    status: 'running',
    background: false,
    stopping: null,
    startedAt: 1_000,
    duration: 0,
    exitCode: null,
    size: 0,
  };
  const at = (state: ClusterState, time: number): ClusterState => ({
    ...state,
    at: time,
    toldAt: time,
  });

  it('of a kill shows the wait for the session as what it is', () => {
    const timeline = createTimeline();
    const change = (from: ClusterState, to: ClusterState): void =>
      timeline.change(to, difference(from, to).changes);
    timeline.run(kill, 'kafka3 강제 종료');
    change(WHOLE, at(DEAD, 1_400));
    timeline.run({ ...kill, status: 'passed', duration: 500, exitCode: 0 }, 'kafka3 강제 종료');
    // Nothing is news, every second.
    for (let time = 2_400; time < 19_000; time += 1_000) change(at(DEAD, time), at(DEAD, time));
    expect(timeline.waiting).toEqual([{ broker: 'kafka3', milliseconds: 17_000 }]);
    change(at(DEAD, 1_400), at(EXPIRED, 19_500));
    expect(timeline.waiting).toEqual([]);
    expect(timeline.entries.map(({ text, after }) => [text, after?.milliseconds])).toEqual([
      ['실행: kafka3 강제 종료', undefined],
      ['kafka3: 실행 중 → 멈춤', undefined],
      ['kafka3 강제 종료: 성공 · 0.5초', undefined],
      ['kafka3: ZooKeeper 세션이 만료되어 클러스터에서 빠짐', 18_100],
      ['컨트롤러: 3 → 1', 18_100],
      ['orders-0·2 리더: 3 → 1', 18_100],
      ['orders-0·1·2 ISR: 1,2,3 → 1,2', 18_100],
    ]);
  });

  it('waits for no session while there is no ZooKeeper to let it expire', () => {
    const timeline = createTimeline();
    const alone = { ...at(DEAD, 1_400), zookeeper: 'exited' as const };
    timeline.change(alone, difference(WHOLE, alone).changes);
    expect(timeline.waiting).toEqual([]);
  });

  it('counts from the broker that a change is about, and from nothing else', () => {
    const timeline = createTimeline();
    const change = (from: ClusterState, to: ClusterState): void =>
      timeline.change(to, difference(from, to).changes);
    change(WHOLE, at(DEAD, 1_000));
    // A preferred leader comes back: nobody has stopped or started that one.
    const elected = { ...DEAD, partitions: [orders(0, 3, [1, 2, 3]), orders(1, 2, [1, 2, 3])] };
    change(
      { ...DEAD, partitions: [orders(0, 3, [1, 2, 3]), orders(1, 1, [1, 2, 3])] },
      at(elected, 9_000),
    );
    const back = { ...WHOLE, partitions: elected.partitions };
    change(elected, at(back, 20_000));
    change(
      { ...back, partitions: [orders(0, 1, [1, 2])] },
      at({ ...back, partitions: [orders(0, 1, [1, 2, 3])] }, 24_000),
    );
    expect(timeline.entries.map(({ text, after }) => [text, after])).toEqual([
      ['kafka3: 실행 중 → 멈춤', undefined],
      ['orders-1 리더: 1 → 2', undefined],
      ['kafka3: 멈춤 → 실행 중', undefined],
      ['kafka3: 요청에 응답', undefined],
      ['orders-0 ISR: 1,2 → 1,2,3', { broker: 'kafka3', milliseconds: 4_000 }],
    ]);
  });

  it('gives no time to what happened while the page was away', () => {
    const timeline = createTimeline();
    timeline.run(kill, 'kafka3 강제 종료');
    timeline.missed(at(EXPIRED, 5_000), difference(WHOLE, EXPIRED).changes);
    expect(timeline.entries.slice(1).map(({ text, after }) => [text, after])).toEqual([
      ['화면을 보지 않는 사이 · kafka3: 실행 중 → 멈춤', undefined],
      ['화면을 보지 않는 사이 · kafka3: 클러스터에서 빠짐', undefined],
      ['화면을 보지 않는 사이 · 컨트롤러: 3 → 1', undefined],
      ['화면을 보지 않는 사이 · orders-0·2 리더: 3 → 1', undefined],
      ['화면을 보지 않는 사이 · orders-0·1·2 ISR: 1,2,3 → 1,2', undefined],
    ]);
  });

  it('goes on on the next page of the tab, where the last one was left', () => {
    const first = createTimeline();
    first.run(kill, 'x');
    first.change(at(DEAD, 1_400), difference(WHOLE, DEAD).changes);
    const kept: typeof first.memory = JSON.parse(JSON.stringify(first.memory));
    const next = createTimeline(kept);
    // As the sidecar tells every page that comes.
    next.run({ ...kill, duration: 900 }, 'x');
    next.run({ ...kill, status: 'passed', duration: 1_000, exitCode: 0 }, 'x');
    next.change(at(EXPIRED, 19_400), difference(DEAD, EXPIRED).changes);
    expect(next.entries.map(({ text, after }) => [text, after?.milliseconds])).toEqual([
      ['실행: x', undefined],
      ['kafka3: 실행 중 → 멈춤', undefined],
      ['x: 성공 · 1.0초', undefined],
      ['kafka3: ZooKeeper 세션이 만료되어 클러스터에서 빠짐', 18_000],
      ['컨트롤러: 3 → 1', 18_000],
      ['orders-0·2 리더: 3 → 1', 18_000],
      ['orders-0·1·2 ISR: 1,2,3 → 1,2', 18_000],
    ]);
  });

  it('tells of no run that had ended before anybody looked', () => {
    const timeline = createTimeline();
    timeline.run({ ...kill, status: 'passed', exitCode: 0 }, 'x');
    expect(timeline.entries).toEqual([]);
  });

  it('is not put out by a clock that jumps back, and forgets the oldest', () => {
    const timeline = createTimeline();
    timeline.run({ ...kill, startedAt: 10_000 }, 'x');
    for (let count = 0; count < 300; count += 1)
      timeline.change(at(DEAD, 5_000), difference(WHOLE, at(DEAD, 5_000)).changes);
    expect(timeline.entries).toHaveLength(200);
    expect(
      timeline.entries.every(({ after }) => after === undefined || after.milliseconds >= 0),
    ).toBe(true);
  });
});
