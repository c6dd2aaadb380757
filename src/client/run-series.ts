/** What a program has told of itself, made ready to be drawn: one record for each topic it worked on. */
import type { Ledger, ProgramEvent, Sample } from '../../server/program-events.ts';

/** A broker that did not answer, in seconds; it still does not while there is no `to`. */
export interface Silence {
  readonly broker: number;
  readonly from: number;
  to: number | undefined;
}

export interface Series {
  readonly topic: string;
  readonly what: Sample['what'];
  /** Seconds since the program began, one for each of `rates`: the first of it may be missing. */
  readonly times: number[];
  /**
   * Of a second, up to that time, by partition; the last is the sum of all that have no row of their
   * own. `null` where there is only one sample.
   */
  readonly rates: (number | null)[][];
  /** At each of these times, how many wait for an answer; rows as of `rates`. */
  readonly waits: number[][];
  /** The newest sample: totals so far. */
  last: Sample;
  readonly silences: Silence[];
  ledger: Ledger | undefined;
}

/** Samples that are kept, of an hour; and rows that a reader can still compare. */
const MOST_SAMPLES = 3_600;
export const MOST_ROWS = 12;

/** Silences that are kept: a broker may flap. */
const MOST_SILENCES = 20;

/** Topics that are kept: a drill of all scenarios has three. */
const MOST_TOPICS = 4;

/** The counts that are drawn: beyond `MOST_ROWS` partitions, the rest in one. */
export const rowsOf = (counts: readonly number[]): readonly number[] => {
  if (counts.length <= MOST_ROWS) return counts;
  const rest = counts.slice(MOST_ROWS - 1).reduce((sum, count) => sum + count, 0);
  return [...counts.slice(0, MOST_ROWS - 1), rest];
};

export interface Span {
  /** Seconds; it goes on while there is no `to`. */
  readonly from: number;
  readonly to: number | undefined;
}

/** Samples at which something waits, and without any answer between them, of one that stands still. */
const STILL = 2;

/**
 * When a row stood still while some broker did not answer: something waited, and nothing came. One that
 * has nothing to do does not stand still.
 */
export const outagesOf = (
  { times, rates, waits, silences }: Series,
  row: number,
): readonly Span[] => {
  const own = rates[row] ?? [];
  const spans: Span[] = [];
  let still = 0;
  for (let index = 1; index <= own.length; index += 1) {
    if (own[index] === 0 && (waits[row]?.[index] ?? 0) > 0) {
      still += 1;
      continue;
    }
    // A pace is that of the second before.
    const from = times[index - 1 - still] ?? 0;
    const to = index < own.length ? times[index - 1] : undefined;
    const isStruck = silences.some(
      (each) => each.from < (to ?? Infinity) && (each.to ?? Infinity) > from,
    );
    if (still >= STILL && isStruck) spans.push({ from, to });
    still = 0;
  }
  return spans;
};

/** Adds what an event tells to `all`, in place. */
export const addEvent = (all: Series[], event: ProgramEvent): void => {
  const known = all.findLast(({ topic }) => topic === event.topic);
  if (event.type === 'ledger') {
    if (known !== undefined) known.ledger = event.ledger;
  } else if (known === undefined || !continues(known.last, event)) {
    all.push(begin(event));
    all.splice(0, all.length - MOST_TOPICS);
  } else {
    addSample(known, event);
  }
};

/** Totals only grow, and so does the time. */
const continues = (last: Sample, next: Sample): boolean =>
  next.what === last.what &&
  next.at >= last.at &&
  next.counts.length === last.counts.length &&
  next.counts.every((count, partition) => count >= (last.counts[partition] ?? 0));

const begin = (first: Sample): Series => {
  const time = first.at / 1_000;
  const series: Series = {
    topic: first.topic,
    what: first.what,
    times: [time],
    rates: rowsOf(first.counts).map(() => [null]),
    waits: rowsOf(first.waiting).map((count) => [count]),
    last: first,
    silences: [],
    ledger: undefined,
  };
  noteSilence(series, first, time);
  return series;
};

const addSample = (series: Series, next: Sample): void => {
  const { last, times, rates } = series;
  const passed = (next.at - last.at) / 1_000;
  series.last = next;
  // The last word may come right after a sample: too short a time to tell a pace by.
  if (passed < 0.2) return;
  const time = next.at / 1_000;
  const before = rowsOf(last.counts);
  for (const [row, count] of rowsOf(next.counts).entries()) {
    const rate = (count - (before[row] ?? 0)) / passed;
    // The step of the first second begins where the program does.
    if (times.length === 1) rates[row]?.splice(0, 1, rate);
    rates[row]?.push(rate);
  }
  times.push(time);
  for (const [row, count] of rowsOf(next.waiting).entries()) series.waits[row]?.push(count);
  noteSilence(series, next, time);
  if (times.length > MOST_SAMPLES) {
    for (const column of [times, ...rates, ...series.waits]) column.shift();
  }
};

const noteSilence = ({ silences }: Series, { silent }: Sample, time: number): void => {
  for (const open of silences) {
    if (open.to === undefined && !silent.includes(open.broker)) open.to = time;
  }
  for (const broker of silent) {
    const isOpen = silences.some((each) => each.broker === broker && each.to === undefined);
    if (!isOpen) silences.push({ broker, from: time, to: undefined });
  }
  silences.splice(0, silences.length - MOST_SILENCES);
};
