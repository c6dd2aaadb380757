import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startPlayback } from '../../../src/client/playback.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const EVENTS = [0, 100, 100, 5_000, 10_000].map((at, index) => ({ at, index }));

const play = (speed = 1) => {
  const given: number[] = [];
  let ended = 0;
  const playback = startPlayback(EVENTS, speed, {
    give: ({ index }) => given.push(index),
    handleEnd: () => {
      ended += 1;
    },
  });
  return { playback, given, ended: () => ended };
};

it('gives each when it is due, and tells its end once', () => {
  const { given, ended } = play();
  expect(given).toEqual([]);
  vi.advanceTimersByTime(99);
  expect(given).toEqual([0]);
  vi.advanceTimersByTime(1);
  expect(given).toEqual([0, 1, 2]);
  vi.advanceTimersByTime(9_899);
  expect(given).toEqual([0, 1, 2, 3]);
  expect(ended()).toBe(0);
  vi.advanceTimersByTime(60_000);
  expect(given).toEqual([0, 1, 2, 3, 4]);
  expect(ended()).toBe(1);
});

it('waits while it is paused, and goes on where it was', () => {
  const { playback, given } = play();
  vi.advanceTimersByTime(1_000);
  playback.pause();
  vi.advanceTimersByTime(60_000);
  expect(given).toEqual([0, 1, 2]);
  playback.resume();
  vi.advanceTimersByTime(3_999);
  expect(given).toEqual([0, 1, 2]);
  vi.advanceTimersByTime(1);
  expect(given).toEqual([0, 1, 2, 3]);
});

it('goes faster from where it is', () => {
  const { playback, given } = play();
  vi.advanceTimersByTime(1_000);
  playback.setSpeed(4);
  vi.advanceTimersByTime(999);
  expect(given).toEqual([0, 1, 2]);
  vi.advanceTimersByTime(1);
  expect(given).toEqual([0, 1, 2, 3]);
});

it('gives the rest at once, also while it is paused', () => {
  const { playback, given, ended } = play();
  playback.pause();
  playback.finish();
  expect(given).toEqual([0, 1, 2, 3, 4]);
  expect(ended()).toBe(1);
});

it('gives no more once it was ended', () => {
  const { playback, given, ended } = play();
  vi.advanceTimersByTime(200);
  playback.end();
  vi.advanceTimersByTime(60_000);
  playback.finish();
  expect(given).toEqual([0, 1, 2]);
  expect(ended()).toBe(0);
});
