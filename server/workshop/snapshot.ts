/** All that there is, for a presenter's page that comes: in pieces that a network and a page can take. */
import type { PresenterUpdate } from './presenter.ts';
import type { RoomState } from './state.ts';

/** People in one: each is 13 kB who has done all steps, and 60 kB at most. */
const PIECE = 50;

type Snapshot = Extract<PresenterUpdate, { type: 'room.snapshot' }>;

/** @param rest what is known besides the room's state. */
export function* snapshotOf(
  { participants, ...state }: RoomState,
  rest: Omit<Snapshot, 'type' | 'state'>,
): Generator<PresenterUpdate> {
  const people = Object.entries(participants);
  for (let at = 0; at < people.length; at += PIECE) {
    const piece = Object.fromEntries(people.slice(at, at + PIECE));
    yield { type: 'room.people', first: at === 0, participants: piece };
  }
  yield { type: 'room.snapshot', state, ...rest };
}
