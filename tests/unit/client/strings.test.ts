import { describe, expect, it } from 'vitest';
import { duration, wholeDuration } from '../../../src/strings/duration.ts';

describe('how long a run took', () => {
  it.each([
    [4, '0.1초'],
    [412, '0.4초'],
    [59_940, '59.9초'],
    [60_000, '1분 0초'],
    [65_400, '1분 5초'],
    [7_380_000, '2시간 3분'],
  ])('%i ms is said as %s', (ms, said) => {
    expect(duration(ms)).toBe(said);
  });
});

describe('a clock that ticks', () => {
  it.each([
    [0, '0초'],
    [3_999, '3초'],
    [65_400, '1분 5초'],
  ])('%i ms is said as %s', (ms, said) => {
    expect(wholeDuration(ms)).toBe(said);
  });
});
