/** Every step of the book and its edition, by `chapter/id`: of how many the reader has done some. */
import { editionOf } from '../../server/lessons/edition.ts';
import { readBook } from '../book.ts';

export const GET = async (): Promise<Response> => {
  const { steps } = await readBook();
  return Response.json(Object.fromEntries([...steps].map(([id, step]) => [id, editionOf(step)])));
};
