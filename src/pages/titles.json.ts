/**
 * What every step of the book is called, by `chapter/id`, in the book's order; of a chapter, what brings
 * a cluster to where it begins comes first. For a class's summary.
 */
import { readBook } from '../book.ts';
import { classBook } from '../build/class-book.ts';

export const GET = async (): Promise<Response> => {
  const { checkpoints } = await readBook();
  const named = (await classBook()).flatMap(({ id: chapter, title: of, steps }) => {
    const before = [...checkpoints].filter(([id]) => id.startsWith(`${chapter}/`));
    return [...before.map(([id, { props }]) => ({ id, title: props.title })), ...steps].map(
      ({ id, title }) => [id, `${of} › ${title}`],
    );
  });
  return Response.json(Object.fromEntries(named));
};
