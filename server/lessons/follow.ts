/** `npm run dev`: what an author saves is what the next click runs. */
import { type FSWatcher, watch } from 'node:fs';
import { readAllSteps } from './checkpoints.ts';
import { LessonError, type Step } from './read.ts';

/** Milliseconds after the last change: an editor writes a file in several pieces. */
const PAUSE = 100;

/**
 * Keeps `lessons` as they are written now. What cannot be read is said, and what was read last stays.
 *
 * @param folder the folder of the chapters, `content/`.
 */
export const followLessons = (
  folder: URL,
  lessons: Map<string, Step>,
  say: (line: string) => void,
): FSWatcher => {
  let timer: NodeJS.Timeout | undefined;
  let complained = false;

  const reload = async (): Promise<void> => {
    try {
      const read = await readAllSteps(folder);
      lessons.clear();
      for (const [id, step] of read) lessons.set(id, step);
      if (complained) say('교재를 다시 읽었습니다.');
      complained = false;
    } catch (error) {
      // An editor may replace a file: for a moment it is not there.
      if (!(error instanceof LessonError)) return again();
      say(`${error.message}\n고칠 때까지 앞서 읽은 명령을 그대로 씁니다.`);
      complained = true;
    }
  };
  const again = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), PAUSE);
  };
  const watcher = watch(folder, { recursive: true }, again);
  watcher.on('close', () => clearTimeout(timer));
  return watcher;
};
