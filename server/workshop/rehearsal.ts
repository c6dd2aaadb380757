/**
 * What was done while a class was closed, before its first day or between two, is nobody's business there:
 * a rehearsal would give the answers away. Of a run counts when it began: no byte of it says when it came.
 */
import type { Happening, ServerMessage } from '../protocol.ts';
import { type RoomState, wasOpen } from './state.ts';

/** @returns what is left of what a presenter's lab tells; `undefined` where it is all of a rehearsal. */
export const withoutRehearsal = (
  message: ServerMessage,
  room: Pick<RoomState, 'sessions'>,
): ServerMessage | undefined => onlyOf(message, (at) => wasOpen(room, at));

/** @param isOfClass whether what began then is. Milliseconds since 1970. */
export const onlyOf = (
  message: ServerMessage,
  isOfClass: (at: number) => boolean,
): ServerMessage | undefined => {
  switch (message.type) {
    case 'run.status':
      return isOfClass(message.startedAt) ? message : undefined;
    case 'cluster.happened':
      return isOfClass(beganAt(message.happening)) ? message : undefined;
    case 'cluster.history':
      // Also where none is left: an axis begins anew with it.
      return { ...message, happenings: withGaps(message.happenings, isOfClass) };
    default:
      return message;
  }
};

/**
 * What is shown now may be other than what the axis told last: where something is left out after that, it
 * says so. Before the first of the class, it tells nothing that could be wrong.
 */
const withGaps = (
  happenings: readonly Happening[],
  isOfClass: (at: number) => boolean,
): Happening[] => {
  const left: Happening[] = [];
  for (const each of happenings) {
    const isGap = each.kind === 'gap';
    if (!isGap && isOfClass(beganAt(each))) left.push(each);
    // Of a rehearsal's run that has ended in class, nothing else is left out there.
    else if ((isGap || !isOfClass(each.date)) && left.length > 0) {
      if (left.at(-1)?.kind === 'gap') left.pop();
      left.push({ kind: 'gap', at: each.at, date: each.date });
    }
  }
  return left;
};

/** That a run has ended is of the same time as the run. */
const beganAt = (happening: Happening): number =>
  happening.kind === 'run' ? happening.date - happening.duration : happening.date;
