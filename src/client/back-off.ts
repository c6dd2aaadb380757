/** Milliseconds. A sidecar that restarts is back within seconds; nobody should have to wait longer. */
const FIRST = 250;
const LONGEST = 5_000;

/**
 * Milliseconds to wait before the next attempt, after `failures` (from 1) in a row: doubling up to
 * five seconds, and between half and all of that, so that many pages do not come back at once.
 *
 * @param random 0 to 1, as `Math.random` gives it.
 */
export const backOff = (failures: number, random: number): number => {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** (failures - 1));
  return ceiling * (0.5 + random / 2);
};
