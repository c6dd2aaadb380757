/** What the class goes through, as the page was built with it. */

export interface ClassStep {
  /** `chapter/id` */
  readonly id: string;
  readonly title: string;
  /** What it asks beforehand: a poll that is ready. */
  readonly question?: ClassQuestion | undefined;
}

export interface ClassQuestion {
  readonly question: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export interface ClassChapter {
  readonly id: string;
  readonly title: string;
  /** What brings a cluster to where it begins, or to where one of its steps does. */
  readonly checkpoints: readonly ClassStep[];
  /** Of how the book ends, none. */
  readonly steps: readonly ClassStep[];
}

/** All that may be run in it, and pass or fail. */
export const runnableIn = ({ checkpoints, steps }: ClassChapter): readonly ClassStep[] => [
  ...checkpoints,
  ...steps,
];

export type ClassBook = readonly ClassChapter[];

/** What stands in the page as JSON. */
export const readClassBook = (page: ParentNode): ClassBook =>
  JSON.parse(page.querySelector('[data-part="book"]')?.textContent ?? '[]') as ClassBook;

export const titleOf = (book: ClassBook, step: string): string => {
  for (const chapter of book) {
    const found = runnableIn(chapter).find(({ id }) => id === step);
    if (found !== undefined) return found.title;
  }
  // Of another edition of the book.
  const chapter = book.find(({ id }) => step.startsWith(`${id}/`));
  return chapter?.title ?? step;
};
