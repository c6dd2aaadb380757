import { expect, it } from 'vitest';
import { lateOf } from '../../../../src/client/class/late.ts';
import { joined, MINUTE, roomOf } from './class-of.ts';

const HOUR = 60 * MINUTE;

/** So many who join in this minute. */
const crowd = (minute: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    joined(`${minute}-${index}`, minute * MINUTE + index * 7),
  );

it('the minutes in which many came, the last first, each with all who have come since', () => {
  const room = roomOf([...crowd(100, 31), ...crowd(103, 30), ...crowd(140, 900), ...crowd(141, 1)]);
  expect(lateOf(room, 150 * MINUTE)).toEqual([
    { since: 140 * MINUTE, count: 901, crowd: 900 },
    { since: 100 * MINUTE, count: 962, crowd: 31 },
  ]);
});

it('of many such, those in which most came', () => {
  const room = roomOf(Array.from({ length: 12 }, (_, index) => crowd(index, 31 + index)).flat());
  expect(lateOf(room, HOUR).map(({ since }) => since / MINUTE)).toEqual([
    11, 10, 9, 8, 7, 6, 5, 4, 3, 2,
  ]);
});

it('a day that is over is of no interest', () => {
  expect(lateOf(roomOf(crowd(0, 40)), 12 * HOUR)).toEqual([]);
});
