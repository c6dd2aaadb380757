/** When many came in at once: who has the code, and no place here, comes with a crowd. */
import type { RoomState } from '../../../server/workshop/state.ts';

/** People in a minute: a class that comes in has hardly more, and of fewer, each is shown out by name. */
const CROWD = 30;

/** Milliseconds for which that is of interest: longer, and the clock alone does not say when. */
const LATELY = 12 * 3600_000;

/** As many as are looked through. */
const MOST = 10;

const MINUTE = 60_000;

export interface Late {
  /** A full minute, in milliseconds since 1970. */
  readonly since: number;
  /** People who have joined since then. */
  readonly count: number;
  /** Of them, within that minute. */
  readonly crowd: number;
}

/**
 * The minutes in which most came, the last first.
 *
 * @param at milliseconds since 1970, by the hub's clock.
 */
export const lateOf = ({ participants }: Pick<RoomState, 'participants'>, at: number): Late[] => {
  const minutes = new Map<number, number>();
  for (const { joinedAt } of Object.values(participants)) {
    const since = joinedAt - (joinedAt % MINUTE);
    if (at - since < LATELY) minutes.set(since, (minutes.get(since) ?? 0) + 1);
  }
  let count = 0;
  return [...minutes]
    .toSorted(([left], [right]) => right - left)
    .map(([since, crowd]) => {
      count += crowd;
      return { since, count, crowd };
    })
    .filter(({ crowd }) => crowd > CROWD)
    .toSorted((left, right) => right.crowd - left.crowd)
    .slice(0, MOST)
    .toSorted((left, right) => right.since - left.since);
};
