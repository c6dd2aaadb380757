import { describe, expect, it } from 'vitest';
import { timeline } from '../../../src/strings/cluster.ts';
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

it('since when something was is never broken in two', () => {
  expect(timeline.after('실행 시작', 2_900)).toBe('실행\u00a0시작\u00a0+2.9초');
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
