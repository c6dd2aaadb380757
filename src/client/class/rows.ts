/** Which rows the matrix shows, and in which order. */
import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import { awayOf } from './away.ts';
import type { Class } from './feed.ts';
import { inOrder } from './standing.ts';
import type { Filter } from './view.ts';

/** Rows on one page: what a browser lays out at once without being felt. */
export const PAGE = 100;

export interface Rows {
  /** Of the page that is shown. */
  readonly ids: readonly ParticipantId[];
  /** Of all pages. */
  readonly order: readonly ParticipantId[];
  /** From 0; the last where there are not so many any more. */
  readonly page: number;
}

export interface RowsWanted {
  readonly filter: Filter | undefined;
  /** Part of a name, in whatever case. */
  readonly search: string;
  readonly page: number;
  /** How they stood, while they are to stay so: nothing moves away under a finger. */
  readonly held: readonly ParticipantId[] | undefined;
}

/** @param at milliseconds since 1970, by the hub's clock. */
export const rowsOf = (
  now: Class,
  at: number,
  { filter, search, page, held }: RowsWanted,
): Rows => {
  const { participants } = now.room;
  const wanted = filter === undefined ? undefined : new Set(filter.people(now));
  const words = folded(search.trim());
  const found = inOrder(now.room, at, awayOf(now, at)).filter(
    (id) =>
      (wanted === undefined || wanted.has(id)) &&
      (words === '' || folded(participants[id]?.nickname ?? '').includes(words)),
  );
  const ordered = held === undefined ? found : asHeld(found, held);
  const last = Math.max(0, Math.ceil(ordered.length / PAGE) - 1);
  const shown = Math.min(page, last);
  return { ids: ordered.slice(shown * PAGE, (shown + 1) * PAGE), order: ordered, page: shown };
};

/** However its letters were put together, and in one case. */
const folded = (text: string): string => text.normalize('NFC').toLocaleLowerCase('ko');

/** Who has come since is at the end. */
const asHeld = (
  found: readonly ParticipantId[],
  held: readonly ParticipantId[],
): ParticipantId[] => {
  const places = new Map(held.map((id, index) => [id, index]));
  const place = (id: ParticipantId): number => places.get(id) ?? held.length;
  return found.toSorted((a, b) => place(a) - place(b));
};
