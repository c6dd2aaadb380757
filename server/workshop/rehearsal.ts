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
  const isLeft = (happening: Happening): boolean => isOfClass(beganAt(happening));
  switch (message.type) {
    case 'run.status':
      return isOfClass(message.startedAt) ? message : undefined;
    case 'cluster.happened':
      return isLeft(message.happening) ? message : undefined;
    case 'cluster.history':
      // Also where none is left: an axis begins anew with it.
      return { ...message, happenings: message.happenings.filter(isLeft) };
    default:
      return message;
  }
};

/** That a run has ended is of the same time as the run. */
const beganAt = (happening: Happening): number =>
  happening.kind === 'run' ? happening.date - happening.duration : happening.date;
