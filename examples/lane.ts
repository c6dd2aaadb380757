/**
 * One partition's messages, sent in order and one at a time. kafkajs can say that messages are
 * written which never were when one `send` covers several partitions (its issue #1303), and an
 * idempotent producer wants one send in flight for each partition.
 */
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { type Kafka, Partitioners, type Producer } from 'kafkajs';
import { causeOf, typeOf } from './connection.ts';

export interface Message {
  /** Unique in its topic: what is read back is told by it. */
  readonly id: string;
  readonly key: string | null;
  readonly value: string;
}

/** How one send ended, and when, in ms. `unknown`: nobody can tell whether it was written. */
export type Outcome = { readonly at: number } & (
  | { readonly kind: 'acked'; readonly offset: string }
  | { readonly kind: 'failed' | 'unknown'; readonly reason: string }
);

/**
 * The broker refused it before it wrote anything. Not NOT_ENOUGH_REPLICAS: that may be the answer to
 * a second try of what the first try has written.
 */
const REFUSALS = [
  'UNKNOWN_TOPIC_OR_PARTITION',
  'INVALID_TOPIC_EXCEPTION',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'TOPIC_AUTHORIZATION_FAILED',
];

export interface Lane {
  readonly partition: number;
  /** Sends it once those before it have ended. Never rejects. */
  send(message: Message): Promise<Outcome>;
  /** Messages that have not ended yet. */
  readonly waiting: number;
  /** Waits for them, then disconnects. */
  close(): Promise<void>;
}

export interface LaneOptions {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly partition: number;
  /** -1: all in-sync replicas. */
  readonly acks: -1 | 0 | 1;
  /** With acks -1 only: a message that is sent again is written once. */
  readonly idempotent: boolean;
}

/** @throws when there is no connection, also while any partition of the cluster has no leader. */
export const openLane = async (options: LaneOptions): Promise<Lane> => {
  const { topic, partition, acks } = options;
  let producer: Producer | undefined = await connect(options);
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  const sendNow = async ({ id, key, value }: Message): Promise<Outcome> => {
    try {
      producer ??= await connect(options);
    } catch (error) {
      return { kind: 'failed', reason: reasonOf(error), at: performance.now() };
    }
    try {
      const [ack] = await producer.send({
        topic,
        acks,
        messages: [{ partition, key, value, headers: { id } }],
      });
      return { kind: 'acked', offset: ack?.baseOffset ?? '-1', at: performance.now() };
    } catch (error) {
      const at = performance.now();
      // The next message must not be taken for a repetition of this one: a producer of its own
      // has a sequence of its own.
      const spent = producer;
      producer = undefined;
      await spent.disconnect();
      return { kind: kindOf(error), reason: reasonOf(error), at };
    }
  };

  return {
    partition,
    get waiting() {
      return waiting;
    },
    send: (message) => {
      waiting += 1;
      const outcome = last.then(() => sendNow(message)).finally(() => (waiting -= 1));
      last = outcome;
      return outcome;
    },
    close: async () => {
      await last;
      await producer?.disconnect();
    },
  };
};

const connect = async ({ kafka, idempotent }: LaneOptions): Promise<Producer> => {
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
    idempotent,
    maxInFlightRequests: 1,
    // After a broker has stopped, the new leader is found soon.
    metadataMaxAge: 3_000,
  });
  const late = AbortSignal.timeout(PATIENCE);
  const connected = connectPatiently(producer, late);
  // When it fails after all, nobody waits for it any more.
  connected.catch(() => {});
  const over = once(late, 'abort').then(() => 'late' as const);
  if ((await Promise.race([connected, over])) === 'late') {
    void producer.disconnect().catch(() => {});
    throw new NoConnection();
  }
  return producer;
};

/**
 * An idempotent producer is given its id by the controller. kafkajs gives up at once where there is
 * none, as for a moment after brokers have started, or where it has just stopped.
 */
const connectPatiently = async (producer: Producer, late: AbortSignal): Promise<void> => {
  for (;;) {
    try {
      return await producer.connect();
    } catch (error) {
      if (!late.aborted) await setTimeout(RETRY);
      // Also while it waited: the producer has been given up, and must not connect again.
      if (late.aborted) throw error;
    }
  }
};

/** Milliseconds. */
const RETRY = 200;

/**
 * Milliseconds. kafkajs tries each try of its tries again: while any partition of the cluster has no
 * leader, an idempotent producer would try for a quarter of an hour.
 */
const PATIENCE = 15_000;

class NoConnection extends Error {
  override readonly name = 'NoConnection';
}

const kindOf = (error: unknown): 'failed' | 'unknown' =>
  REFUSALS.includes(typeOf(error) ?? '') ? 'failed' : 'unknown';

const reasonOf = (error: unknown): string => {
  const cause = causeOf(error);
  return typeOf(cause) ?? (cause instanceof Error ? cause.name : String(cause));
};
