/** One at a time: what starts, stops or removes containers, whichever process asks for it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import type { Site } from './site.ts';

export interface LockOptions {
  /** Ends the waiting; not the work. */
  readonly abort?: AbortSignal | undefined;
  /** Another window has it: called once, before the waiting. */
  readonly waiting?: (() => void) | undefined;
}

const POLL_MS = 100;

/**
 * SQLite's file lock, since the system takes it back from a process that crashes: there is no
 * stale lock to clean up, and no pid in a file to mistrust.
 */
export const withLock = async <T>(
  site: Site,
  { abort, waiting }: LockOptions,
  work: () => Promise<T>,
): Promise<T> => {
  mkdirSync(site.root, { recursive: true });
  const db = new DatabaseSync(join(site.root, 'lock.db'));
  try {
    if (!acquired(db)) {
      waiting?.();
      do await setTimeout(POLL_MS, undefined, abort && { signal: abort });
      while (!acquired(db));
    }
    return await work();
  } finally {
    db.close();
  }
};

const SQLITE_BUSY = 5;

const acquired = (db: DatabaseSync): boolean => {
  try {
    db.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false;
    throw error;
  }
};
