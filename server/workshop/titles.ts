/** What the book's steps are called, as the site was built with it. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** By step, in the book's order. */
export const readTitles = async (file: string): Promise<ReadonlyMap<string, string>> => {
  const titles = z.record(z.string(), z.string()).parse(JSON.parse(await readFile(file, 'utf8')));
  return new Map(Object.entries(titles));
};
