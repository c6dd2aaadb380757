/** `npm run lessons:check`: everything in the book that an author has to mend, not only the first of it. */
import { type Book, openBook, type Rule } from './proof/book.ts';
import { emphasis } from './proof/emphasis.ts';
import { ids } from './proof/ids.ts';
import { links } from './proof/links.ts';
import { names } from './proof/names.ts';
import { pictures } from './proof/pictures.ts';
import { recordings } from './proof/recordings.ts';
import { type LessonError, readSteps } from './read.ts';

/** What there is to find beside what cannot be parsed or run. A new rule is a line here. */
const RULES: readonly Rule[] = [emphasis, ids, links, names, pictures, recordings];

export interface Proof {
  /** `content/02-topics/index.mdx:40: …`, by file and line. */
  readonly problems: readonly string[];
  readonly pages: number;
  readonly steps: number;
}

/** @param folder the folder of the chapters, `content/`. */
export const proofread = async (folder: URL): Promise<Proof> => {
  const found: LessonError[] = [];
  const report = (error: LessonError): void => {
    found.push(error);
  };
  const book = await openBook(folder, report);
  for (const page of book.pages) readSteps(page, report);
  for (const rule of RULES) found.push(...rule(book));
  return {
    problems: [...new Set(found.map(({ message }) => message))].toSorted(byPlace),
    pages: book.pages.length,
    steps: stepsOf(book),
  };
};

const byPlace = (left: string, right: string): number =>
  left.localeCompare(right, 'ko', { numeric: true });

const stepsOf = ({ pages }: Book): number =>
  pages.reduce((sum, { anchors }) => sum + anchors.filter(({ kind }) => kind === 'step').length, 0);
