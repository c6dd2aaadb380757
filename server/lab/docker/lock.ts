/** One operation on a site's containers at a time, whichever process asks for it. */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { commandsWith } from '../command-lines.ts';
import { type LockOptions, withLockFile } from '../lock.ts';
import { folderArgs } from './compose.ts';
import type { Site } from './site.ts';

export const withLock = <T>(site: Site, options: LockOptions, work: () => Promise<T>): Promise<T> =>
  withLockFile(join(site.notes, 'lock.db'), options, async () => {
    await orphanEnded(site, options);
    return work();
  });

/** Milliseconds: as long as compose waits for a request. */
const PATIENCE = 60_000;
const POLL = 100;

/** Compose goes on after whoever ran it was killed: nobody has the lock, and containers come and go. */
const orphanEnded = async (site: Site, { abort, waiting }: LockOptions): Promise<void> => {
  const mark = ` ${folderArgs(site).join(' ')} `;
  const deadline = performance.now() + PATIENCE;
  let told = false;
  while ((await commandsWith(mark)).length > 0 && performance.now() < deadline) {
    if (!told) waiting?.();
    told = true;
    await setTimeout(POLL, undefined, { signal: abort });
  }
};
