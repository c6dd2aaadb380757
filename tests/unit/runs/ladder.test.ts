import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLadder } from '../../../server/runs/ladder.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const setUp = (patient: boolean) => {
  const sent: string[] = [];
  const said: string[] = [];
  const ladder = createLadder({
    patient,
    send: (signal) => sent.push(signal),
    say: (text) => said.push(text),
  });
  return { ladder, sent, said };
};

it('goes from Ctrl+C to SIGTERM to SIGKILL, and says each', () => {
  const { ladder, sent, said } = setUp(false);
  ladder.climb('interrupt');
  expect(sent).toEqual(['interrupt']);
  vi.advanceTimersByTime(5_000);
  expect(sent).toEqual(['interrupt', 'terminate']);
  vi.advanceTimersByTime(5_000);
  expect(sent).toEqual(['interrupt', 'terminate', 'kill']);
  vi.advanceTimersByTime(60_000);
  expect(sent).toHaveLength(3);
  expect(said).toEqual([expect.stringContaining('SIGTERM'), expect.stringContaining('SIGKILL')]);
});

it('needs no more than what helped', () => {
  const { ladder, sent, said } = setUp(false);
  ladder.climb('interrupt');
  ladder.stop();
  vi.advanceTimersByTime(60_000);
  expect(sent).toEqual(['interrupt']);
  expect(said).toEqual([]);
});

it('forces what has something to put back only at the second word', () => {
  const { ladder, sent, said } = setUp(true);
  ladder.climb('interrupt');
  vi.advanceTimersByTime(60_000);
  expect(sent).toEqual(['interrupt']);
  ladder.climb('terminate');
  expect(said).toHaveLength(1);
  vi.advanceTimersByTime(5_000);
  expect(sent).toEqual(['interrupt', 'terminate', 'kill']);
});

it('is not delayed by another Ctrl+C, which is passed on', () => {
  const { ladder, sent } = setUp(false);
  ladder.climb('interrupt');
  vi.advanceTimersByTime(4_000);
  ladder.climb('interrupt');
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual(['interrupt', 'interrupt', 'terminate']);
  vi.advanceTimersByTime(4_000);
  ladder.climb('interrupt');
  vi.advanceTimersByTime(1_000);
  expect(sent.at(-1)).toBe('kill');
});

it('keeps the kill that the second word has set, whatever another page says', () => {
  const { ladder, sent } = setUp(true);
  ladder.climb('terminate');
  ladder.climb('interrupt');
  vi.advanceTimersByTime(5_000);
  expect(sent).toEqual(['terminate', 'interrupt', 'kill']);
});

it('says what a kill leaves behind, where something was to be put back', () => {
  const { ladder, said } = setUp(true);
  ladder.climb('terminate');
  vi.advanceTimersByTime(5_000);
  expect(said.at(-1)).toContain('docker-compose up -d');
});
