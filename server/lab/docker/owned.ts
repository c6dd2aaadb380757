/** Which containers a sidecar has made, by id: one that was made anew by somebody else has another. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isBroker } from '../lab.ts';
import { withLockFile } from '../lock.ts';
import { compose } from './compose.ts';
import { type Census, census } from './containers.ts';
import { lockOf, type Service, type Site } from './site.ts';
import { SILENT, stopAndRemove } from './undo.ts';

const Ids = z.array(z.string());

const read = (site: Site): readonly string[] => {
  try {
    return Ids.parse(JSON.parse(readFileSync(fileOf(site), 'utf8')));
  } catch {
    // None yet.
    return [];
  }
};

const fileOf = (site: Site): string => join(site.notes, 'made-by-sidecar.json');

/** Notes what this site's owner has made since `before`; the caller holds the lock. */
export const remember = (site: Site, before: Census, now: Census): void => {
  if (site.owner !== 'sidecar') return;
  const known = new Set([...before.ours.values()].map(({ id }) => id));
  const noted = read(site);
  const ids = [...now.ours.values()]
    .map(({ id }) => id)
    .filter((id) => noted.includes(id) || !known.has(id));
  mkdirSync(site.notes, { recursive: true });
  const part = `${fileOf(site)}.${process.pid}.part`;
  writeFileSync(part, JSON.stringify(ids));
  renameSync(part, fileOf(site));
};

/**
 * What `docker-compose down` does, for the containers that a sidecar has made, also one that
 * crashed: as on the local lab, the next start is a fresh one, on the same data.
 */
export const removeOwn = async (site: Site): Promise<void> => {
  if (read(site).length === 0) return;
  await withLockFile(lockOf(site), {}, async () => {
    const ids = new Set(read(site));
    const { ours } = await census(site);
    const found = [...ours.values()];
    const others = found.filter(({ id }) => !ids.has(id));
    const own = found.filter(({ id }) => ids.has(id));
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
