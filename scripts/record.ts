/**
 * `npm run record`: clicks every step of the book in its order, on a Docker lab of its own, and keeps
 * beside each lesson what a page was told of it. Takes as long as the book: a quarter of an hour.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readToken } from '../server/access.ts';
import { ROOT } from '../server/lab/choose.ts';
import { findEngine } from '../server/lab/docker/engine.ts';
import { createDockerLab } from '../server/lab/docker.ts';
import { readLessons } from '../server/lessons/read.ts';
import { formatRecording } from '../server/lessons/recording.ts';
import { CONTENT } from '../server/settings.ts';
import { startSidecar } from '../server/sidecar.ts';
import { SITE } from '../server/site.ts';
import { recordLessons } from './record/lessons.ts';
import { RecordingPage } from './record/page.ts';

/** Its own state, and its own containers: the reader's lab is another. */
const HOME = fileURLToPath(new URL('../.lab-test/record', import.meta.url));
const PROJECT = 'kafka-lab-record';
const PORT = 4391;

await rm(HOME, { recursive: true, force: true });
await mkdir(HOME, { recursive: true });
const env = { ...process.env, COMPOSE_PROJECT_NAME: PROJECT };
const { version } = await findEngine(env);
const lab = createDockerLab({ root: ROOT, home: HOME, env, owner: 'sidecar' });
const lessons = await readLessons(CONTENT);
const sidecar = await startSidecar({
  port: PORT,
  token: readToken(HOME),
  home: HOME,
  lab,
  lessons,
  site: SITE,
  policy: '',
});

let kafka: string | undefined;
/** Of the engine, and of the Kafka in the containers, in its own words: `3.9.1`. */
const made = () => {
  const asked = ['exec', 'kafka1', 'kafka-topics', '--version'];
  kafka ??= execFileSync('docker', asked, { encoding: 'utf8' }).split(/\s/)[0];
  return { kafka: kafka ?? '', docker: version };
};

const log = (bytes: Uint8Array): boolean => process.stdout.write(bytes);
/** Begins, and ends, with nothing. */
const clear = (): Promise<number> =>
  lab.down({ volumes: true }, { stdout: log, stderr: log, size: undefined }).exited;

const folders = await readdir(CONTENT);
const folderOf = (step: string): string =>
  folders.find((folder) => folder.replace(/^\d+-/, '') === step.split('/')[0]) ?? '';

/** A run that goes on until it is stopped has its end in a second file. */
const fileOf = (step: string, part: 'run' | 'end'): URL => {
  const name = `${step.split('/')[1]}${part === 'end' ? '.end' : ''}.cast`;
  return new URL(`${folderOf(step)}/recordings/${name}`, CONTENT);
};

try {
  await clear();
  // What is not recorded any more goes; a walk that breaks off leaves what was there.
  const files = new Map<string, string>();
  const page = await RecordingPage.open(sidecar.address);
  for await (const { step, part, recording } of recordLessons(lessons, page, made)) {
    const text = formatRecording(recording);
    files.set(fileURLToPath(fileOf(step.id, part)), text);
    console.log(`${step.id} (${part}): ${(text.length / 1_000).toFixed(1)} kB`);
  }
  page.close();
  for (const folder of new Set([...files.keys()].map(dirname))) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
  }
  await Promise.all([...files].map(([file, text]) => writeFile(file, text)));
} finally {
  await clear();
  await sidecar.close();
}
