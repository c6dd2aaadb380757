/** Taking back what one call has started, and only that. */
import type { Stdio } from '../lab.ts';
import { compose } from './compose.ts';
import { type Census, census, type Found } from './containers.ts';
import { type Engine, refusalOf } from './engine.ts';
import type { Site } from './site.ts';

export const SILENT: Stdio = { stdout: () => {}, stderr: () => {}, size: undefined };

/** Longer than a broker needs that has just started, in seconds. */
const GRACE = 10;

/** As it was: what `before` had not is removed, what did not run then is stopped. */
export const undo = async (site: Site, before: Census): Promise<void> => {
  if (before.ours.size === 0) {
    // The network too.
    await compose(site, ['down', '-t', `${GRACE}`], SILENT);
    return;
  }
  const engine = await site.engine();
  const now = [...(await census(site)).ours.values()];
  const known = new Map([...before.ours.values()].map((found) => [found.id, found]));
  const again = now.filter(
    ({ id, state }) => state !== 'exited' && known.get(id)?.state === 'exited',
  );
  for (const group of zookeeperLast(again)) {
    await Promise.all(group.map(({ id }) => stop(engine, id, GRACE)));
  }
  await stopAndRemove(
    engine,
    now.filter(({ id }) => !known.has(id)),
    GRACE,
  );
};

/** `grace` in seconds; without it, what the compose file gives each of them. */
export const stopAndRemove = async (
  engine: Engine,
  containers: readonly Found[],
  grace?: number,
): Promise<void> => {
  for (const group of zookeeperLast(containers)) {
    await Promise.all(
      group.map(async ({ id }) => {
        await stop(engine, id, grace);
        // `v`: its anonymous volumes, which nobody could find again. The cluster's have names.
        await gently(() => engine.docker.getContainer(id).remove({ v: true, force: true }));
      }),
    );
  }
};

/** A broker whose ZooKeeper is gone hangs in its shutdown (measured). */
export const zookeeperLast = (containers: readonly Found[]): Found[][] => [
  containers.filter(({ service }) => service !== 'zookeeper'),
  containers.filter(({ service }) => service === 'zookeeper'),
];

/** Also one that is being stopped already: then until it has ended. `grace` in seconds. */
export const stop = (engine: Engine, id: string, grace?: number): Promise<void> =>
  gently(() => engine.docker.getContainer(id).stop(grace === undefined ? {} : { t: grace }));

/** Stopped or gone already (304, 404), or on its way (409): what was wanted. */
const gently = async (request: () => Promise<unknown>): Promise<void> => {
  try {
    await request();
  } catch (error) {
    if (![304, 404, 409].includes(refusalOf(error) ?? 0)) throw error;
  }
};
