import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOff } from '../../../src/client/back-off.ts';

const failures = fc.integer({ min: 1, max: 1_000 });
const random = fc.double({ min: 0, max: 1, noNaN: true });

describe('the wait before the next attempt to connect', () => {
  it('is a quarter of a second at most after the first failure', () => {
    expect(backOff(1, 1)).toBe(250);
  });

  it('doubles until it is five seconds, and stays there', () => {
    expect([2, 3, 4, 5, 6, 7].map((count) => backOff(count, 1))).toEqual([
      500, 1_000, 2_000, 4_000, 5_000, 5_000,
    ]);
  });

  it('is always between half and all of what it may be, so that pages come back one by one', () => {
    fc.assert(
      fc.property(failures, random, (count, chance) => {
        const most = backOff(count, 1);
        expect(backOff(count, chance)).toBeGreaterThanOrEqual(most / 2);
        expect(backOff(count, chance)).toBeLessThanOrEqual(most);
      }),
    );
    expect([0, 0.5, 1].map((chance) => backOff(1, chance))).toEqual([125, 187.5, 250]);
  });

  it('never shrinks while attempts go on failing', () => {
    fc.assert(
      fc.property(failures, random, (count, chance) => {
        expect(backOff(count + 1, chance)).toBeGreaterThanOrEqual(backOff(count, chance));
      }),
    );
  });
});
