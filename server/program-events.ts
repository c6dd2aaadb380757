/**
 * The contract between a program of `examples/` and the page that shows its terminal: what the page
 * draws beside the text. Events travel in the text, as an escape sequence that no terminal shows
 * (`event-escape.ts`), so that they keep their place, and stay with the run in its journal.
 *
 * The page checks them: what a consumer prints comes from a topic, and anybody may have written it.
 * Such a message knows the shape of an event, but not the id of the run that will print it.
 */
import * as z from 'zod/mini';

/** Bounds what a forged event can cost the page. */
const MOST_PARTITIONS = 1_000;

const count = z.int().check(z.nonnegative());
/** Milliseconds; a month is more than any program runs. */
const duration = z.number().check(z.nonnegative(), z.maximum(31 * 24 * 3_600_000));
/** In the order of the partitions. */
const counts = z.array(count).check(z.minLength(1), z.maxLength(MOST_PARTITIONS));
/** As Kafka takes it. */
const topic = z.string().check(z.maxLength(249), z.regex(/^[\w.-]+$/));

/** Where things stand, once a second. Counts are totals so far: one that is missing costs nothing. */
const Sample = z.strictObject({
  type: z.literal('sample'),
  topic,
  /** Milliseconds since the program began. */
  at: duration,
  /** What is counted: orders that were acknowledged, or messages that were read. */
  what: z.enum(['acked', 'read']),
  counts,
  /** Orders of all partitions that the broker refused, and those of which nobody can tell. */
  failed: count,
  unknown: count,
  /** Orders that were sent, and of which nobody has told anything yet; by partition, as `counts`. */
  waiting: counts,
  /** Brokers that did not answer the program just then. */
  silent: z.array(z.int()).check(z.maxLength(3)),
});

/** What was sent held against what could be read: the drill's last word. */
const Ledger = z.strictObject({
  sent: count,
  acked: count,
  failed: count,
  /** Nobody could tell; each may have been written or not. */
  unknown: count,
  read: count,
  /** Acked, and not to be read any more. */
  lost: count,
  /** Acked at an offset that holds another message, or that two acks share. */
  misplaced: count,
  /** Read more than once: the extra times. */
  duplicated: count,
  /** Read after a message that was acked later. */
  outOfOrder: count,
  /** Read, but never sent, or refused by the broker. */
  foreign: count,
  /**
   * Milliseconds from an ack to the next, the longest, by partition; where no ack came any more, to
   * the end of the last send.
   */
  longestGap: z.record(z.string(), duration),
  verdict: z.enum(['no loss', 'loss', 'broken']),
});

const Proof = z.strictObject({ type: z.literal('ledger'), topic, ledger: Ledger });

const ProgramEvent = z.discriminatedUnion('type', [Sample, Proof]);

export type Sample = z.infer<typeof Sample>;
export type Ledger = Readonly<z.infer<typeof Ledger>>;
export type ProgramEvent = z.infer<typeof ProgramEvent>;

/** What an escape sequence held; `undefined` for anything that is no event of this run. */
export const decodeEvent = (run: string, data: string): ProgramEvent | undefined => {
  if (!data.startsWith(`${run};`)) return undefined;
  try {
    return z.safeParse(ProgramEvent, JSON.parse(data.slice(run.length + 1))).data;
  } catch {
    return undefined;
  }
};
