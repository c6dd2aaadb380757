import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RoomEvent } from '../../../server/workshop/events.ts';
import { apply, emptyRoom, wasOpen } from '../../../server/workshop/state.ts';

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
