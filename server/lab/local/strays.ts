/** Containers' processes without a record: `.lab` was emptied while they ran, or their starter crashed. */
import { isBroker } from '../lab.ts';
import type { Observed } from './containers.ts';
import { end } from './halt.ts';
import { ours } from './processes.ts';
import type { Site } from './site.ts';

/** Ends them, brokers first; returns how many. `grace` in milliseconds. */
export const endStrays = async (
  site: Site,
  containers: readonly Observed[],
  grace: number,
): Promise<number> => {
  const recorded = containers.map(({ record }) => record?.pid);
  const strays = (await ours(site)).filter(
    ({ pid, role }) => role === 'container' && !recorded.includes(pid),
  );
  for (const brokers of [true, false]) {
    const group = strays.filter(({ container }) => isBroker(container) === brokers);
    await Promise.all(
      group.map(({ pid, container }) =>
        end(site, container, { pid, startedAt: Date.now() }, { grace }),
      ),
    );
  }
  return strays.length;
};
