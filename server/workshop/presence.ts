/** Who is there: connected, or gone only a moment ago, as on the way to another page of the book. */
import type { ParticipantId } from './protocol.ts';

/** Milliseconds for which nobody is away yet. */
export const BRIEF = 10_000;

export interface Presence {
  /** Who is connected. */
  readonly online: Pick<ReadonlySet<ParticipantId>, 'has'>;
  /** Of who has gone and is not back: milliseconds since 1970. Of nobody else it is known. */
  readonly leftAt: ReadonlyMap<ParticipantId, number>;
}

/** @param at milliseconds since 1970, by the hub's clock. */
export const isAway = (id: ParticipantId, { online, leftAt }: Presence, at: number): boolean =>
  !online.has(id) && at - (leftAt.get(id) ?? Number.NEGATIVE_INFINITY) >= BRIEF;
