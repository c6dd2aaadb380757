/** Who is not there any more. */
import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import type { Class } from './feed.ts';

/** Milliseconds for which nobody is away yet: who goes to another page comes back at once. */
export const BRIEF = 10_000;

/** @param at milliseconds since 1970, by the hub's clock. */
export const awayOf = (
  { room, online, leftAt }: Pick<Class, 'room' | 'online' | 'leftAt'>,
  at: number,
): ReadonlySet<ParticipantId> =>
  new Set(
    Object.keys(room.participants).filter(
      (id) => !online.has(id) && at - (leftAt.get(id) ?? Number.NEGATIVE_INFINITY) >= BRIEF,
    ),
  );
