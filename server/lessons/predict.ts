/** What a step asks before it is run: small questions about the cluster, each of one shape. */
import { z } from 'zod';
import { BROKERS } from '../lab/lab.ts';
import { shaped } from './shapes.ts';

const name = z.string().min(1);
const partition = z.int().nonnegative();
/** How many there are, and so how many it may be. */
const count = z.int().positive().max(12);

/** Which broker leads the partition of the topic that this one leads by preference; of several, the first. */
const Leader = z.strictObject({
  leader: z.strictObject({ topic: name, preferred: z.enum(BROKERS) }),
});

/** How many replicas of this partition are in sync. */
const Isr = z.strictObject({ isr: z.strictObject({ topic: name, partition }) });

/** How many of the topic's partitions nobody leads. */
const Leaderless = z.strictObject({
  leaderless: z.strictObject({ topic: name, partitions: count }),
});

/** How many of the topic's partitions have got messages from this run. */
const Spread = z.strictObject({ spread: z.strictObject({ topic: name, partitions: count }) });

/** How many of the group's members have no partition. */
const Idle = z.strictObject({ idle: z.strictObject({ group: name, members: count }) });

const EXAMPLES = [
  "{ leader: { topic: 'orders', preferred: 'kafka1' } }",
  "{ isr: { topic: 'orders', partition: 0 } }",
  "{ leaderless: { topic: 'events', partitions: 5 } }",
  "{ spread: { topic: 'demo-key', partitions: 3 } }",
  "{ idle: { group: 'order_processing_group', members: 5 } }",
];

const SHAPES = [Leader, Isr, Leaderless, Spread, Idle] as const;
export const Predict = shaped(
  z.union(SHAPES),
  SHAPES,
  EXAMPLES,
  `다음 꼴 가운데 하나여야 합니다: ${EXAMPLES.join(', ')}`,
);
export type Predict = z.infer<typeof Predict>;

/** No broker, where one is asked for. */
export const NOBODY = 'none';

/** Whatever may be, by the same words as what is found: brokers by name, numbers in digits. */
export const optionsOf = (predict: Predict): readonly string[] => {
  if ('leader' in predict) return [...BROKERS, NOBODY];
  // The last one stays in it also when it has stopped.
  if ('isr' in predict) return numbers(1, BROKERS.length);
  if ('leaderless' in predict) return numbers(0, predict.leaderless.partitions);
  if ('spread' in predict) return numbers(1, predict.spread.partitions);
  return numbers(0, predict.idle.members);
};

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
