import { describe, expect, it } from 'vitest';
import { duration, exitedWords, runningWords } from '../../../server/lab/local/status.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('Docker’s words', () => {
  // The table of docker/go-units, duration_test.go.
  it.each([
    [450, 'Less than a second'],
    [SECOND, '1 second'],
    [47 * SECOND, '47 seconds'],
    [MINUTE, 'About a minute'],
    [3 * MINUTE, '3 minutes'],
    [35 * MINUTE + 40 * SECOND, '35 minutes'],
    [HOUR, 'About an hour'],
    [HOUR + 45 * MINUTE, '2 hours'],
    [3 * HOUR + 20 * MINUTE, '3 hours'],
    [24 * HOUR, '24 hours'],
    [2 * DAY, '2 days'],
    [7 * DAY, '7 days'],
    [13 * DAY + 5 * HOUR + 25 * MINUTE, '13 days'],
    [14 * DAY, '2 weeks'],
    [61 * DAY, '2 months'],
    [3 * 365 * DAY, '3 years'],
  ])('say %d ms as %s', (milliseconds, words) => {
    expect(duration(milliseconds)).toBe(words);
  });

  it('say how long a container is up, and whether it is paused', () => {
    expect(runningWords(0, false, 5 * MINUTE)).toBe('Up 5 minutes');
    expect(runningWords(0, true, 5 * MINUTE)).toBe('Up 5 minutes (Paused)');
  });

  it('say how it ended, and do not guess', () => {
    expect(exitedWords({ code: 143, at: 0 }, 3 * SECOND)).toBe('Exited (143) 3 seconds ago');
    expect(exitedWords(undefined)).toBe('Exited (unknown)');
  });
});
