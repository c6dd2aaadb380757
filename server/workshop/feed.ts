/** What presenters' pages are told of the class: everything, gathered. */
import type { Entry } from './events.ts';
import { encode, type Page } from './page.ts';
import type { PresenceTold, PresenterUpdate } from './presenter.ts';

/** Milliseconds: four times a second at most, however many people report. */
const INTERVAL = 250;

export interface Feed {
  readonly pages: ReadonlySet<Page>;
  /** The next event. */
  add(entry: Entry): void;
  /** Somebody has come or gone. */
  notePresence(): void;
  /** From here on; `snapshot` is what there is now, in pieces. */
  join(page: Page, snapshot: () => Iterable<PresenterUpdate>): void;
  leave(page: Page): void;
  close(): void;
}

export const createFeed = (presence: () => PresenceTold): Feed => {
  const pages = new Set<Page>();
  let entries: Entry[] = [];
  let presenceChanged = false;
  let timer: NodeJS.Timeout | undefined;
  let sentAt = Number.NEGATIVE_INFINITY;

  const send = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (entries.length === 0 && !presenceChanged) return;
    const update = encode({
      type: 'room.events',
      entries,
      presence: presenceChanged ? presence() : null,
      now: Date.now(),
    });
    entries = [];
    presenceChanged = false;
    sentAt = performance.now();
    for (const page of pages) page.tell(update);
  };
  const schedule = (): void => {
    timer ??= setTimeout(send, Math.max(0, sentAt + INTERVAL - performance.now()));
  };

  return {
    pages,
    add: (entry) => {
      // Whoever comes is told all that there is.
      if (pages.size === 0) return;
      entries.push(entry);
      schedule();
    },
    notePresence: () => {
      if (pages.size === 0) return;
      presenceChanged = true;
      schedule();
    },
    join: (page, snapshot) => {
      // What the snapshot has already is not told again.
      send();
      pages.add(page);
      for (const piece of snapshot()) page.tell(encode(piece));
    },
    leave: (page) => {
      pages.delete(page);
      if (pages.size > 0) return;
      entries = [];
      presenceChanged = false;
    },
    close: () => clearTimeout(timer),
  };
};
