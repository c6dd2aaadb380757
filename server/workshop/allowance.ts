/** How much of each person the log takes, so that nobody fills the disk that all write to. */
import type { ParticipantId } from './protocol.ts';

/**
 * KiB that have begun, of a person's events: at once, and again within a day. A step that is run is two of
 * them: this is a run every quarter of a minute for ten hours.
 */
export const ALLOWANCE = 5_000;

/** Of all people together: six thousand have a run a minute, at once and again within a day. 2 GB. */
const ROOM = 2_000_000;

/**
 * Of each person still, within a day, where that is used up: a few hundred who use it up keep nobody else
 * out. Beyond `ROOM`, the log takes this of each in the room, 2 GB, and of each who comes, one a second at
 * most (`arrivals.ts`): 0.4 MB a second on the disk, until the code is renewed.
 */
export const RESERVE = 300;

/** Milliseconds in which all of it is there again. */
const DAY = 24 * 3600 * 1000;

export interface Allowance {
  /** `false` where this would be too much: then it is not counted, either. */
  spend(person: ParticipantId, event: object): boolean;
  forget(person: ParticipantId): void;
}

interface Spent {
  readonly amount: number;
  /** By the clock. */
  readonly at: number;
}

/** `undefined` where that would be more than `most`. */
const more = ({ amount, at }: Spent, size: number, most: number, now: number) => {
  const rest = Math.max(0, amount - ((now - at) / DAY) * most);
  return rest + size > most ? undefined : { amount: rest + size, at: now };
};

/**
 * @param clock milliseconds.
 * @param room of all people together, as `ROOM`.
 */
export const createAllowance = (
  clock: () => number = () => performance.now(),
  room: number = ROOM,
): Allowance => {
  const spent = new Map<ParticipantId, Spent>();
  /** Of the reserve. */
  const beyond = new Map<ParticipantId, Spent>();
  let all: Spent = { amount: 0, at: clock() };
  return {
    spend: (person, event) => {
      const now = clock();
      const size = Math.ceil(Buffer.byteLength(JSON.stringify(event)) / 1024);
      const nothing: Spent = { amount: 0, at: now };
      const own = more(spent.get(person) ?? nothing, size, ALLOWANCE, now);
      if (own === undefined) return false;
      const together = more(all, size, room, now);
      if (together !== undefined) all = together;
      else {
        const reserve = more(beyond.get(person) ?? nothing, size, RESERVE, now);
        if (reserve === undefined) return false;
        beyond.set(person, reserve);
      }
      spent.set(person, own);
      return true;
    },
    forget: (person) => {
      spent.delete(person);
      beyond.delete(person);
    },
  };
};
