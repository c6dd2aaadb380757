/**
 * The contract between page and sidecar. Both sides take their types from here; the page takes
 * types only (`import type`), so that zod never reaches the browser.
 *
 * Text frames carry one JSON message each. Output travels in binary frames, because a chunk of
 * bytes may end in the middle of a character: one line of JSON (`OutputHeader`), `\n`, the bytes.
 */
import { z } from 'zod';

/**
 * Made by the page: the same id sent again is the same run, so a repeated click runs once. In one
 * spelling only: it names a folder, and not every disk tells A from a.
 */
export const RunId = z.uuid().lowercase();

/** `chapter/id`, for example `topics/describe-orders`. */
export const StepId = z
  .string()
  .max(120)
  .regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/);

/** Characters; the bounds keep a hostile page from making a PTY allocate absurd screens. */
const cols = z.int().min(2).max(500);
const rows = z.int().min(1).max(300);

/** Bytes since the run began. */
const offset = z.int().nonnegative();

/** Of a step that lets them be changed, by their names; which may be what, the step says. */
export const Values = z.record(
  z.string().regex(/^[a-z]{1,30}$/),
  z.union([z.int(), z.string().max(100)]),
);

/** What Kafka takes for a name. */
export const TopicName = z
  .string()
  .max(249)
  .regex(/^[\w.-]+$/);

const TopicShape = z.strictObject({
  topic: TopicName,
  partitions: z.int().positive(),
  replicationFactor: z.int().positive(),
});

/** May be deleted, with no more in it. */
const AgreedTopic = TopicShape.extend({
  /** Not there where the reader has been shown no number. */
  messages: z.int().nonnegative().optional(),
});

const RunStart = z.strictObject({
  type: z.literal('run.start'),
  run: RunId,
  step: StepId,
  /** Without them, its author's. */
  values: Values.optional(),
  cols,
  rows,
  /**
   * Of a checkpoint: topics that it would delete, as the reader has been shown them with the button.
   * It deletes no other.
   */
  removes: z.array(AgreedTopic).max(100).optional(),
});

/** Answered by `run.taken`: then there is room for the next. */
const RunInput = z.strictObject({
  type: z.literal('run.input'),
  run: RunId,
  /** What was typed, as text; at most a generous paste. */
  data: z.string().min(1).max(16_384),
});

/** Milliseconds since 1970, by the sidecar's clock. */
const date = z.number();

const Signal = z.enum(['interrupt', 'terminate', 'kill']);

const RunSignal = z.strictObject({ type: z.literal('run.signal'), run: RunId, signal: Signal });

const RunResize = z.strictObject({ type: z.literal('run.resize'), run: RunId, cols, rows });

/** Send this run's output from `offset` on, and go on sending. Below 0, it counts from its end so far. */
const RunAttach = z.strictObject({ type: z.literal('run.attach'), run: RunId, offset: z.int() });

/** Everything before `offset` is on the reader's screen. */
const RunAck = z.strictObject({ type: z.literal('run.ack'), run: RunId, offset });

/** Tell what the cluster looks like, and what changes, until it is said otherwise. */
const ClusterWatch = z.strictObject({ type: z.literal('cluster.watch'), on: z.boolean() });

/** Start over: this lab's containers, their data, and the records of its runs go. */
const LabReset = z.strictObject({
  type: z.literal('lab.reset'),
  /** The reader was asked, and told what goes. */
  confirmed: z.literal(true),
});

export const ClientMessage = z.discriminatedUnion('type', [
  RunStart,
  RunInput,
  RunSignal,
  RunResize,
  RunAttach,
  RunAck,
  ClusterWatch,
  LabReset,
]);

/** `unknown`: the sidecar ended under it, and nobody saw how it went on. */
const Status = z.enum(['running', 'passed', 'failed', 'stopped', 'unknown']);

/** Whether the cluster is as the step declares: it is waited for, it is so, or it did not become so. */
export const CheckStatus = z.strictObject({
  state: z.enum(['waiting', 'held', 'missed']),
  /** Korean, for the reader: why it does not hold, with the values seen. Empty where nothing is missing. */
  reason: z.string(),
});

/** What the question that a step asks beforehand has turned out to be, once the cluster has settled. */
export const Outcome = z.strictObject({
  /** A broker's name, a number, or `none`; `null` where nobody can say. */
  value: z.string().nullable(),
  /** Korean, for the reader: why, in a sentence; empty where nobody has seen it. */
  reason: z.string(),
});

export const RunStatus = z.strictObject({
  type: z.literal('run.status'),
  run: RunId,
  step: StepId,
  /** What the step was when it ran, as `steps.json` names what it is now; empty where nobody noted it. */
  edition: z.string(),
  status: Status,
  /** It has passed and still runs, until it is stopped: a producer, a consumer, a followed log. */
  background: z.boolean(),
  /** Milliseconds since it was told to stop, and has not yet; `null` where it was not, or has. */
  stopping: z.number().nullable(),
  startedAt: date,
  /** Milliseconds the run has taken so far, or took in all. */
  duration: z.number(),
  /** `null` while it runs and where no process gave one. */
  exitCode: z.int().nullable(),
  /** Bytes of output so far. */
  size: offset,
  /** Of these, the oldest that are not kept any more. */
  dropped: offset,
  /** `null` where the step declares nothing, and until it is looked at. */
  check: CheckStatus.nullable(),
  /** `null` where the step asks nothing, and until that is known. */
  outcome: Outcome.nullable(),
});

/** What was typed has gone on to the program, or is little enough to wait for it. */
const RunTaken = z.strictObject({ type: z.literal('run.taken'), run: RunId });

export const ErrorCode = z.enum([
  /** No message of this protocol. */
  'bad-message',
  /** Not a command of this lab. */
  'usage',
  'unknown-step',
  'unknown-run',
  'cluster-down',
  /** Something else is under way that this would get in the way of. */
  'busy',
  /** The lab cannot be reached or cannot start on this machine. */
  'unavailable',
  /** A defect: the sidecar's log has it. */
  'internal',
]);

const ErrorMessage = z.strictObject({
  type: z.literal('error'),
  code: ErrorCode,
  /** Korean, for the reader: what happened and what to do. */
  message: z.string(),
  /** The run that was refused, where the message was about one. */
  run: RunId.optional(),
  /** The step to go to: it starts the cluster, or is the one that is in the way. */
  step: StepId.optional(),
});

const ContainerState = z.enum(['running', 'paused', 'exited', 'absent']);

/** 1 for kafka1, as in `Leader: 1`. */
const BrokerId = z.int().nonnegative();

const BrokerView = z.strictObject({
  name: z.enum(['kafka1', 'kafka2', 'kafka3']),
  container: ContainerState,
  /**
   * Of one that runs: `starting` has not been up yet, as far as anybody saw; `stopping` was, and is in
   * the cluster no more; `silent` was, and does not answer.
   */
  state: z.enum(['up', 'starting', 'stopping', 'silent', 'down']),
  /**
   * Whether Kafka counts on it, by the last word of the brokers: also on one that has died, until its
   * ZooKeeper session expires. `null` where none has told.
   */
  registered: z.boolean().nullable(),
});

const PartitionView = z.strictObject({
  topic: z.string(),
  partition: z.int().nonnegative(),
  leader: BrokerId.nullable(),
  replicas: z.array(BrokerId),
  isr: z.array(BrokerId),
  /** The offset that the next message will have; `null` where no leader has told. */
  end: z.int().nonnegative().nullable(),
});

const Assigned = z.strictObject({ topic: z.string(), partition: z.int().nonnegative() });

const GroupView = z.strictObject({
  id: z.string(),
  /** Kafka's word. */
  state: z.string(),
  /** Its coordinator does not answer now: this is what was known of it. */
  stale: z.boolean(),
  members: z.array(
    z.strictObject({ id: z.string(), client: z.string(), assigned: z.array(Assigned) }),
  ),
  /** `offset`: the next to read. */
  committed: z.array(Assigned.extend({ offset: z.int().nonnegative() })),
});

/** Milliseconds since the sidecar began, by a clock that does not jump: for how long ago something was. */
const at = z.number();

/** The whole cluster, as it was seen. */
export const ClusterState = z.strictObject({
  type: z.literal('cluster.state'),
  at,
  /** When the containers were last seen; `null` where none could be: then nothing is known of them. */
  seenAt: at.nullable(),
  zookeeper: ContainerState,
  brokers: z.array(BrokerView),
  /** When a broker last told what follows; `null` while none has. */
  toldAt: at.nullable(),
  controller: BrokerId.nullable(),
  partitions: z.array(PartitionView),
  groups: z.array(GroupView),
});

export const ClusterDifference = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('zookeeper'), from: ContainerState, to: ContainerState }),
  z.strictObject({ kind: z.literal('broker'), from: BrokerView, to: BrokerView }),
  z.strictObject({
    kind: z.literal('controller'),
    from: BrokerId.nullable(),
    to: BrokerId.nullable(),
  }),
  /** `null`: there was none, or is none any more. */
  z.strictObject({
    kind: z.literal('partition'),
    from: PartitionView.nullable(),
    to: PartitionView.nullable(),
  }),
  z.strictObject({
    kind: z.literal('group'),
    from: GroupView.nullable(),
    to: GroupView.nullable(),
  }),
]);

/** What has changed since the message before; nothing, where only `at` is news. */
export const ClusterChange = z.strictObject({
  type: z.literal('cluster.change'),
  at,
  seenAt: at.nullable(),
  toldAt: at.nullable(),
  changes: z.array(ClusterDifference),
});

/** Something that happened, for the axis. */
const Happening = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('changes'),
    at,
    date,
    /** Somebody looked when it happened; otherwise it was found afterwards. */
    seen: z.boolean(),
    /** When a broker last told anything. */
    toldAt: at.nullable(),
    changes: z.array(ClusterDifference),
  }),
  z.strictObject({
    kind: z.literal('run'),
    at,
    date,
    /** Of its step, which another chapter may have. */
    title: z.string(),
    /** The first that it does something with, and how many more. */
    command: z.string(),
    status: Status,
    /** It does something, and ends by itself: what comes meanwhile may come of it. */
    acts: z.boolean(),
    duration: z.number(),
  }),
  /** To a class, in place of what is not its business; `at` and `date` of the last of it. No sidecar tells it. */
  z.strictObject({ kind: z.literal('gap'), at, date }),
]);

/** What happened last, the oldest first: with it, a page that watches begins its axis anew. */
const ClusterHistory = z.strictObject({
  type: z.literal('cluster.history'),
  happenings: z.array(Happening),
});

/** The next of them. */
const ClusterHappened = z.strictObject({
  type: z.literal('cluster.happened'),
  happening: Happening,
});

/** What became of the cluster, from before a run until it had settled after it. */
const RunEffect = z.strictObject({
  type: z.literal('run.effect'),
  run: RunId,
  changes: z.array(ClusterDifference),
});

/** How starting over gets on: told to every page; why it did not begin, to the one that asked. */
export const LabResetting = z.strictObject({
  type: z.literal('lab.resetting'),
  state: z.enum(['running', 'done', 'failed', 'refused']),
  /** Runs that began before it was done are no more. */
  at: date,
  /** The lab's own words so far, and what failed. */
  text: z.string(),
  /** The step that stands in the way. */
  step: StepId.optional(),
});

export const ServerMessage = z.discriminatedUnion('type', [
  RunStatus,
  RunTaken,
  RunEffect,
  ClusterState,
  ClusterChange,
  ClusterHistory,
  ClusterHappened,
  LabResetting,
  ErrorMessage,
]);

/** The first line of a binary frame; the rest of the frame is the bytes from `offset` on. */
export const OutputHeader = z.strictObject({
  type: z.literal('run.output'),
  run: RunId,
  offset,
});

/** `GET /api/health`. */
export const Health = z.strictObject({
  lab: z.enum(['local', 'docker']),
  /** How many of the three brokers run. */
  brokers: z.int().min(0).max(3),
  /** Why the lab cannot be reached, in Korean: what to do. `null` when all is well. */
  problem: z.string().nullable(),
  /**
   * What this machine lacks for any lab, in Korean: what to install. Then the page plays recordings.
   * `null` where it has all that is needed.
   */
  missing: z.string().nullable(),
  /** Kafka UI, if this lab has one: its container does not run, runs but does not answer yet, answers. */
  kafkaUi: z
    .strictObject({ address: z.url(), state: z.enum(['stopped', 'silent', 'answers']) })
    .nullable(),
});

/** Of what this machine has for the lab, or lacks: Korean. */
export const Finding = z.strictObject({
  /** What was looked at, for example `ports`; of what is bad for the same reason, that of the first. */
  kind: z.string().regex(/^[a-z-]{1,40}$/),
  good: z.boolean(),
  /** Of what is bad, the first sentence says what is wrong, the next ones which here, and what to do. */
  text: z.string(),
});

/** `GET /api/doctor`: what `npm run -s lab -- doctor` prints. */
export const Diagnosis = z.strictObject({
  lab: z.enum(['local', 'docker']),
  /** What its lab needs: it can start where all of it is good. */
  needed: z.array(Finding),
  /** What the other lab would need. */
  other: z.array(Finding),
});

/** The answer of `GET /api/keys/:topic`: of each partition that can be read now, in their order. */
export const TopicKeys = z.array(
  z.strictObject({
    partition: z.int().nonnegative(),
    /** Of the last messages, the oldest first; `null` for a message without one. */
    keys: z.array(z.strictObject({ offset: z.int().nonnegative(), key: z.string().nullable() })),
  }),
);

export type RunId = z.infer<typeof RunId>;
export type Values = z.infer<typeof Values>;
export type TopicShape = z.infer<typeof TopicShape>;
export type AgreedTopic = z.infer<typeof AgreedTopic>;
export type StepId = z.infer<typeof StepId>;
export type Signal = z.infer<typeof Signal>;
export type ClientMessage = z.infer<typeof ClientMessage>;
export type ServerMessage = z.infer<typeof ServerMessage>;
export type RunStatus = z.infer<typeof RunStatus>;
export type RunEffect = z.infer<typeof RunEffect>;
export type Outcome = z.infer<typeof Outcome>;
export type CheckStatus = z.infer<typeof CheckStatus>;
export type ErrorMessage = z.infer<typeof ErrorMessage>;
export type ErrorCode = z.infer<typeof ErrorCode>;
export type OutputHeader = z.infer<typeof OutputHeader>;
export type ClusterState = z.infer<typeof ClusterState>;
export type ClusterChange = z.infer<typeof ClusterChange>;
export type ClusterDifference = z.infer<typeof ClusterDifference>;
export type Happening = z.infer<typeof Happening>;
export type LabResetting = z.infer<typeof LabResetting>;
export type Health = z.infer<typeof Health>;
export type Finding = z.infer<typeof Finding>;
export type Diagnosis = z.infer<typeof Diagnosis>;
export type TopicKeys = z.infer<typeof TopicKeys>;
