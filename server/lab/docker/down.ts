/** `docker-compose down`, by compose itself: with `-v` this project's volumes too, and no others. */
import { OTHER_WINDOW, say } from '../korean.ts';
import type { Stdio } from '../lab.ts';
import { withLockFile } from '../lock.ts';
import { compose } from './compose.ts';
import { census } from './containers.ts';
import { lockOf, type Site } from './site.ts';
import { refuseSameProject } from './strangers.ts';

export const down = (
  site: Site,
  { volumes }: { readonly volumes: boolean },
  stdio: Stdio,
  abort: AbortSignal,
): Promise<number> =>
  withLockFile(lockOf(site), { abort, waiting: () => say(stdio, OTHER_WINDOW) }, async () => {
    refuseSameProject(await census(site));
    return compose(site, ['down', ...(volumes ? ['-v'] : [])], stdio, abort);
  });
