/**
 * The Java and the jars that the containers run on. `up` finds them once and leaves a note, so
 * that a tool starts at once: asking Java for its version alone would take it a fifth longer.
 */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LabError } from '../../errors.ts';
import { HOW_TO_START } from '../korean.ts';
import type { Stdio } from '../lab.ts';
import { resolveJars } from './jars.ts';
import { findJava } from './java.ts';
import type { Site } from './site.ts';

const Runtime = z.object({
  java: z.string(),
  javaVersion: z.string(),
  /** The folder of the jars. */
  jars: z.string(),
  kafkaVersion: z.string(),
  /** Names what a class-data archive holds for: this Java, this Kafka, this place. */
  key: z.string(),
});
export type Runtime = z.infer<typeof Runtime>;

/** Throws a LabError that says what is missing on this machine. */
export const prepareRuntime = async (
  site: Site,
  stdio: Stdio,
  abort: AbortSignal,
): Promise<Runtime> => {
  const java = await findJava();
  const jars = await resolveJars(site, stdio, abort);
  const place = createHash('sha256').update(`${java.path}\n${jars.folder}`).digest('hex');
  const runtime: Runtime = {
    java: java.path,
    javaVersion: java.version,
    jars: jars.folder,
    kafkaVersion: jars.version,
    key: `${jars.version}-java-${java.version}-${place.slice(0, 8)}`,
  };
  writeFileSync(`${noteOf(site)}.part`, JSON.stringify(runtime));
  renameSync(`${noteOf(site)}.part`, noteOf(site));
  return runtime;
};

/** The one that the last `up` found. */
export const knownRuntime = (site: Site): Runtime => {
  try {
    return Runtime.parse(JSON.parse(readFileSync(noteOf(site), 'utf8')));
  } catch {
    throw new LabError('cluster-down', `클러스터가 아직 없습니다. ${HOW_TO_START}`);
  }
};

const noteOf = (site: Site): string => join(site.root, 'runtime.json');
