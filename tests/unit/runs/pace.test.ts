import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOutput, PART } from '../../../server/runs/output.ts';
import { createPace, WINDOW } from '../../../server/runs/pace.ts';

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
    expect(first).toBeLessThanOrEqual(WINDOW + 64 * KIB);
    expect(isPaused()).toBe(true);
    reader.reached(first - 1_600 * KIB);
    expect(isPaused()).toBe(true);
    reader.reached(first - 1_500 * KIB);
    expect(isPaused()).toBe(false);
  });

  it('never lets what the fastest page has yet to draw be dropped', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: PART }), { minLength: 40, maxLength: 200 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: PART }), (sizes, drawn) => {
        const output = createOutput();
        const pace = createPace();
        let paused = false;
        pace.drive({ pause: () => (paused = true), resume: () => (paused = false) });
        const reader = pace.attend(0);
        reader.reached(drawn);
        for (const size of sizes) {
          if (paused) break;
          output.append(new Uint8Array(size));
          pace.produced(size);
        }
        fc.pre(paused);
        expect(output.read(drawn)?.offset).toBe(drawn);
        reader.leave();
        pace.release();
      }),
    );
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
    // More than the burst that a run has for nobody.
    const printed = print(100);
    expect(printed).toBeGreaterThan(WINDOW);
    expect(printed).toBeLessThanOrEqual(WINDOW + 64 * KIB);
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
