/** One at a time: what starts, stops or removes containers, whichever process asks for it. */
import { setTimeout } from 'node:timers/promises';
import { tryLock } from '../lock.ts';

export interface LockOptions {
  /** Ends the waiting; not the work. */
  readonly abort?: AbortSignal;
  /** Another window has it: called once, before the waiting. */
  readonly waiting?: () => void;
}

const POLL_MS = 100;

/** `file` is the lock, and nothing else. */
export const withLockFile = async <T>(
  file: string,
  { abort, waiting }: LockOptions,
  work: () => Promise<T>,
): Promise<T> => {
  let lock = tryLock(file);
  if (lock === undefined) waiting?.();
  while (lock === undefined) {
    await setTimeout(POLL_MS, undefined, { signal: abort });
    lock = tryLock(file);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
};
