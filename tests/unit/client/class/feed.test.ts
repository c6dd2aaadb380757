import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, RoomEvent } from '../../../../server/workshop/events.ts';
import type { PresenceTold, PresenterUpdate } from '../../../../server/workshop/presenter.ts';
import { snapshotOf } from '../../../../server/workshop/snapshot.ts';
import { createFeed, type Feed, type RoomUpdate } from '../../../../src/client/class/feed.ts';
import { hand, joined, progress, reported, roomOf } from './class-of.ts';

const join = {
  addresses: ['http://192.168.0.7:4330'],
  code: 'ABCD-EFGH',
  link: '',
  expiresAt: 9,
  shut: null,
};

/** As it comes over the wire: a copy, in pieces. */
const snapshot = (events: readonly RoomEvent[]): PresenterUpdate[] => [
  ...snapshotOf(structuredClone(roomOf(events)), {
    seq: events.length,
    presence: { online: ['a'], left: { b: 4_000 } },
    join,
    now: 5_000,
  }),
];

/** The answer to the last. */
const receiveAll = (feed: Feed, updates: readonly PresenterUpdate[]): boolean =>
  updates.map((update) => feed.receive(update as RoomUpdate)).at(-1) ?? false;

const news = (entries: readonly Entry[], presence: PresenceTold | null = null) =>
  ({ type: 'room.events', entries, presence, now: 6_000 }) as const;

const person = fc.constantFrom('a', 'b', 'c');
const step = fc.constantFrom('topics/list', 'failures/drill');
const at = fc.nat(1_000);
const event: fc.Arbitrary<RoomEvent> = fc.oneof(
  fc.tuple(person, at).map(([who, when]) => joined(who, when)),
  fc
    .tuple(person, at, fc.constantFrom('running', 'passed', 'failed', 'stopped'), step)
    .map(([who, when, status, where]) => progress(who, when, status, { step: where })),
  fc.tuple(person, at, fc.boolean()).map(([who, when, up]) => hand(who, when, up)),
  fc
    .tuple(person, at)
    .map(([participant, when]): RoomEvent => ({ kind: 'left', participant, at: when })),
  fc
    .tuple(person, at)
    .map(([participant, when]): RoomEvent => ({ kind: 'removed', participant, at: when })),
  fc.tuple(person, at).map(
    ([participant, when]): RoomEvent => ({
      kind: 'commanded',
      at: when,
      command: { kind: 'claim', participant },
    }),
  ),
  fc.tuple(at, fc.constantFrom('p', 'q')).map(
    ([when, poll]): RoomEvent => ({
      kind: 'commanded',
      at: when,
      command: {
        kind: 'poll',
        poll,
        step: null,
        question: '?',
        options: [
          { value: '1', label: '하나' },
          { value: '2', label: '둘' },
        ],
      },
    }),
  ),
  fc
    .tuple(person, at, fc.constantFrom('p', 'q'), fc.constantFrom('1', '2', '3'))
    .map(([who, when, poll, value]) => reported(who, when, { kind: 'vote', poll, value })),
);

describe('what a presenter’s page knows of the room', () => {
  it('is what the hub knows, whenever the page came and however the news were gathered', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), fc.nat(60), cuts, (events, came, sizes) => {
        const first = Math.min(came, events.length);
        const feed = createFeed(() => 0);
        expect(receiveAll(feed, snapshot(events.slice(0, first)))).toBe(true);
        let next = first;
        for (const size of sizes) {
          // The last one again: told twice, it counts once.
          const from = Math.max(0, next - 1);
          const entries = events
            .slice(from, next + size)
            .map((each, index) => ({ seq: from + index + 1, event: each }));
          expect(feed.receive(news(entries))).toBe(true);
          next = Math.min(events.length, next + size);
        }
        expect(feed.class?.room).toEqual(roomOf(events));
      }),
    );
  });

  it('is not told of as whole when something was missed, until a new snapshot', () => {
    const feed = createFeed(() => 0);
    expect(feed.receive(news([{ seq: 1, event: joined('a') }]))).toBe(false);
    receiveAll(feed, snapshot([joined('a')]));
    expect(feed.receive(news([{ seq: 3, event: joined('c') }]))).toBe(false);
    expect(receiveAll(feed, snapshot([joined('a'), joined('b'), joined('c')]))).toBe(true);
    expect(Object.keys(feed.class?.room.participants ?? {})).toEqual(['a', 'b', 'c']);
  });

  it('is whole with the last piece alone, and forgets pieces of a snapshot that broke off', () => {
    const crowd = Array.from({ length: 120 }, (_, index) => joined(`${index}`));
    const pieces = snapshot(crowd);
    expect(pieces.map(({ type }) => type)).toEqual([
      'room.people',
      'room.people',
      'room.people',
      'room.snapshot',
    ]);
    const feed = createFeed(() => 0);
    receiveAll(feed, pieces.slice(0, 2));
    expect(feed.class).toBeUndefined();
    expect(receiveAll(feed, snapshot([joined('a')]))).toBe(true);
    expect(feed.class?.room).toEqual(roomOf([joined('a')]));
    receiveAll(feed, pieces);
    expect(feed.class?.room).toEqual(roomOf(crowd));
  });

  it('ends with the class what was for the moment', () => {
    const feed = createFeed(() => 0);
    receiveAll(feed, snapshot([joined('a'), hand('a', 1)]));
    feed.close();
    expect(feed.class?.room.participants.a).toMatchObject({ nickname: 'a', hand: null });
  });

  it('has the code that is right now', () => {
    const feed = createFeed(() => 0);
    receiveAll(feed, snapshot([joined('a')]));
    const other = { ...join, code: 'JKMN-PQRS' };
    expect(feed.receive({ type: 'room.code', join: other, now: 1 })).toBe(true);
    expect(feed.class?.join.code).toBe('JKMN-PQRS');
    expect(feed.receive(news([{ seq: 2, event: joined('b') }]))).toBe(true);
    expect(feed.class?.join.code).toBe('JKMN-PQRS');
  });

  it('keeps who is connected until it is told otherwise, and the hub’s clock', () => {
    const feed = createFeed(() => 1_000);
    receiveAll(feed, snapshot([joined('a')]));
    feed.receive(news([]));
    expect([...(feed.class?.online ?? [])]).toEqual(['a']);
    expect(feed.class?.ahead).toBe(5_000);
    expect([...(feed.class?.leftAt ?? [])]).toEqual([['b', 4_000]]);
    feed.receive(news([], { online: [], left: { a: 6_000 } }));
    expect([...(feed.class?.online ?? [])]).toEqual([]);
    expect([...(feed.class?.leftAt ?? [])]).toEqual([['a', 6_000]]);
  });
});
