/**
 * What every step of the book is called, by `chapter/id`, in the book's order; of a chapter, what brings
 * a cluster to where it begins comes first. For a class's summary.
 */
import { classBook } from '../build/class-book.ts';
import { runnableIn } from '../client/class/class-book.ts';

export const GET = async (): Promise<Response> => {
  const named = (await classBook()).flatMap((chapter) =>
    runnableIn(chapter).map(({ id, title }) => [id, `${chapter.title} › ${title}`]),
  );
  return Response.json(Object.fromEntries(named));
};
