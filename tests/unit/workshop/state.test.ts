import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RoomEvent } from '../../../server/workshop/events.ts';
import type { Command } from '../../../server/workshop/protocol.ts';
import { apply, emptyRoom, pollToday, wasOpen } from '../../../server/workshop/state.ts';

const POLL = 'poll';

/** A room in which two have voted. */
const voted = () => {
  const room = emptyRoom();
  const options = ['1', '2'].map((value) => ({ value, label: value }));
  const events: RoomEvent[] = [
    ...['하나', '둘'].map(
      (participant): RoomEvent => ({
        kind: 'joined',
        at: 1,
        participant,
        nickname: participant,
        lab: 'none',
      }),
    ),
    {
      kind: 'commanded',
      at: 2,
      command: { kind: 'poll', poll: POLL, step: null, question: '리더는?', options },
    },
    ...['하나', '둘'].map((participant) => vote(participant, '1')),
  ];
  for (const event of events) apply(room, event);
  return room;
};
const vote = (participant: string, value: string): RoomEvent => ({
  kind: 'reported',
  at: 3,
  participant,
  report: { kind: 'vote', poll: POLL, value },
});

it('a vote counts until its poll has ended', () => {
  const room = voted();
  apply(room, vote('하나', '2'));
  apply(room, { kind: 'commanded', at: 4, command: { kind: 'poll-end', poll: POLL } });
  apply(room, vote('둘', '2'));
  expect(room.polls[0]?.votes).toEqual({ 하나: '2', 둘: '1' });
});

it.each(['left', 'removed'] as const)('the votes of whoever has %s go with them', (kind) => {
  const room = voted();
  apply(room, { kind, at: 4, participant: '하나' });
  expect(room.polls[0]?.votes).toEqual({ 둘: '1' });
});

it('was open at a time where the last that was done before was to open it', () => {
  // Opened twice, its hub was killed between.
  const doings = fc.array(
    fc.record({ kind: fc.constantFrom('opened', 'closed'), pause: fc.integer({ min: 1, max: 3 }) }),
  );
  fc.assert(
    fc.property(doings, (done) => {
      const room = emptyRoom();
      const open: boolean[] = [];
      for (const { kind, pause } of done) {
        for (let rest = pause; rest > 0; rest -= 1) open.push(open.at(-1) ?? false);
        const at = open.length;
        apply(room, kind === 'opened' ? { kind, at, name: '1반' } : { kind: 'closed', at });
        open.push(kind === 'opened');
      }
      expect(open.map((_, at) => wasOpen(room, at))).toEqual(open);
    }),
  );
});

it('an orderly close ends what was for the moment, and a hub that is killed nothing', () => {
  const room = voted();
  const events: RoomEvent[] = [
    { kind: 'opened', at: 0, name: '1반' },
    { kind: 'commanded', at: 4, command: { kind: 'announce', text: '점심은 12시입니다' } },
    { kind: 'commanded', at: 4, command: { kind: 'timer', seconds: 60, label: '훈련' } },
    {
      kind: 'reported',
      at: 4,
      participant: '하나',
      report: { kind: 'hand', up: true, step: null },
    },
    {
      kind: 'commanded',
      at: 5,
      command: {
        ...{ kind: 'poll', poll: 'next', step: null, question: '그럼?' },
        options: ['1', '2'].map((value) => ({ value, label: value })),
      },
    },
  ];
  for (const event of events) apply(room, event);
  const asked = room.polls.at(-1);
  apply(room, { kind: 'opened', at: 6, name: '1반' });
  expect(room).toMatchObject({ announcement: { at: 4 }, timer: { label: '훈련' } });
  expect(room.participants.하나?.hand).not.toBe(null);
  expect(pollToday(room)).toBe(asked);
  expect(asked?.open).toBe(true);
  apply(room, { kind: 'closed', at: 7 });
  apply(room, { kind: 'opened', at: 8, name: '1반' });
  expect([room.announcement, room.timer, room.participants.하나?.hand]).toEqual([null, null, null]);
  expect(asked?.open).toBe(false);
  // It is not today's: of the day before, what came of it is kept.
  expect(pollToday(room)).toBe(undefined);
  expect(room.polls[0]?.votes).toEqual({ 하나: '1', 둘: '1' });
});

it('what was said for the moment after an orderly close is over on the next day, too', () => {
  const room = voted();
  const next: Command = {
    ...{ kind: 'poll', poll: 'next', step: null, question: '그럼?' },
    options: ['1', '2'].map((value) => ({ value, label: value })),
  };
  const events: RoomEvent[] = [
    { kind: 'opened', at: 0, name: '1반' },
    { kind: 'closed', at: 4 },
    {
      kind: 'reported',
      at: 5,
      participant: '하나',
      report: { kind: 'hand', up: true, step: null },
    },
    { kind: 'commanded', at: 5, command: { kind: 'announce', text: '점심은 12시입니다' } },
    { kind: 'commanded', at: 5, command: { kind: 'timer', seconds: 60, label: '훈련' } },
    { kind: 'commanded', at: 5, command: next },
    { kind: 'opened', at: 6, name: '1반' },
  ];
  for (const event of events) apply(room, event);
  expect([room.announcement, room.timer, room.participants.하나?.hand]).toEqual([null, null, null]);
  expect(room.polls.map(({ open }) => open)).toEqual([false, false]);
});
