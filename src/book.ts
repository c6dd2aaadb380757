/** The book as the sidecar reads it, for what its pages are built from. */
import { pathToFileURL } from 'node:url';
import { readCheckpoints } from '../server/lessons/checkpoints.ts';
import { readLessons, type Step } from '../server/lessons/read.ts';

export interface Book {
  readonly steps: ReadonlyMap<string, Step>;
  readonly checkpoints: ReadonlyMap<string, Step>;
}

const read = async (): Promise<Book> => {
  const content = new URL('content/', pathToFileURL(`${process.cwd()}/`));
  const steps = await readLessons(content);
  return { steps, checkpoints: await readCheckpoints(content, steps) };
};

let book: Promise<Book> | undefined;

/** Read once for all pages; while an author writes, for each page anew. */
export const readBook = (): Promise<Book> => {
  if (book === undefined) {
    book = read();
    if (import.meta.env.DEV) setTimeout(() => (book = undefined), 1_000);
  }
  return book;
};
