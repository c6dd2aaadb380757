/** How much of each person the log takes, so that nobody fills the disk that all write to. */
import type { ParticipantId } from './protocol.ts';

/**
 * KiB that have begun, of a person's events: at once, and again within a day. A step that is run is two of
 * them: this is a run every quarter of a minute for ten hours.
 */
export const ALLOWANCE = 5_000;

/** Milliseconds in which all of it is there again. */
const DAY = 24 * 3600 * 1000;

export interface Allowance {
  /** `false` where this would be too much: then it is not counted, either. */
  spend(person: ParticipantId, event: object): boolean;
  forget(person: ParticipantId): void;
}

/** @param clock milliseconds. */
export const createAllowance = (clock: () => number = () => performance.now()): Allowance => {
  const spent = new Map<ParticipantId, { readonly amount: number; readonly at: number }>();
  return {
    spend: (person, event) => {
      const now = clock();
      const { amount, at } = spent.get(person) ?? { amount: 0, at: now };
      const rest = Math.max(0, amount - ((now - at) / DAY) * ALLOWANCE);
      const size = Math.ceil(Buffer.byteLength(JSON.stringify(event)) / 1024);
      if (rest + size > ALLOWANCE) return false;
      spent.set(person, { amount: rest + size, at: now });
      return true;
    },
    forget: (person) => {
      spent.delete(person);
    },
  };
};
