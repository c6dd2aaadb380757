/** What is remembered of a container: only what cannot be seen by looking at its process. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Container } from '../lab.ts';
import { at, type Site } from './site.ts';

const ContainerRecord = z.object({
  pid: z.int().positive(),
  /** Who made the container; kept when somebody else starts it again, unless that is with all the others. */
  owner: z.enum(['sidecar', 'cli']),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  /** The path of the class-data archive that its process writes when it ends in order. */
  archive: z.string().optional(),
  /** Absent while it runs, and when nobody saw it end. */
  exit: z.object({ code: z.int(), at: z.number() }).optional(),
});
export type ContainerRecord = z.infer<typeof ContainerRecord>;

/** `undefined` for a container that does not exist. */
export const readRecord = (site: Site, container: Container): ContainerRecord | undefined => {
  try {
    return ContainerRecord.parse(JSON.parse(readFileSync(pathOf(site, container), 'utf8')));
  } catch {
    // Missing. (A broken one is written by no one: they appear whole, by a rename.)
    return undefined;
  }
};

export const writeRecord = (site: Site, container: Container, record: ContainerRecord): void => {
  mkdirSync(at(site, 'containers'), { recursive: true });
  const path = pathOf(site, container);
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, JSON.stringify(record));
  renameSync(part, path);
};

export const removeRecord = (site: Site, container: Container): void =>
  rmSync(pathOf(site, container), { force: true });

const pathOf = (site: Site, container: Container): string =>
  at(site, 'containers', `${container}.json`);
