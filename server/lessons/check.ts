/** What must be true of the cluster after a step: small facts, each of one shape. */
import { z } from 'zod';
import { BROKERS } from '../lab/lab.ts';
import { shaped } from './shapes.ts';

const broker = z.enum(BROKERS);
const brokers = z.array(broker).min(1);
const name = z.string().min(1);

/** The topic exists, with this many partitions and this many replicas of each. */
const Topic = z.strictObject({
  topic: name,
  partitions: z.int().positive(),
  replicationFactor: z.int().positive(),
});

/** Every partition of the topic has this many replicas in sync. */
const Isr = z.strictObject({ isr: z.strictObject({ topic: name, size: z.int().nonnegative() }) });

/** None of these brokers runs. */
const Down = z.strictObject({ down: brokers });

/** Each of these brokers runs, answers, and is in the cluster. */
const Up = z.strictObject({ up: brokers });

/** One partition, or without a number every partition of the topic, is led by another broker than this. */
const Leader = z.strictObject({
  leader: z.strictObject({
    topic: name,
    partition: z.int().nonnegative().optional(),
    not: broker,
  }),
});

/** Every partition of the topic is led by its preferred leader, the first of its replicas. */
const Preferred = z.strictObject({ preferred: name });

/** The group has this many members, and Kafka calls its state so. */
const Group = z.strictObject({
  group: name,
  members: z.int().nonnegative(),
  state: z.enum(['Stable', 'Empty']),
});

/** Nobody is in the group; there need not be one. */
const Idle = z.strictObject({ idle: name });

/** The step has printed this text. */
const Output = z.strictObject({ output: name });

const SHAPES = [Topic, Isr, Down, Up, Leader, Preferred, Group, Idle, Output] as const;

const Check = z.union(SHAPES);
export type Check = z.infer<typeof Check>;
/** Of the cluster, and not of what was printed. */
export type ClusterCheck = Exclude<Check, { output: string }>;

const EXAMPLES = [
  "{ topic: 'orders', partitions: 3, replicationFactor: 3 }",
  "{ isr: { topic: 'orders', size: 3 } }",
  "{ down: ['kafka1'] }",
  "{ up: ['kafka1'] }",
  "{ leader: { topic: 'orders', partition: 0, not: 'kafka1' } }",
  "{ preferred: 'orders' }",
  "{ group: 'order_processing_group', members: 3, state: 'Stable' }",
  "{ idle: 'order_processing_group' }",
  "{ output: '글' }",
];

/** One, or several that must all hold. */
export const Checks = shaped(
  z.union([Check.transform((one) => [one]), z.array(Check).min(1)]),
  SHAPES,
  EXAMPLES,
  `다음 꼴 가운데 하나이거나, 그런 것의 목록이어야 합니다: ${EXAMPLES.join(', ')}`,
);

/** A group that is ready for those who come: it has a place to read from, and nobody in it. */
const Ready = Group.extend({ members: z.literal(0), state: z.literal('Empty') });

const NEED_EXAMPLES = [
  "{ up: ['kafka1'] }",
  "{ down: ['kafka2'] }",
  "{ topic: 'orders', partitions: 3, replicationFactor: 3 }",
  "{ group: 'order_processing_group', members: 0, state: 'Empty' }",
  "{ idle: 'order_processing_group' }",
];

const NEEDS = [Up, Down, Topic, Ready, Idle] as const;

/** What commands of the guide can bring about, or only the reader can: nobody else stops a consumer. */
const Need = shaped(
  z.union(NEEDS),
  NEEDS,
  NEED_EXAMPLES,
  `다음 꼴 가운데 하나여야 합니다: ${NEED_EXAMPLES.join(', ')}`,
);
export type Need = z.infer<typeof Need>;

/** The cluster that a chapter, or a step, begins with: all of these. Nothing, where it begins with none. */
export const Needs = z.array(Need, '목록이어야 합니다. 아무것도 필요하지 않으면 []라고 적습니다');
