/** How fast a run may print: as fast as its fastest page draws, or 1 MiB a second for nobody. */

import { KEPT, PART } from './output.ts';

/**
 * Bytes that the fastest page may be behind before the source pauses: a page draws 1 MiB at a time,
 * while the next comes. What is kept, less the part that was just begun, and a piece that the source
 * gives out whole: no byte is dropped before that page has it.
 */
export const WINDOW = KEPT - 2 * PART;
/** Bytes behind at which the source goes on. */
const LOW = WINDOW - 6 * PART;
/** Bytes a second, and at once, that nobody reads along with. */
const RATE = 1024 * 1024;
const BURST = 1024 * 1024;
/** Milliseconds after which a page that draws nothing counts as asleep: no run waits for it. */
const ASLEEP = 5_000;

export interface Source {
  pause(): void;
  resume(): void;
}

export interface Reader {
  /** Everything before `offset` is on its screen. */
  reached(offset: number): void;
  leave(): void;
}

export interface Pace {
  /** Whose pace it is, from now on: it may have printed before. */
  drive(source: Source): void;
  /** So many bytes more have come. */
  produced(bytes: number): void;
  /** A page reads along, from `offset` on. */
  attend(offset: number): Reader;
  /** From now on it goes as fast as it can: it is to end. */
  release(): void;
}

interface Attendance {
  at: number;
  /** When it last got further, or fell behind: milliseconds. */
  since: number;
}

export const createPace = (): Pace => {
  let source: Source | undefined;
  const readers = new Set<Attendance>();
  let size = 0;
  let budget = BURST;
  let filledAt = performance.now();
  let paused = false;
  let released = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Milliseconds until that page counts as asleep. */
  const patienceFor = ({ at, since }: Attendance, now: number): number =>
    at >= size ? ASLEEP : since + ASLEEP - now;

  const setPaused = (next: boolean): void => {
    if (next === paused) return;
    paused = next;
    if (paused) source?.pause();
    else source?.resume();
  };

  const decide = (): void => {
    clearTimeout(timer);
    if (released) return;
    const now = performance.now();
    budget = Math.min(BURST, budget + ((now - filledAt) * RATE) / 1_000);
    filledAt = now;
    const awake = [...readers].filter((reader) => patienceFor(reader, now) > 0);
    if (awake.length === 0) {
      setPaused(budget < (paused ? BURST / 2 : 0));
      if (paused) timer = setTimeout(decide, ((BURST / 2 - budget) * 1_000) / RATE + 1);
      return;
    }
    const behind = size - Math.max(...awake.map(({ at }) => at));
    setPaused(behind > (paused ? LOW : WINDOW));
    const patience = Math.min(...awake.map((reader) => patienceFor(reader, now)));
    if (paused) timer = setTimeout(decide, patience + 1);
  };

  return {
    drive: (driven) => {
      source = driven;
      if (paused) driven.pause();
    },
    produced: (bytes) => {
      const now = performance.now();
      for (const reader of readers) if (reader.at >= size) reader.since = now;
      if (![...readers].some((reader) => patienceFor(reader, now) > 0)) budget -= bytes;
      size += bytes;
      decide();
    },
    attend: (offset) => {
      const reader = { at: offset, since: performance.now() };
      readers.add(reader);
      decide();
      return {
        reached: (to) => {
          reader.at = to;
          reader.since = performance.now();
          decide();
        },
        leave: () => {
          readers.delete(reader);
          decide();
        },
      };
    },
    release: () => {
      released = true;
      clearTimeout(timer);
      setPaused(false);
    },
  };
};
