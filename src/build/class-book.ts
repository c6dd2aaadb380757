/** The book as the presenter's dashboard needs it. */
import { optionsOf } from '../../server/lessons/predict.ts';
import { readBook } from '../book.ts';
import type { ClassBook, ClassStep } from '../client/class/class-book.ts';
import { labelOf, questionOf } from '../strings/predict.ts';
import { bookLessons } from './book-lessons.ts';

export const classBook = async (): Promise<ClassBook> => {
  const { steps, checkpoints } = await readBook();
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
  return (await bookLessons()).map(({ id, data }) => ({
    id,
    title: data.title,
    checkpoints: [...checkpoints.values()]
      .filter((checkpoint) => checkpoint.id.startsWith(`${id}/`))
      .map((checkpoint) => ({ id: checkpoint.id, title: checkpoint.props.title })),
    steps: chapters.get(id) ?? [],
  }));
};
