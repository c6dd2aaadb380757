/**
 * `npm run workshop`: builds the site if a source is newer, and becomes the hub, which may start no
 * program. While people may come in, it may read and write no more files than it needs, either; but
 * SQLite opens its own, of which Node does not know.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError, notWritable } from '../server/errors.ts';
import { buildSite } from '../server/site.ts';
import { HEAP } from '../server/workshop/heap.ts';
import { readTask, type Task } from '../server/workshop/options.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Not the lab's own state: its token lets whoever has it run things. */
const PROGRAM = ['server', 'node_modules', 'dist', 'package.json'].map((path) => join(ROOT, path));

const readable = (task: Task): readonly string[] => {
  if (task.task !== 'serve') return ['*'];
  const { home, tls } = task;
  return [...PROGRAM, home, ...(tls === undefined ? [] : [resolve(tls.cert), resolve(tls.key)])];
};

/** An export goes wherever its user wants it. */
const writable = (task: Task): string => (task.task === 'serve' ? task.home : '*');

/** A folder that is not there yet would be granted without what is in it. */
const makeHome = (home: string): void => {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw notWritable(home, error);
  }
};

const start = async (words: readonly string[]): Promise<void> => {
  const task = readTask(words);
  if (task.task === 'serve' || task.task === 'export') await buildSite(console.log);
  if (task.task === 'serve') makeHome(task.home);
  if (process.execve === undefined) {
    throw new LabError('unavailable', '윈도에서는 WSL2 안에서 실행해 주세요.');
  }
  process.execve(process.execPath, [
    process.execPath,
    ...HEAP,
    '--permission',
    ...readable(task).map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${writable(task)}`,
    join(ROOT, 'server/workshop/index.ts'),
    ...words,
  ]);
};

await start(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof LabError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
