/**
 * What a broker knows of the cluster. kafkajs cannot be asked that: its metadata requests fail for
 * the whole cluster while a single partition of any topic has no leader (kafkajs #1520).
 */
import { array, ask, type Reader, string } from './wire.ts';

/** Metadata, version 1: the oldest in which "no topics" can be said. Kafka 2.1 to 4.x answer it. */
const METADATA = 3;
const VERSION = 1;

export interface PartitionState {
  readonly partition: number;
  /** A broker's id; `undefined` while there is none. */
  readonly leader: number | undefined;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
}

export interface TopicState {
  readonly name: string;
  /** Kafka's own, such as `__consumer_offsets`. */
  readonly internal: boolean;
  /** In their order. */
  readonly partitions: readonly PartitionState[];
}

export interface Metadata {
  /** Of those alive. */
  readonly brokers: ReadonlySet<number>;
  readonly controller: number | undefined;
  /** All that were asked for, in the order of their names. */
  readonly topics: readonly TopicState[];
}

interface Options {
  /** Milliseconds. */
  readonly timeout: number;
}

/**
 * The ids of the brokers that the broker on this port of this machine counts as alive; in a
 * ZooKeeper cluster it has them from the controller. Rejects while it does not answer.
 */
export const aliveBrokers = async (port: number, options: Options): Promise<ReadonlySet<number>> =>
  (await request(port, [], options)).brokers;

/**
 * The partitions of a topic in their order, as the broker on this port knows them; none for a topic
 * that it does not know. Rejects while it does not answer.
 */
export const partitionsOf = async (
  port: number,
  topic: string,
  options: Options,
): Promise<readonly PartitionState[]> =>
  (await request(port, [topic], options)).topics[0]?.partitions ?? [];

/** All topics as the broker on this port knows them. Rejects while it does not answer. */
export const readMetadata = (port: number, options: Options): Promise<Metadata> =>
  request(port, undefined, options);

/** @param topics all of them, where `undefined`. */
const request = async (
  port: number,
  topics: readonly string[] | undefined,
  { timeout }: Options,
): Promise<Metadata> => {
  const body = array(topics?.map(string));
  return decode(await ask({ port, key: METADATA, version: VERSION, body, timeout }));
};

const decode = (answer: Reader): Metadata => {
  const brokers = answer.array(() => {
    const id = answer.int32();
    answer.string(); // host
    answer.int32(); // port
    answer.string(); // rack
    return id;
  });
  const controller = answer.int32();
  const topics = answer.array((): TopicState => {
    answer.int16(); // error
    const name = answer.string();
    const internal = answer.boolean();
    const partitions = answer.array((): PartitionState => {
      answer.int16(); // error: no leader
      const partition = answer.int32();
      const leader = answer.int32();
      return {
        partition,
        leader: leader < 0 ? undefined : leader,
        replicas: answer.array(() => answer.int32()),
        isr: answer.array(() => answer.int32()),
      };
    });
    return { name, internal, partitions: partitions.toSorted((a, b) => a.partition - b.partition) };
  });
  return {
    brokers: new Set(brokers),
    controller: controller < 0 ? undefined : controller,
    topics: topics.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
};
