/** What participants see of a room: of others, nothing. */
import type { Poll, RoomView } from './protocol.ts';
import type { Screen } from './screen.ts';
import { isPast, type PollState, pollToday, type RoomState } from './state.ts';

export const viewOf = (
  room: RoomState,
  { presented, shown, elsewhere, ran }: Pick<Screen, 'presented' | 'shown' | 'elsewhere' | 'ran'>,
  now: number,
): RoomView => ({
  type: 'room.view',
  name: room.name,
  place: room.place,
  moves: room.moves,
  announcement: room.announcement,
  timer: room.timer,
  now,
  poll: pollOf(room),
  presented,
  shown,
  elsewhere,
  ran,
});

const pollOf = (room: RoomState): Poll | null => {
  const state = pollToday(room);
  if (state === undefined) return null;
  const { poll, step, question, options, open, outcome } = state;
  // Told earlier, it would sway those who have yet to answer.
  const counts = open ? null : countVotes(state);
  return { poll, step, question, options, open, counts, outcome, past: isPast(state, room) };
};

/** By option, also one that nobody chose. */
export const countVotes = ({ options, votes }: Pick<PollState, 'options' | 'votes'>) => {
  const counts = new Map(options.map(({ value }) => [value, 0]));
  for (const value of Object.values(votes)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(counts);
};
