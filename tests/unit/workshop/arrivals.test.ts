import { expect, it } from 'vitest';
import { createArrivals } from '../../../server/workshop/arrivals.ts';

it('lets a whole room in at once, and then one a second', () => {
  let now = 0;
  const arrivals = createArrivals(3, () => now);
  const take = (): boolean[] => [1, 2, 3, 4].map(() => arrivals.take());
  expect(take()).toEqual([true, true, true, false]);
  now += 1_000;
  expect(take()).toEqual([true, false, false, false]);
  // However long nobody came, there are no more at once.
  now += 3_600_000;
  expect(take()).toEqual([true, true, true, false]);
});
