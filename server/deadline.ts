import { setTimeout } from 'node:timers/promises';

/** What `work` gives; rejects with what `late` makes where it takes longer. `work` itself goes on. */
export const within = async <T>(
  milliseconds: number,
  work: Promise<T>,
  late: () => Error,
): Promise<T> => {
  const clock = new AbortController();
  try {
    return await Promise.race([
      work,
      setTimeout(milliseconds, undefined, { signal: clock.signal }).then(() => {
        throw late();
      }),
    ]);
  } finally {
    clock.abort();
  }
};
