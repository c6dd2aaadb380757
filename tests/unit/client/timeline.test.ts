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
const ENDED = { container: 'exited', state: 'down' } as const;
const ONE_OUT = WHOLE.brokers.map((each) =>
  each.name === 'kafka1' ? broker('kafka1', { container: 'exited', state: 'down' }) : each,
);
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

  it('tell a leader that is the preferred one where the one before could lead as well', () => {
    const led = (leader: number | null, ids: number[]): ClusterState => ({
      ...WHOLE,
      partitions: [orders(0, leader, ids)],
    });
    expect(words(led(2, [1, 2]), led(1, [1, 2]))).toEqual(['orders-0 리더: 2 → 1 (우선 리더)']);
    expect(words(led(1, [1, 2]), led(2, [1, 2]))).toEqual(['orders-0 리더: 1 → 2']);
    expect(words(led(null, [1]), led(1, [1]))).toEqual(['orders-0 리더: 없음 → 1']);
  });

  it('tell a leader that is none, and a topic that comes and goes', () => {
    const none = { ...WHOLE, partitions: [orders(0, null, [3])] };
    expect(words({ ...none, partitions: [orders(0, 3, [3])] }, none)).toEqual([
      'orders-0 리더: 3 → 없음',
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

  it('tell its end once, and of many in one sentence', () => {
    const [there, dead] = [group('Empty', {}), group('Dead', {})];
    const none = { ...there, groups: [] };
    expect([words(there, dead), words(dead, none), words(there, none)]).toEqual([
      ['g: 그룹 없어짐'],
      [],
      ['g: 그룹 없어짐'],
    ]);
    const many = {
      ...there,
      groups: Array.from({ length: 20 }, (_, index) => ({ ...there.groups[0], id: `g${index}` })),
    } as ClusterState;
    expect(words(none, many)).toEqual(['g0 외 19개 그룹: 그룹 생김']);
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
    // What the reader looks for is not among the others.
    expect(wordsFor(changes, { isOfPage: (topic) => topic === 't7' })).toEqual([
      't7-0 삭제됨',
      't0 외 48개 토픽 삭제됨',
    ]);
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
  command: 'docker kill kafka3',
  status,
  acts: true,
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
      ['실행: kafka3 강제 종료 (docker kill kafka3)', undefined],
      ['kafka3: 실행 중 → 멈춤', 400],
      ['kafka3 강제 종료: 성공\u00a0· 0.5초', undefined],
      ['kafka3: ZooKeeper 세션이 만료되어 클러스터에서 빠짐', 18_100],
      ['컨트롤러: 3 → 1', 18_100],
      ['orders-0·2 리더: 3 → 1', 18_100],
      ['orders-0·1·2 ISR: 1,2,3 → 1,2', 18_100],
    ]);
  });

  it('has of each run how it stood, and of a change nothing of the kind', () => {
    const failed = { ...ran(1_500, 'running'), status: 'failed' } as Happening;
    const { entries } = createTimeline([
      ran(1_000, 'running'),
      change(WHOLE, at(DEAD, 1_400)),
      failed,
    ]);
    expect(entries.map(({ status }) => status)).toEqual(['running', undefined, 'failed']);
  });

  it('counts from the run in whose time something was, where that is one, and nothing else is known', () => {
    const moved = { ...WHOLE, partitions: [orders(0, 1, [1, 2]), ...WHOLE.partitions.slice(1)] };
    const last = (...runs: Happening[]) =>
      createTimeline([...runs, change(WHOLE, at(moved, 1_210))]).entries.at(-1)?.after;
    const other = { ...ran(500, 'running'), title: '목록' };
    const ended = { ...ran(1_100, 'passed'), title: '목록' };
    const mine = ran(1_000, 'running');
    expect(last(mine)).toEqual({ what: '실행 시작', milliseconds: 210 });
    expect(last(other, mine)).toBeUndefined();
    expect(last(other, mine, ended)).toEqual({ what: '실행 시작', milliseconds: 210 });
    expect(last({ ...other, acts: false } as Happening)).toBeUndefined();
    expect(last()).toBeUndefined();
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
      ['orders-0 ISR: 1,2 → 1,2,3', { what: 'kafka3 시작', milliseconds: 4_000 }],
    ]);
  });

  const isr = (...ids: number[]): ClusterState => ({ ...WHOLE, partitions: [orders(0, 1, ids)] });
  const out = (state: ClusterState): ClusterState => ({ ...state, brokers: DEAD.brokers });

  it('counts a return to the ISR from the start once, and not when the broker has only lagged', () => {
    const timeline = createTimeline([
      change(out(isr(1, 2)), at(isr(1, 2), 1_000)),
      change(isr(1, 2), at(isr(1, 2, 3), 9_000)),
      change(isr(1, 2, 3), at(isr(1, 2), 80_000)),
      change(isr(1, 2), at(isr(1, 2, 3), 90_000)),
    ]);
    expect(timeline.entries.slice(-3).map(({ text, after }) => [text, after])).toEqual([
      ['orders-0 ISR: 1,2 → 1,2,3', { what: 'kafka3 시작', milliseconds: 8_000 }],
      ['orders-0 ISR: 1,2,3 → 1,2', undefined],
      ['orders-0 ISR: 1,2 → 1,2,3', undefined],
    ]);
    // Back before anybody had noticed: never out of the ISR, until it lags.
    const quick = createTimeline([
      change(isr(1, 2, 3), at(out(isr(1, 2, 3)), 1_000)),
      change(out(isr(1, 2, 3)), at(isr(1, 2, 3), 2_000)),
      change(isr(1, 2, 3), at(isr(1, 2), 80_000)),
      change(isr(1, 2), at(isr(1, 2, 3), 90_000)),
    ]);
    expect(quick.entries.slice(-2).map(({ after }) => after)).toEqual([undefined, undefined]);
  });

  it('counts from nothing what has a reason of its own, or two', () => {
    const replicas = (ids: number[], ...in_: number[]): ClusterState => ({
      ...WHOLE,
      partitions: [{ ...orders(0, 1, in_), replicas: ids }],
    });
    const started = change(out(replicas([1, 2], 1, 2)), at(replicas([1, 2], 1, 2), 1_000));
    // kafka3 becomes a replica long after its start.
    for (const steps of [
      [replicas([1, 2], 1, 2), replicas([1, 2, 3], 1, 2), replicas([1, 2, 3], 1, 2, 3)],
      [replicas([1, 2], 1, 2), replicas([1, 2, 3], 1, 2, 3)],
    ]) {
      const timeline = createTimeline([started]);
      for (const [index, to] of steps.entries()) {
        const from = steps[index - 1];
        if (from !== undefined) timeline.add(change(from, at(to, 90_000 + index)));
      }
      expect(timeline.entries.at(-1)).toMatchObject({ after: undefined });
    }
    const both = { ...isr(1, 2, 3), brokers: DEAD.brokers.map((each) => ({ ...each, ...ENDED })) };
    const two = createTimeline([
      change(isr(1, 2, 3), at(both, 1_000)),
      change(both, at({ ...both, partitions: isr(1).partitions }, 20_000)),
    ]);
    expect(two.entries.at(-1)).toMatchObject({ text: 'orders-0 ISR: 1,2,3 → 1', after: undefined });
  });

  it('counts from who was lost where the next leader was there all the time', () => {
    const led = (leader: number | null, ids: number[]): ClusterState => ({
      ...WHOLE,
      partitions: [orders(0, leader, ids)],
    });
    // kafka1 has come back a while ago; then kafka3 ends.
    const timeline = createTimeline([
      change({ ...led(3, [1, 3]), brokers: ONE_OUT }, at(led(3, [1, 3]), 1_000)),
      change(led(3, [1, 3]), at(out(led(3, [1, 3])), 50_000)),
      change(out(led(3, [1, 3])), at(out(led(null, [1, 3])), 64_000)),
      change(out(led(null, [1, 3])), at(out(led(1, [1])), 64_500)),
    ]);
    expect(timeline.entries.slice(-2).map(({ text, after }) => [text, after])).toEqual([
      ['orders-0 리더: 없음 → 1', { what: 'kafka3 멈춤', milliseconds: 14_500 }],
      ['orders-0 ISR: 1,3 → 1', { what: 'kafka3 멈춤', milliseconds: 14_500 }],
    ]);
    // The other way round: it comes back to a partition that nobody leads.
    const back = createTimeline([
      change(led(3, [3]), at(out(led(null, [3])), 1_000)),
      change(out(led(null, [3])), at(led(null, [3]), 20_000)),
      change(led(null, [3]), at(led(3, [3]), 24_000)),
    ]);
    expect(back.entries.at(-1)?.after).toEqual({ what: 'kafka3 시작', milliseconds: 4_000 });
  });

  it('counts the session of a broker that flaps from its first end', () => {
    const [up, dead] = [isr(1, 2, 3), out(isr(1, 2, 3))];
    const starting = {
      ...up,
      brokers: up.brokers.map((each) =>
        each.name === 'kafka3' ? { ...each, state: 'starting' as const } : each,
      ),
    };
    const timeline = createTimeline([
      change(up, at(dead, 1_000)),
      change(dead, at(starting, 3_000)),
      change(starting, at(dead, 15_000)),
    ]);
    // Also while it starts anew: Kafka counts on the one before.
    const again = createTimeline([change(up, at(dead, 1_000)), change(dead, at(starting, 3_000))]);
    expect(again.waiting(at(starting, 9_000))).toEqual([{ broker: 'kafka3', milliseconds: 8_000 }]);
    expect(timeline.waiting(at(dead, 17_000))).toEqual([
      { broker: 'kafka3', milliseconds: 16_000 },
    ]);
    timeline.add(change(dead, at(EXPIRED, 17_500)));
    expect(timeline.entries.find(({ text }) => text.includes('만료'))).toMatchObject({
      after: { what: 'kafka3 멈춤', milliseconds: 16_500 },
    });
  });

  it('counts the wait for a session from when ZooKeeper is there to let it expire', () => {
    const dead = out(isr(1, 2, 3));
    const alone = { ...dead, zookeeper: 'exited' as const };
    const timeline = createTimeline([
      change(isr(1, 2, 3), at(alone, 1_000)),
      change(alone, at(dead, 80_000)),
    ]);
    expect(timeline.waiting(at(alone, 70_000))).toEqual([]);
    expect(timeline.waiting(at(dead, 85_000))).toEqual([{ broker: 'kafka3', milliseconds: 5_000 }]);
  });

  it('counts a broker that stops to answer from nothing', () => {
    const starting = {
      ...WHOLE,
      brokers: DEAD.brokers.map((each) =>
        each.name === 'kafka3' ? broker('kafka3', { state: 'silent' }) : each,
      ),
    };
    const timeline = createTimeline([
      change(DEAD, at(WHOLE, 1_000)),
      change(WHOLE, at(starting, 9_000)),
    ]);
    expect(timeline.entries.at(-1)).toMatchObject({
      text: 'kafka3: 응답하지 않음',
      after: undefined,
    });
  });

  it('gives no time to what happened while nobody looked', () => {
    const timeline = createTimeline([change(WHOLE, at(EXPIRED, 5_000), false)]);
    expect(timeline.entries.every(({ missed }) => missed)).toBe(true);
    expect(timeline.entries.map(({ text, after }) => [text, after])).toEqual([
      ['화면을 보지 않는 사이 · kafka3: 실행 중 → 멈춤', undefined],
      ['화면을 보지 않는 사이 · kafka3: 클러스터에서 빠짐', undefined],
      ['화면을 보지 않는 사이 · 컨트롤러: 3 → 1', undefined],
      ['화면을 보지 않는 사이 · orders-0·2 리더: 3 → 1', undefined],
      ['화면을 보지 않는 사이 · orders-0·1·2 ISR: 1,2,3 → 1,2', undefined],
    ]);
  });

  it('follows nothing through a gap in which it was told of nothing', () => {
    const timeline = createTimeline([change(WHOLE, at(DEAD, 1_400))]);
    timeline.add({ kind: 'gap', at: 9_000, date: 9_000 });
    expect(timeline.entries.map(({ text }) => text)).toEqual([
      'kafka3: 실행 중 → 멈춤',
      '이 사이에 수업 밖에서 일어난 일은 여기에 없습니다.',
    ]);
    expect(timeline.waiting(at(DEAD, 18_400))).toEqual([]);
  });

  it('forgets the oldest', () => {
    const timeline = createTimeline();
    for (let count = 0; count < 300; count += 1) timeline.add(ran(count, 'running'));
    expect(timeline.entries).toHaveLength(200);
    expect(timeline.entries.at(-1)?.at).toBe(299);
  });
});
