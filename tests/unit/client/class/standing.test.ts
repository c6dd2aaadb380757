import { describe, expect, it } from 'vitest';
import type { RoomEvent } from '../../../../server/workshop/events.ts';
import { BRIEF } from '../../../../server/workshop/presence.ts';
import type { Participant } from '../../../../server/workshop/state.ts';
import { countThere } from '../../../../src/client/class/away.ts';
import { causesOf } from '../../../../src/client/class/causes.ts';
import type { Class } from '../../../../src/client/class/feed.ts';
import { PAGE, rowsOf } from '../../../../src/client/class/rows.ts';
import {
  inOrder,
  LONG,
  retryingSince,
  slowSince,
  stuckSince,
} from '../../../../src/client/class/standing.ts';
import { matrix } from '../../../../src/strings/class.ts';
import { hand, joined, MINUTE, progress, roomOf } from './class-of.ts';

const NOW = 60 * MINUTE;

const person = (...events: readonly RoomEvent[]): Participant => {
  const found = roomOf([joined('a'), ...events]).participants.a;
  if (found === undefined) throw new Error('nobody has joined');
  return found;
};
const stuck = (...events: readonly RoomEvent[]) => stuckSince(person(...events));
const slow = (...events: readonly RoomEvent[]) => slowSince(person(...events), NOW);

describe('who is stuck', () => {
  it('is who failed, since they began to try it', () => {
    expect(stuck(progress('a', 10 * MINUTE, 'running'), progress('a', 11 * MINUTE, 'failed'))).toBe(
      10 * MINUTE,
    );
  });

  it('is so for longer, not anew, after trying again', () => {
    const failing = [
      progress('a', 10 * MINUTE, 'failed'),
      progress('a', 20 * MINUTE, 'running'),
      progress('a', 21 * MINUTE, 'failed'),
    ];
    expect(stuck(...failing)).toBe(10 * MINUTE);
    expect(stuck(...failing, progress('a', NOW - 1, 'passed'))).toBe(null);
  });

  it('is not who tries again, as no cause of failures counts them, until that fails', () => {
    const again = [
      joined('a'),
      progress('a', 10 * MINUTE, 'failed'),
      progress('a', 20 * MINUTE, 'running'),
    ];
    const trying = person(...again);
    expect([stuckSince(trying), retryingSince(trying)]).toEqual([null, 10 * MINUTE]);
    expect(causesOf(roomOf(again))).toEqual([]);
    expect(retryingSince(person(progress('a', 20 * MINUTE, 'running')))).toBe(null);
    expect(matrix.retrying(10 * MINUTE)).toBe('다시 시도 중 · 10분째');
    // In the order of rows, it is what it was until it passes.
    const failed = [joined('b'), progress('b', 15 * MINUTE, 'failed')];
    expect(inOrder(roomOf([...failed, ...again]), NOW)).toEqual(['a', 'b']);
  });

  it('is not who got further elsewhere', () => {
    const further = progress('a', 12 * MINUTE, 'passed', { step: 'topics/describe' });
    expect(stuck(progress('a', 10 * MINUTE, 'failed'), further)).toBe(null);
  });

  it('is also who stops what ran on beside that', () => {
    const failed = [
      progress('a', 9 * MINUTE, 'passed', { step: 'examples/consume', background: true }),
      progress('a', 10 * MINUTE, 'failed'),
    ];
    const stopped = progress('a', 11 * MINUTE, 'passed', { step: 'examples/consume' });
    expect(stuck(...failed, stopped)).toBe(10 * MINUTE);
    const { 'examples/consume': consume } = person(...failed, stopped).steps;
    expect(consume).toEqual({ status: 'passed', reason: null, since: 9 * MINUTE });
  });

  it('is not who runs something for longer than it should take: nothing has failed', () => {
    expect(slow(progress('a', NOW - LONG + 1, 'running'))).toBe(null);
    const long = progress('a', NOW - LONG, 'running');
    expect([stuck(long), slow(long)]).toEqual([null, NOW - LONG]);
    const again = [progress('a', 10 * MINUTE, 'failed'), progress('a', 20 * MINUTE, 'running')];
    expect([stuck(...again), slow(...again)]).toEqual([null, null]);
  });

  it('is nobody who has done nothing yet', () => {
    expect([stuck(), slow()]).toEqual([null, null]);
  });
});

describe('the order of the rows', () => {
  const room = roomOf([
    ...['가', '나', '다', '라', '마', '바'].map((name) => joined(name)),
    progress('나', 50 * MINUTE, 'failed'),
    progress('다', 40 * MINUTE, 'failed'),
    progress('바', 59 * MINUTE, 'passed'),
    hand('마', 58 * MINUTE),
    hand('라', 57 * MINUTE),
  ]);
  const now: Class = {
    room,
    online: new Set('가나다라마바'),
    leftAt: new Map(),
    join: { addresses: [], code: '', link: '', expiresAt: 0, shut: null },
    ahead: 0,
  };
  const wanted = { filter: undefined, search: '', page: 0, held: undefined };

  it('has hands on top, then who is stuck for longest, then the others by name', () => {
    expect(inOrder(room, NOW)).toEqual(['라', '마', '다', '나', '가', '바']);
  });

  it('has who runs something for long among those who are stuck', () => {
    const running = [joined('사'), progress('사', 45 * MINUTE, 'running')];
    const failed = [joined('가'), joined('나'), progress('나', 50 * MINUTE, 'failed')];
    expect(inOrder(roomOf([...failed, ...running]), NOW)).toEqual(['사', '나', '가']);
  });

  it('has who is away after all others, once they have been so for a while', () => {
    const left = { ...now, online: new Set('가다마'), leftAt: new Map([['라', NOW]]) };
    const order = (at: number) => rowsOf(left, at, wanted).order;
    // One has just gone, perhaps to another page; of the others, nobody knows since when.
    expect(order(NOW)).toEqual(['라', '마', '다', '가', '나', '바']);
    expect(order(NOW + BRIEF)).toEqual(['마', '다', '가', '라', '나', '바']);
    expect([NOW, NOW + BRIEF].map((at) => countThere(left, at))).toEqual([4, 3]);
  });

  it('stays as it is while it is held, whoever has come since at its end', () => {
    const held = ['가', '나', '다', '라', '마'];
    expect(rowsOf(now, NOW, { ...wanted, held }).ids).toEqual([...held, '바']);
  });

  it('leaves out who is not looked for', () => {
    const filter = { key: 'k', title: '', people: () => ['나', '가'] };
    expect(rowsOf(now, NOW, { ...wanted, filter }).ids).toEqual(['나', '가']);
    expect(rowsOf(now, NOW, { ...wanted, search: ' 바 ' }).ids).toEqual(['바']);
  });

  it('finds a name however its letters were put together', () => {
    expect(rowsOf(now, NOW, { ...wanted, search: '바'.normalize('NFD') }).ids).toEqual(['바']);
  });

  it('is cut into pages, and shows the last one where there are no more', () => {
    const crowd = Array.from({ length: PAGE + 20 }, (_, index) => joined(`p${index}`));
    const many = { ...now, room: roomOf(crowd) };
    const { ids, order, page } = rowsOf(many, NOW, { ...wanted, page: 7 });
    expect([ids.length, order.length, page]).toEqual([20, PAGE + 20, 1]);
    expect(rowsOf(many, NOW, { ...wanted, page: 1, held: order }).ids).toEqual(ids);
  });
});
