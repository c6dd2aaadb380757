/**
 * Class-data archives: a JVM that maps one starts in half the time. They are made once for each
 * Java and Kafka, by a JVM on its way out (JEP 350).
 *
 * A JVM that maps half an archive crashes (SIGBUS, measured with Java 17). Hence it is written to
 * a name of its own, and gets its real name only from someone who saw that process end in order.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Runtime } from './runtime.ts';
import { at, type Site } from './site.ts';

export type Archive = 'zookeeper' | 'broker' | 'tools';

export const archivePath = (site: Site, runtime: Runtime, archive: Archive): string =>
  at(site, 'archives', `${archive}-${runtime.key}.jsa`);

/** The flags of a JVM that uses it where it is there. */
export const useArchive = (path: string): string[] =>
  existsSync(path) ? [`-XX:SharedArchiveFile=${path}`] : [];

/** The flags of the JVM that makes it, at its exit. One at a time. */
export const makeArchive = (path: string): string[] => {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(partOf(path), { force: true });
  return [`-XX:ArchiveClassesAtExit=${partOf(path)}`];
};

/** The JVM that made it was seen to end in order: from now on it is used. */
export const sealArchive = (path: string): void => {
  const part = partOf(path);
  // A JVM that could not write it (no default archive to build on, a full disk) ends all the same.
  if (!existsSync(part)) return;
  // On disk before it has its name, lest a power cut leave a whole name on half a file.
  const file = openSync(part, 'r+');
  fsyncSync(file);
  closeSync(file);
  renameSync(part, path);
};

const partOf = (path: string): string => `${path}.part`;
