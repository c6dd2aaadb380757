/** One drill a folder: a second one would stop the brokers under the first. */
import { join } from 'node:path';
import { type Lock, tryLock } from './lock.ts';

/** `undefined` while a drill runs, in whichever window. */
export const takeDrillLock = (home: string): Lock | undefined => tryLock(join(home, 'drill.lock'));

export const isDrillRunning = (home: string): boolean => {
  const lock = takeDrillLock(home);
  lock?.release();
  return lock === undefined;
};
