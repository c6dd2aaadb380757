/** The pages of the book that are read one after the other: its chapters, and how it ends. */
import { type CollectionEntry, getCollection } from 'astro:content';

export const bookLessons = async (): Promise<CollectionEntry<'docs'>[]> => {
  const lessons = await getCollection('docs', ({ id }) => id !== 'index');
  // The folder's number is the order.
  return lessons.sort((a, b) => (a.filePath ?? a.id).localeCompare(b.filePath ?? b.id));
};
