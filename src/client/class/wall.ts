/** What the wall shows of what is for the moment, and until when. */
import {
  isPast,
  type PollState,
  pollToday,
  type RoomState,
} from '../../../server/workshop/state.ts';

/** Milliseconds for which is said that the time is up: who comes back later knows. */
export const OVER = 120_000;

/** @param at by the hub's clock: milliseconds since 1970. */
export const timerOnWall = ({ timer }: RoomState, at: number): RoomState['timer'] =>
  timer !== null && at < timer.until + OVER ? timer : null;

/** One that has ended stays until the class goes on, also for a wall that is opened only then. */
export const pollOnWall = (room: RoomState): PollState | undefined => {
  const poll = pollToday(room);
  return poll === undefined || isPast(poll, room) ? undefined : poll;
};
