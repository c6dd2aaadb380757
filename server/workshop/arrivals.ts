/**
 * How many new people come in by one code: whoever knows the code and comes and goes without end would fill the log,
 * which keeps of each that they were there. Who comes back is not new.
 */

/** A second, once as many have come as a room takes at once. That they came is 35 MB of a log a day at most. */
const RATE = 1;

export interface Arrivals {
  /** `false` where this would be one too many: then it is not counted, either. */
  take(): boolean;
}

/**
 * @param most at once.
 * @param clock milliseconds.
 */
export const createArrivals = (
  most: number,
  clock: () => number = () => performance.now(),
): Arrivals => {
  let left = most;
  let at = clock();
  return {
    take: () => {
      const now = clock();
      left = Math.min(most, left + ((now - at) / 1_000) * RATE);
      at = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
};
