import { expect, it } from 'vitest';
import type { ClusterDifference, ClusterState } from '../../../server/protocol.ts';
import { effectLine } from '../../../src/client/run-effect.ts';

type Broker = ClusterState['brokers'][number];
type Partition = ClusterState['partitions'][number];

const broker = (to: Partial<Broker>): Broker => ({
  name: 'kafka1',
  container: 'running',
  state: 'up',
  registered: true,
  ...to,
});
const partition = (leader: number, isr: number[]): Partition => ({
  topic: 'orders',
  partition: 0,
  leader,
  replicas: [1, 2, 3],
  isr,
  end: 0,
});
const DEAD: readonly ClusterDifference[] = [
  {
    kind: 'broker',
    from: broker({}),
    to: broker({ container: 'exited', state: 'down', registered: false }),
  },
  { kind: 'controller', from: 1, to: 2 },
  { kind: 'partition', from: partition(1, [1, 2, 3]), to: partition(2, [2, 3]) },
];

it('tells first what became of partitions, then of who had to do with it', () => {
  const line =
    '실행 전과 견주어 달라진 것 — orders-0 리더: 1 → 2 · orders-0 ISR: 1,2,3 → 2,3 · kafka1: 실행 중 → 멈춤 · kafka1: 클러스터에서 빠짐';
  expect(effectLine(DEAD, () => false)).toEqual({ text: line, whole: `${line} · 컨트롤러: 1 → 2` });
});

it('tells what cannot be read any more before all else', () => {
  const lost: ClusterDifference = {
    kind: 'partition',
    from: { ...partition(1, [1]), topic: 'solo' },
    to: { ...partition(1, [1]), topic: 'solo', leader: null },
  };
  expect(effectLine([...DEAD, lost], (topic) => topic === 'orders').text).toContain(
    '달라진 것 — solo-0 리더: 1 → 없음 · orders-0 리더: 1 → 2',
  );
});

it('says so where nothing is different', () => {
  expect(effectLine([], () => false).text).toContain('달라진 것이 없습니다');
});

it('says nothing of who is counted on where nobody told before, or tells now', () => {
  const [from, to] = [broker({ registered: null }), broker({})];
  expect(effectLine([{ kind: 'broker', from, to }], () => false).text).toBe('');
  expect(effectLine([{ kind: 'broker', from: to, to: from }], () => false).text).toBe('');
});
