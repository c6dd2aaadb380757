import { describe, expect, it } from 'vitest';
import { lagOf, shownGroups } from '../../../src/client/group-render.ts';

const at = (partition: number) => ({ topic: 'orders', partition });
const member = (...partitions: number[]) => ({
  id: 'a',
  client: 'consumer',
  assigned: partitions.map(at),
});

describe('the lag of a group', () => {
  const ends = new Map([
    ['orders-0', 10],
    ['orders-1', 5],
    ['orders-2', null],
  ]);
  const committed = [
    { ...at(0), offset: 7 },
    { ...at(1), offset: 5 },
  ];

  it('is what was not committed as read', () => {
    expect(lagOf({ committed, members: [member(0, 1)] }, ends)).toBe(3);
  });

  it('is not known where a partition has no leader to tell its end', () => {
    const gone = [...committed, { ...at(2), offset: 1 }];
    expect(lagOf({ committed: gone, members: [] }, ends)).toBeUndefined();
  });

  it('is not known of a partition that is read, and of which nothing was committed', () => {
    expect(lagOf({ committed, members: [member(2)] }, ends)).toBeUndefined();
    expect(lagOf({ committed: [], members: [member(0)] }, ends)).toBeUndefined();
  });

  it('is none of a partition that was never written to', () => {
    const empty = new Map([...ends, ['orders-2', 0]] as const);
    expect(lagOf({ committed, members: [member(0, 1, 2)] }, empty)).toBe(3);
  });

  it('is not known while it rebalances, where somebody may get what nothing was committed of', () => {
    const waiting = [member(), member()];
    expect(lagOf({ committed: [], members: waiting }, ends)).toBeUndefined();
    expect(lagOf({ committed, members: waiting }, ends)).toBeUndefined();
    const two = new Map([...ends].slice(0, 2));
    expect(lagOf({ committed, members: waiting }, two)).toBe(3);
    expect(lagOf({ committed: [], members: [] }, ends)).toBeUndefined();
  });
});

describe('of many groups', () => {
  it('those are drawn that somebody is in, in their order', () => {
    const groups = Array.from({ length: 20 }, (_, index) => ({
      id: `g${index}`,
      state: 'Empty',
      stale: false,
      members: index === 12 || index === 3 ? [member(0)] : [],
      committed: [],
    }));
    expect(shownGroups(groups).map(({ id }) => id)).toEqual(['g0', 'g1', 'g2', 'g3', 'g4', 'g12']);
    expect(shownGroups(groups.slice(0, 3))).toHaveLength(3);
  });
});
