/** Who is in class, with which pages, and when who has gone went. In memory only. */
import type { Page } from './page.ts';
import { isAway } from './presence.ts';
import type { PresenceTold } from './presenter.ts';
import type { ParticipantId } from './protocol.ts';

/** Of one person at once: more, nobody looks at, and they would take the place of others. */
export const PAGES = 20;

/** A page of somebody's. */
interface Attendee {
  readonly page: Pick<Page, 'drop'>;
}

export interface Attendance<Own extends Attendee> {
  /** Whether they are connected. */
  has(id: ParticipantId): boolean;
  /** The oldest first; none of who is not connected. */
  pagesOf(id: ParticipantId): readonly Own[];
  /** One too many is one less: the oldest goes. */
  enter(id: ParticipantId, page: Own): void;
  exit(id: ParticipantId, page: Own): void;
  /** Not connected, and not only for a moment. */
  isAway(id: ParticipantId): boolean;
  /** They are not of this class any more. */
  forget(id: ParticipantId): void;
  readonly told: PresenceTold;
}

/**
 * @param expected who were connected to a hub that was killed: they come back.
 * @param handleChange somebody has come or gone.
 */
export const createAttendance = <Own extends Attendee>(
  expected: readonly ParticipantId[],
  handleChange: () => void,
): Attendance<Own> => {
  const online = new Map<ParticipantId, Set<Own>>();
  /** When who is not connected went: milliseconds since 1970. */
  const leftAt = new Map(expected.map((id) => [id, Date.now()]));
  const isGone = (id: ParticipantId): boolean => isAway(id, { online, leftAt }, Date.now());

  return {
    has: (id) => online.has(id),
    pagesOf: (id) => [...(online.get(id) ?? [])],
    enter: (id, page) => {
      const pages = online.get(id) ?? new Set();
      online.set(id, pages.add(page));
      leftAt.delete(id);
      if (pages.size === 1) handleChange();
      const [oldest] = pages;
      if (pages.size > PAGES) oldest?.page.drop();
    },
    exit: (id, page) => {
      const pages = online.get(id);
      pages?.delete(page);
      if (pages?.size !== 0) return;
      online.delete(id);
      leftAt.set(id, Date.now());
      handleChange();
    },
    isAway: isGone,
    forget: (id) => {
      leftAt.delete(id);
    },
    get told() {
      return {
        online: [...online.keys()],
        left: Object.fromEntries([...leftAt].filter(([id]) => !isGone(id))),
      };
    },
  };
};
