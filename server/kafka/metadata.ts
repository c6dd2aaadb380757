/**
 * Which brokers a broker knows. kafkajs cannot be asked that: its every metadata request covers
 * all topics, and fails while a single partition has no leader (kafkajs #1520).
 */
import { connect } from 'node:net';

/** Metadata, version 1: the oldest in which "no topics" can be said. Kafka 2.1 to 4.x answer it. */
const METADATA = 3;
const VERSION = 1;

/**
 * The ids of the brokers that the broker on this port of this machine counts as alive; in a
 * ZooKeeper cluster it has them from the controller. Rejects while it does not answer.
 */
export const aliveBrokers = async (
  port: number,
  options: { readonly timeout: number },
): Promise<ReadonlySet<number>> => decode(await roundTrip(port, request(), options.timeout));

const request = (): Buffer => {
  const body = Buffer.alloc(18);
  body.writeInt32BE(14, 0); // the size of what follows
  body.writeInt16BE(METADATA, 4);
  body.writeInt16BE(VERSION, 6);
  body.writeInt32BE(1, 8); // correlation id
  body.writeInt16BE(-1, 12); // no client id
  body.writeInt32BE(0, 14); // no topics
  return body;
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

const decode = (answer: Buffer): ReadonlySet<number> => {
  let position = 8; // size, correlation id
  const int32 = (): number => {
    position += 4;
    return answer.readInt32BE(position - 4);
  };
  const skipString = (): void => {
    const length = answer.readInt16BE(position); // -1 for null
    position += 2 + Math.max(length, 0);
  };
  return new Set(
    Array.from({ length: int32() }, () => {
      const id = int32();
      skipString(); // host
      int32(); // port
      skipString(); // rack
      return id;
    }),
  );
};
