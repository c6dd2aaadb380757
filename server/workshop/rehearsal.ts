/** What was before a class is nobody's business there: a rehearsal would give the answers away. */
import type { ServerMessage } from '../protocol.ts';

/**
 * @param openedAt milliseconds since 1970.
 * @returns what is left of what a presenter's lab tells; `undefined` where all of it was before.
 */
export const withoutRehearsal = (
  message: ServerMessage,
  openedAt: number,
): ServerMessage | undefined => {
  switch (message.type) {
    case 'run.status':
      return message.startedAt < openedAt ? undefined : message;
    case 'cluster.happened':
      return message.happening.date < openedAt ? undefined : message;
    case 'cluster.history': {
      // Also where none is left: an axis begins anew with it.
      const happenings = message.happenings.filter(({ date }) => date >= openedAt);
      return { ...message, happenings };
    }
    default:
      return message;
  }
};
