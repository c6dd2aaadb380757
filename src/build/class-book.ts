/** The book as the presenter's dashboard needs it. */
import { getCollection } from 'astro:content';
import { optionsOf } from '../../server/lessons/predict.ts';
import { readBook } from '../book.ts';
import type { ClassBook, ClassStep } from '../client/class/class-book.ts';
import { labelOf, questionOf } from '../strings/predict.ts';

export const classBook = async (): Promise<ClassBook> => {
  const { steps } = await readBook();
  const titles = new Map((await getCollection('docs')).map(({ id, data }) => [id, data.title]));
  const chapters = new Map<string, ClassStep[]>();
  for (const { id, props } of steps.values()) {
    const chapter = id.split('/')[0] ?? '';
    const { title, predict } = props;
    const question = predict && {
      question: questionOf(predict),
      options: optionsOf(predict).map((value) => ({ value, label: labelOf(predict, value) })),
    };
    chapters.set(chapter, [...(chapters.get(chapter) ?? []), { id, title, question }]);
  }
  return [...chapters].map(([id, own]) => ({ id, title: titles.get(id) ?? id, steps: own }));
};
