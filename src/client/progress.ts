/** Which steps the reader has done: kept in this browser, and for this page only where it keeps nothing. */
import type { RunStatus } from '../../server/protocol.ts';
import { isStorageFull } from './storage-full.ts';

const KEY = 'lab:progress';

/** By `chapter/id`, the edition of each step. */
export type Steps = Readonly<Record<string, string>>;

export interface Count {
  readonly done: number;
  readonly all: number;
}

/** @param steps that the book has now; what was done in another edition is still to be done. */
export const countDone = (
  steps: Steps,
  done: Steps,
  isCounted = (_step: string): boolean => true,
): Count => {
  const counted = Object.entries(steps).filter(([step]) => isCounted(step));
  return {
    done: counted.filter(([step, edition]) => done[step] === edition).length,
    all: counted.length,
  };
};

interface Kept {
  /** Milliseconds since 1970: runs that began before do not count. */
  readonly since: number;
  /** By step, the edition that was done. */
  readonly done: Steps;
}

const NOTHING: Kept = { since: 0, done: {} };

export interface Progress {
  readonly done: Kept['done'];
  /** Whether it is still there when the page is not. */
  readonly isKept: boolean;
  /** It is not, since there is no room for it; it is tried again with what is done next. */
  readonly isFull: boolean;
  /** Counts a run that has passed, unless it began before the reader cleared all. */
  mark(run: Pick<RunStatus, 'step' | 'edition' | 'startedAt' | 'status'>): void;
  /** @param now milliseconds since 1970 */
  clear(now: number): void;
  /** Called with each change that this page makes; of others, the browser tells. Returns how to stop. */
  subscribe(listener: () => void): () => void;
}

/** @param storage throws, or is full, where the browser keeps nothing for this site. */
export const createProgress = (storage: () => Pick<Storage, 'getItem' | 'setItem'>): Progress => {
  const listeners = new Set<() => void>();
  let isKept = true;
  let isFull = false;
  let kept = NOTHING;

  /** Another tab may have written since. */
  const read = (): Kept => {
    if (!isKept) return kept;
    try {
      return parse(storage().getItem(KEY));
    } catch {
      isKept = false;
      return kept;
    }
  };
  const write = (next: Kept): void => {
    kept = next;
    try {
      storage().setItem(KEY, JSON.stringify(next));
      isKept = true;
      isFull = false;
    } catch (error) {
      isKept = false;
      isFull = isStorageFull(error);
    }
    for (const listener of listeners) listener();
  };

  return {
    get done() {
      kept = read();
      return kept.done;
    },
    get isKept() {
      return isKept;
    },
    get isFull() {
      return isFull;
    },
    mark: ({ step, edition, startedAt, status }) => {
      if (status !== 'passed') return;
      const { since, done } = read();
      if (startedAt < since || done[step] === edition) return;
      write({ since, done: { ...done, [step]: edition } });
    },
    clear: (now) => write({ since: now, done: {} }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/** What somebody else has written there is nothing. */
const parse = (text: string | null): Kept => {
  try {
    const { since, done } = JSON.parse(text ?? 'null') as Kept;
    const entries = Object.entries(done).filter(([, edition]) => typeof edition === 'string');
    return typeof since === 'number' ? { since, done: Object.fromEntries(entries) } : NOTHING;
  } catch {
    return NOTHING;
  }
};

export const progress = createProgress(() => localStorage);
