import { describe, expect, it } from 'vitest';
import type { ProgramEvent, Sample } from '../../../server/program-events.ts';
import { addEvent, outagesOf, rowsOf, type Series } from '../../../src/client/run-series.ts';

const sample = (at: number, counts: number[], silent: number[] = []): Sample => ({
  type: 'sample',
  topic: 'orders',
  at,
  what: 'acked',
  counts,
  failed: 0,
  unknown: 0,
  waiting: counts.map(() => 0),
  silent,
});

const seriesOf = (...events: ProgramEvent[]): Series[] => {
  const all: Series[] = [];
  for (const event of events) addEvent(all, event);
  return all;
};

const ledger = {
  ...{ sent: 2, acked: 2, failed: 0, unknown: 0, read: 2, lost: 0, misplaced: 0, duplicated: 0 },
  ...{ outOfOrder: 0, foreign: 0, longestGap: { 0: 160 }, verdict: 'no loss' as const },
};

describe('the pace of a partition', () => {
  it('is what was added, by the time that passed', () => {
    const [series] = seriesOf(sample(500, [0, 0]), sample(1_500, [20, 5]), sample(3_500, [60, 5]));
    expect(series?.times).toEqual([0.5, 1.5, 3.5]);
    expect(series?.rates).toEqual([
      [20, 20, 20],
      [5, 5, 0],
    ]);
  });

  it('misses nothing where samples were lost, since each tells the totals', () => {
    const [series] = seriesOf(sample(0, [0]), sample(9_000, [90]));
    expect(series?.rates).toEqual([[10, 10]]);
    expect(series?.last.counts).toEqual([90]);
  });

  it('is not told by a sample right after another, but its totals are', () => {
    const [series] = seriesOf(sample(0, [0]), sample(1_000, [9]), sample(1_001, [10]));
    expect(series?.times).toEqual([0, 1]);
    expect(series?.last.counts).toEqual([10]);
  });

  it('is one for all partitions that have no row of their own', () => {
    const counts = Array.from({ length: 50 }, (_, partition) => partition);
    expect(rowsOf(counts)).toHaveLength(12);
    expect(rowsOf(counts).at(-1)).toBe(counts.slice(11).reduce((sum, count) => sum + count, 0));
    expect(rowsOf([1, 2])).toEqual([1, 2]);
  });
});

describe('a broker that does not answer', () => {
  it('is shaded from the first sample that says so to the first that does not', () => {
    const [series] = seriesOf(
      sample(0, [0]),
      sample(1_000, [1], [2]),
      sample(2_000, [1], [2, 3]),
      sample(3_000, [1], [3]),
    );
    expect(series?.silences).toEqual([
      { broker: 2, from: 1, to: 3 },
      { broker: 3, from: 2, to: undefined },
    ]);
  });
});

describe('an outage', () => {
  /** A sample a second: what there was by then, how much waits, and who does not answer. */
  const of = (
    ...seconds: readonly (readonly [count: number, waiting: number, silent?: number])[]
  ) => {
    const [series] = seriesOf(
      ...seconds.map(([count, waiting, silent], at) => ({
        ...sample(at * 1_000, [count, at], silent === undefined ? [] : [silent]),
        waiting: [waiting, 1],
      })),
    );
    if (series === undefined) throw new Error('no series');
    return [0, 1].map((row) => outagesOf(series, row));
  };

  it('is a partition’s own: something waited, and nothing came, while a broker did not answer', () => {
    expect(of([0, 0], [9, 1], [9, 1, 3], [9, 1, 3], [9, 1, 3], [18, 1, 3], [27, 0])).toEqual([
      [{ from: 1, to: 4 }],
      [],
    ]);
  });

  it('goes on until something comes', () => {
    expect(of([0, 0], [9, 0], [9, 1, 3], [9, 1, 3])).toEqual([[{ from: 1, to: undefined }], []]);
  });

  it('is none where nothing waits, or nothing is amiss', () => {
    expect(of([0, 0], [1, 0, 3], [1, 0, 3], [1, 0, 3], [2, 0])).toEqual([[], []]);
    expect(of([0, 0], [1, 1], [1, 1], [1, 1], [2, 1])).toEqual([[], []]);
  });
});

describe('a topic', () => {
  it('has a picture of its own, to which its ledger belongs', () => {
    const other = { ...sample(9_000, [7]), topic: 'events' };
    const all = seriesOf(sample(0, [1]), other, { type: 'ledger', topic: 'orders', ledger });
    expect(all.map(({ topic, ledger }) => [topic, ledger?.verdict])).toEqual([
      ['orders', 'no loss'],
      ['events', undefined],
    ]);
  });

  it('begins anew where the totals do: another program works on it', () => {
    const all = seriesOf(sample(5_000, [50]), sample(100, [0]), sample(1_100, [5]));
    expect(all.map(({ rates }) => rates)).toEqual([[[null]], [[5, 5]]]);
  });

  it('is dropped for newer ones, and so are the samples of the first hour', () => {
    const topics = Array.from({ length: 9 }, (_, index) => ({
      ...sample(0, [0]),
      topic: `drill-${index}`,
    }));
    expect(seriesOf(...topics).map(({ topic }) => topic)).toEqual(
      ['5', '6', '7', '8'].map((index) => `drill-${index}`),
    );
    const hours = Array.from({ length: 4_000 }, (_, second) => sample(second * 1_000, [second]));
    const [series] = seriesOf(...hours);
    expect(series?.times).toHaveLength(3_600);
    expect(series?.rates[0]).toHaveLength(3_600);
    expect(series?.times.at(-1)).toBe(3_999);
  });
});
