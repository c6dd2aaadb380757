/** `docker-compose down`, by compose itself: with `-v` this project's volumes too, and no others. */
import { complain, leftByDown, OTHER_WINDOW, say } from '../korean.ts';
import type { Stdio } from '../lab.ts';
import { compose } from './compose.ts';
import { census } from './containers.ts';
import { withLock } from './lock.ts';
import type { Site } from './site.ts';
import { refuseSameProject } from './strangers.ts';
import { stop, zookeeperLast } from './undo.ts';

export const down = (
  site: Site,
  { volumes }: { readonly volumes: boolean },
  stdio: Stdio,
  abort: AbortSignal,
): Promise<number> =>
  withLock(site, { abort, waiting: () => say(stdio, OTHER_WINDOW) }, async () => {
    refuseSameProject(await census(site));
    let begun = false;
    const notice: Stdio = {
      ...stdio,
      stderr: (bytes) => {
        begun = true;
        stdio.stderr(bytes);
      },
    };
    try {
      return await compose(site, ['down', ...(volumes ? ['-v'] : [])], notice, abort);
    } catch (error) {
      if (abort.aborted) {
        if (begun) await awaitStopping(site);
        complain(stdio, leftByDown([...(await census(site)).ours.keys()], volumes));
      }
      throw error;
    }
  });

/**
 * Compose tells its containers to stop all at once, ZooKeeper after the others, and does not wait for
 * them after Ctrl+C: the next `up` would take one that is about to end for one that runs.
 */
const awaitStopping = async (site: Site): Promise<void> => {
  const engine = await site.engine();
  const running = [...(await census(site)).ours.values()].filter(({ state }) => state !== 'exited');
  const [first = [], last = []] = zookeeperLast(running);
  const told = first.length > 0 ? first : last;
  await Promise.all(told.map(({ id }) => stop(engine, id)));
};
