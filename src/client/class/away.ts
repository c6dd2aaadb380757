/** Who is not there any more, and how many are. */
import { isAway } from '../../../server/workshop/presence.ts';
import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import type { Class } from './feed.ts';

type Known = Pick<Class, 'room' | 'online' | 'leftAt'>;

/** @param at milliseconds since 1970, by the hub's clock. */
export const awayOf = (known: Known, at: number): ReadonlySet<ParticipantId> =>
  new Set(Object.keys(known.room.participants).filter((id) => isAway(id, known, at)));

/** Not by who is connected: while the class goes to another page, that is nobody. */
export const countThere = (known: Known, at: number): number =>
  Object.keys(known.room.participants).length - awayOf(known, at).size;
