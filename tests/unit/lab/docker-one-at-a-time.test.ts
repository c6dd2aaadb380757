import { expect, it } from 'vitest';
import { oneAtATime } from '../../../server/lab/docker/one-at-a-time.ts';

it('does once more what was asked for meanwhile, however often', async () => {
  const underWay: (() => void)[] = [];
  const ask = oneAtATime(() => new Promise((resolve) => underWay.push(resolve)));
  ask();
  for (let times = 0; times < 1_000; times += 1) ask();
  expect(underWay).toHaveLength(1);
  underWay[0]?.();
  await Promise.resolve();
  expect(underWay).toHaveLength(2);
  underWay[1]?.();
  await Promise.resolve();
  expect(underWay).toHaveLength(2);
  ask();
  expect(underWay).toHaveLength(3);
});
