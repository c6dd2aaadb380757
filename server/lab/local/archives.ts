/**
 * Class-data archives: a JVM that maps one starts in half the time. They are made once for each
 * Java and Kafka, by a JVM on its way out (JEP 350).
 *
 * A JVM that maps half an archive crashes (SIGBUS, measured with Java 17). Hence it is written to
 * a name of its own, and gets its real name only from someone who saw that process end in order.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import type { Runtime } from './runtime.ts';
import { at, type Site } from './site.ts';

export type Archive = 'zookeeper' | 'broker' | 'tools';

const pathOf = (site: Site, runtime: Runtime, archive: Archive): string =>
  at(site, 'archives', `${archive}-${runtime.key}.jsa`);

export const hasArchive = (site: Site, runtime: Runtime, archive: Archive): boolean =>
  existsSync(pathOf(site, runtime, archive));

/** The flags of a JVM that uses the archive where there is one. */
export const useArchive = (site: Site, runtime: Runtime, archive: Archive): string[] =>
  hasArchive(site, runtime, archive)
    ? [`-XX:SharedArchiveFile=${pathOf(site, runtime, archive)}`]
    : [];

/** The flags of the JVM that makes it, at its exit. One at a time. */
export const makeArchive = (site: Site, runtime: Runtime, archive: Archive): string[] => {
  mkdirSync(at(site, 'archives'), { recursive: true });
  const part = `${pathOf(site, runtime, archive)}.part`;
  rmSync(part, { force: true });
  return [`-XX:ArchiveClassesAtExit=${part}`];
};

/** The JVM that made it was seen to end in order: from now on it is used. */
export const sealArchive = (site: Site, runtime: Runtime, archive: Archive): void => {
  const path = pathOf(site, runtime, archive);
  const part = `${path}.part`;
  // A JVM that could not write it (no default archive to build on, a full disk) says so in its log.
  if (!existsSync(part)) return;
  // On disk before it has its name, lest a power cut leave a whole name on half a file.
  const file = openSync(part, 'r+');
  fsyncSync(file);
  closeSync(file);
  renameSync(part, path);
};
