import { join } from 'node:path';
import { type LockOptions, withLockFile } from '../lock.ts';
import type { Site } from './site.ts';

/** One operation on a site's containers at a time. */
export const withLock = <T>(site: Site, options: LockOptions, work: () => Promise<T>): Promise<T> =>
  withLockFile(join(site.root, 'lock.db'), options, work);
