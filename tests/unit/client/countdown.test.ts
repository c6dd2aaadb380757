import { expect, it } from 'vitest';
import { countdown } from '../../../src/client/countdown.ts';

it('counts down what is left, up to the next second, to nothing and no further', () => {
  expect([3_600_000, 299_000, 124_001, 999, 0, -5_000].map(countdown)).toEqual([
    '1:00:00',
    '4:59',
    '2:05',
    '0:01',
    '0:00',
    '0:00',
  ]);
});
