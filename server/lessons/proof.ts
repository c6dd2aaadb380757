/** `npm run lessons:check`: everything in the book that an author has to mend, not only the first of it. */
import { readCheckpoints } from './checkpoints.ts';
import { type Book, openBook, type Rule } from './proof/book.ts';
import { components } from './proof/components.ts';
import { emphasis } from './proof/emphasis.ts';
import { expressions } from './proof/expressions.ts';
import { front } from './proof/front.ts';
import { ids } from './proof/ids.ts';
import { links } from './proof/links.ts';
import { names } from './proof/names.ts';
import { pictures } from './proof/pictures.ts';
import { quizzes } from './proof/quizzes.ts';
import { recordings } from './proof/recordings.ts';
import { topics } from './proof/topics.ts';
import { type LessonError, readSteps } from './read.ts';

/**
 * What there is to find in the texts beside what cannot be parsed, run or begun with. A new rule is a
 * line here.
 */
export const TEXTS: readonly Rule[] = [
  components,
  emphasis,
  expressions,
  ids,
  links,
  names,
  pictures,
  quizzes,
  topics,
];

const RULES: readonly Rule[] = [...TEXTS, recordings];

export interface Proof {
  /** `content/02-topics/index.mdx:40: …`, by file and line. */
  readonly problems: readonly string[];
  readonly pages: number;
  readonly steps: number;
}

/** @param folder the folder of the chapters, `content/`. */
export const proofread = async (folder: URL, rules = RULES): Promise<Proof> => {
  const found: LessonError[] = [];
  const report = (error: LessonError): void => {
    found.push(error);
  };
  const book = await openBook(folder, report);
  const steps = book.pages.flatMap((page) => readSteps(page, report));
  found.push(...front(book));
  // Which step makes what a chapter needs can be said only of a book that could be read whole.
  const whole = found.length === 0;
  if (whole) await readCheckpoints(folder, new Map(steps.map((step) => [step.id, step])), report);
  for (const rule of rules) found.push(...rule(book));
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
