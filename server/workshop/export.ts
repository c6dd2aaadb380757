/** After class: who came how far, as a table for spreadsheets and as a page to read. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError, notWritable } from '../errors.ts';
import { readSqliteLog } from './sqlite-log.ts';
import { apply, emptyRoom } from './state.ts';
import { summaryPage } from './summary.ts';
import { withoutRefusals } from './summary-facts.ts';
import { csvOf } from './table.ts';
import { readTitles } from './titles.ts';

/**
 * Also while the room is led.
 *
 * @param book the file with the titles of the book's steps, if that is built.
 * @returns what the class is called, and the files that were written.
 * @throws LabError where there is no room, or another file, or the folder cannot be written.
 */
export const exportRoom = async (
  file: string,
  folder: string,
  book: string,
): Promise<{ name: string; files: string[] }> => {
  if (!existsSync(file)) throw new LabError('usage', `${file}에 수업 기록이 없습니다.`);
  const entries = readSqliteLog(file);
  const room = emptyRoom();
  for (const { event } of entries) apply(room, event);

  const titles = await readTitles(book).catch(() => new Map<string, string>());
  const known = [...titles.keys()];
  const done = new Set(Object.values(room.participants).flatMap(({ steps }) => Object.keys(steps)));
  // One that the book has no longer is called what it was named by.
  const titleOf = (step: string): string => titles.get(step) ?? step;
  const strange = [...done].filter((step) => !known.includes(step));
  const steps = [...known.filter((step) => done.has(step)), ...strange];

  const files = {
    [join(folder, 'participants.csv')]: csvOf(room, steps, titleOf),
    [join(folder, 'summary.html')]: summaryPage(withoutRefusals(entries), entries, steps, titleOf),
  };
  try {
    // As the log: it is about people.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const [path, text] of Object.entries(files)) writeFileSync(path, text, { mode: 0o600 });
  } catch (error) {
    throw notWritable(folder, error);
  }
  return { name: room.name, files: Object.keys(files) };
};
