/**
 * What a broker knows of the cluster. kafkajs cannot be asked that: its metadata requests fail for
 * the whole cluster while a single partition of any topic has no leader (kafkajs #1520).
 */
import { connect } from 'node:net';

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

interface Options {
  /** Milliseconds. */
  readonly timeout: number;
}

/**
 * The ids of the brokers that the broker on this port of this machine counts as alive; in a
 * ZooKeeper cluster it has them from the controller. Rejects while it does not answer.
 */
export const aliveBrokers = async (port: number, options: Options): Promise<ReadonlySet<number>> =>
  decode(await roundTrip(port, request([]), options.timeout)).brokers;

/**
 * The partitions of a topic in their order, as the broker on this port knows them; none for a topic
 * that it does not know. Rejects while it does not answer.
 */
export const partitionsOf = async (
  port: number,
  topic: string,
  options: Options,
): Promise<readonly PartitionState[]> =>
  decode(await roundTrip(port, request([topic]), options.timeout)).partitions;

const request = (topics: readonly string[]): Buffer => {
  const names = topics.map((topic) => {
    const text = Buffer.from(topic);
    const length = Buffer.alloc(2);
    length.writeInt16BE(text.length);
    return Buffer.concat([length, text]);
  });
  const head = Buffer.alloc(18);
  head.writeInt32BE(head.length - 4 + Buffer.concat(names).length, 0); // of what follows
  head.writeInt16BE(METADATA, 4);
  head.writeInt16BE(VERSION, 6);
  head.writeInt32BE(1, 8); // correlation id
  head.writeInt16BE(-1, 12); // no client id
  head.writeInt32BE(names.length, 14);
  return Buffer.concat([head, ...names]);
};

const roundTrip = (port: number, message: Buffer, timeout: number): Promise<Buffer> => {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const socket = connect({ port, host: '127.0.0.1', timeout });
  let answer = Buffer.alloc(0);
  socket.on('connect', () => socket.write(message));
  socket.on('data', (chunk) => {
    answer = Buffer.concat([answer, chunk]);
    if (answer.length >= 4 && answer.length >= 4 + answer.readInt32BE(0))
      socket.end(() => resolve(answer));
  });
  socket.on('timeout', () => socket.destroy(new Error(`no answer within ${timeout} ms`)));
  socket.on('error', reject);
  socket.on('close', () => reject(new Error('the broker closed the connection')));
  return promise.finally(() => socket.destroy());
};

interface Metadata {
  readonly brokers: ReadonlySet<number>;
  /** Of all topics that were asked for: one at most. */
  readonly partitions: readonly PartitionState[];
}

const decode = (answer: Buffer): Metadata => {
  let position = 8; // size, correlation id
  const int16 = (): number => {
    position += 2;
    return answer.readInt16BE(position - 2);
  };
  const int32 = (): number => {
    position += 4;
    return answer.readInt32BE(position - 4);
  };
  const array = <T>(element: () => T): T[] => Array.from({ length: int32() }, element);
  const skipString = (): void => {
    const length = int16(); // -1 for null
    position += Math.max(length, 0);
  };
  const brokers = array(() => {
    const id = int32();
    skipString(); // host
    int32(); // port
    skipString(); // rack
    return id;
  });
  int32(); // the controller
  const partitions = array(() => {
    int16(); // error
    skipString(); // name
    position += 1; // whether it is internal
    return array((): PartitionState => {
      int16(); // error: no leader
      const partition = int32();
      const leader = int32();
      return {
        partition,
        leader: leader < 0 ? undefined : leader,
        replicas: array(int32),
        isr: array(int32),
      };
    });
  });
  return {
    brokers: new Set(brokers),
    partitions: partitions.flat().sort((left, right) => left.partition - right.partition),
  };
};
