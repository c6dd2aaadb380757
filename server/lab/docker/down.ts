/** `docker-compose down`, by compose itself: with `-v` this project's volumes too, and no others. */
import { complain, leftByDown, OTHER_WINDOW, say } from '../korean.ts';
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
    try {
      return await compose(site, ['down', ...(volumes ? ['-v'] : [])], stdio, abort);
    } catch (error) {
      if (abort.aborted) {
        complain(stdio, leftByDown([...(await census(site)).ours.keys()], volumes));
      }
      throw error;
    }
  });
