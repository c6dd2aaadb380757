/**
 * Which containers a sidecar has made, or started all together, by id: one that was made anew by somebody else
 * has another.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isBroker } from '../lab.ts';
import { compose } from './compose.ts';
import { type Census, census } from './containers.ts';
import { withLock } from './lock.ts';
import type { Service, Site } from './site.ts';
import { SILENT, stopAndRemove } from './undo.ts';

const Notes = z.strictObject({
  /** Of containers that a sidecar has made. */
  ids: z.array(z.string()),
  /** While one makes containers: the ids of those that were there before. */
  before: z.array(z.string()).optional(),
});
type Notes = z.infer<typeof Notes>;

const NONE: Notes = { ids: [] };

const read = (site: Site): Notes => {
  try {
    return Notes.parse(JSON.parse(readFileSync(fileOf(site), 'utf8')));
  } catch {
    // None yet.
    return NONE;
  }
};

const write = (site: Site, notes: Notes): void => {
  mkdirSync(site.notes, { recursive: true });
  const part = `${fileOf(site)}.${process.pid}.part`;
  writeFileSync(part, JSON.stringify(notes));
  renameSync(part, fileOf(site));
};

const fileOf = (site: Site): string => join(site.notes, 'made-by-sidecar.json');

const idsOf = ({ ours }: Census): string[] => [...ours.values()].map(({ id }) => id);

/**
 * Notes, before it is done, that this site's owner is going to make containers: should it be killed,
 * compose goes on without it. The caller holds the lock, and has settled what was noted before.
 */
export const intend = (site: Site, now: Census): void => {
  if (site.owner === 'sidecar') write(site, { ...read(site), before: idsOf(now) });
};

/**
 * Whatever is new since a sidecar noted that it would make containers is the sidecar's, also of one
 * that was killed meanwhile. The caller holds the lock.
 */
export const settle = (site: Site, now: Census): void => {
  const { ids, before } = read(site);
  if (before === undefined) return;
  write(site, { ids: idsOf(now).filter((id) => ids.includes(id) || !before.includes(id)) });
};

/**
 * Whoever has started a cluster of which nothing ran has made it anew, on the same data. The caller holds the
 * lock.
 */
export const own = (site: Site, now: Census): void =>
  write(site, { ids: site.owner === 'sidecar' ? idsOf(now) : [] });

/**
 * What `docker-compose down` does, for the containers that a sidecar has made, also one that
 * crashed: as on the local lab, the next start is a fresh one, on the same data.
 */
export const removeOwn = async (site: Site): Promise<void> => {
  const { ids: noted, before } = read(site);
  if (noted.length === 0 && before === undefined) return;
  await withLock(site, {}, async () => {
    const now = await census(site);
    settle(site, now);
    const { ids } = read(site);
    const found = [...now.ours.values()];
    const others = found.filter(({ id }) => !ids.includes(id));
    const own = found.filter(({ id }) => ids.includes(id));
    if (own.length === 0) return;
    if (others.length === 0) {
      await compose(site, ['down'], SILENT);
      return;
    }
    // A broker that somebody else made cannot live without ZooKeeper.
    const needed = others.some(({ service, state }) => isNeedy(service) && state !== 'exited');
    await stopAndRemove(
      await site.engine(),
      own.filter(({ service }) => service !== 'zookeeper' || !needed),
    );
  });
};

const isNeedy = (service: Service): boolean => service !== 'kafka-ui' && isBroker(service);
