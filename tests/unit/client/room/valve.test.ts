import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createValve } from '../../../../src/client/room/valve.ts';

const KIB = 1024;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const open = () => {
  const sent: { run: string; offset: number; length: number }[] = [];
  const valve = createValve((run, offset, { length }) => sent.push({ run, offset, length }));
  /** So many bytes, one after the other, in so many milliseconds each. */
  const flood = (run: string, size: number, milliseconds: number, times: number): void => {
    for (let at = 0; at < times; at += 1) {
      valve.take(run, at * size, new Uint8Array(size));
      vi.advanceTimersByTime(milliseconds);
    }
  };
  return { sent, valve, flood, bytes: () => sent.reduce((sum, { length }) => sum + length, 0) };
};

it('lets a screen through at once, and each piece of it as it comes', () => {
  const { sent, valve } = open();
  for (let at = 0; at < 16; at += 1) valve.take('a', at * 4 * KIB, new Uint8Array(4 * KIB));
  expect(sent).toHaveLength(16);
});

it('lets a flood through at 8 kB a second, and leaves out the rest', () => {
  const { bytes, flood } = open();
  flood('a', 100 * KIB, 100, 100);
  expect(bytes()).toBeGreaterThan((64 + 60) * KIB);
  expect(bytes()).toBeLessThanOrEqual((64 + 8 * 11) * KIB);
});

it('ends with the last bytes, however much was left out', () => {
  const { sent, valve } = open();
  for (let at = 0; at < 100; at += 1) valve.take('a', at * KIB, new Uint8Array(KIB));
  valve.flush('a');
  const last = sent.at(-1);
  expect((last?.offset ?? 0) + (last?.length ?? 0)).toBe(100 * KIB);
  expect(last?.length).toBeLessThanOrEqual(8 * KIB);
});

it('sends what waits by itself, soon, and in order', () => {
  const { sent, valve } = open();
  valve.take('a', 0, new Uint8Array(64 * KIB));
  valve.take('a', 64 * KIB, new Uint8Array(10));
  vi.advanceTimersByTime(1_000);
  expect(sent.at(-1)).toEqual({ run: 'a', offset: 64 * KIB, length: 10 });
});

it('counts each run by itself', () => {
  const { sent, flood, valve } = open();
  flood('a', 64 * KIB, 0, 10);
  valve.take('b', 0, new Uint8Array(KIB));
  expect(sent.at(-1)?.run).toBe('b');
});

it('sends nothing any more once it is closed', () => {
  const { sent, flood, valve } = open();
  flood('a', 64 * KIB, 0, 2);
  valve.dispose();
  vi.advanceTimersByTime(60_000);
  expect(sent).toHaveLength(1);
});
