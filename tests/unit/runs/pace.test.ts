import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPace } from '../../../server/runs/pace.ts';

const KIB = 1024;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const setUp = () => {
  let paused = false;
  const pace = createPace();
  pace.drive({
    pause: () => {
      paused = true;
    },
    resume: () => {
      paused = false;
    },
  });
  /** Prints 64 KiB a millisecond for that long, unless it is paused. Returns the bytes printed. */
  const print = (milliseconds: number): number => {
    let printed = 0;
    for (let tick = 0; tick < milliseconds; tick += 1) {
      if (!paused) {
        printed += 64 * KIB;
        pace.produced(64 * KIB);
      }
      vi.advanceTimersByTime(1);
    }
    return printed;
  };
  return { pace, print, isPaused: () => paused };
};

describe('the pace of a run', () => {
  it('counts what was printed before there was anybody to pause', () => {
    const pace = createPace();
    pace.produced(2 * KIB * KIB);
    const pause = vi.fn();
    pace.drive({ pause, resume: () => {} });
    expect(pause).toHaveBeenCalledOnce();
  });

  it('that nobody reads is 1 MiB a second, after a burst of 1 MiB', () => {
    const { print } = setUp();
    expect(print(10_000) / KIB / KIB).toBeCloseTo(11, 0);
  });

  it('waits for the page that reads, and goes on with it', () => {
    const { pace, print, isPaused } = setUp();
    const reader = pace.attend(0);
    const first = print(100);
    expect(first).toBeLessThan(1664 * KIB);
    expect(isPaused()).toBe(true);
    reader.reached(first - 1_100 * KIB);
    expect(isPaused()).toBe(true);
    reader.reached(first - 1_000 * KIB);
    expect(isPaused()).toBe(false);
  });

  it('is the fastest page’s, not the slowest’s', () => {
    const { pace, print, isPaused } = setUp();
    const fast = pace.attend(0);
    pace.attend(0);
    const first = print(100);
    fast.reached(first);
    expect(isPaused()).toBe(false);
  });

  it('does not wait for a page that has fallen asleep', () => {
    const { pace, print, isPaused } = setUp();
    pace.attend(0);
    print(100);
    expect(isPaused()).toBe(true);
    vi.advanceTimersByTime(5_000);
    expect(isPaused()).toBe(false);
    expect(print(10_000) / KIB / KIB).toBeCloseTo(11, 0);
  });

  it('takes no page for asleep that has had nothing to draw', () => {
    const { pace, print } = setUp();
    pace.attend(0);
    vi.advanceTimersByTime(60_000);
    expect(print(1_000)).toBeLessThan(1664 * KIB);
  });

  it('is nobody’s when the last page has left', () => {
    const { pace, print, isPaused } = setUp();
    const reader = pace.attend(0);
    print(100);
    reader.leave();
    expect(isPaused()).toBe(false);
  });

  it('is none for what is to end', () => {
    const { pace, print, isPaused } = setUp();
    pace.attend(0);
    print(100);
    pace.release();
    expect(print(100)).toBe(100 * 64 * KIB);
    expect(isPaused()).toBe(false);
  });
});
