/**
 * Kafka's wire protocol, as far as the view of the cluster needs it: one question on one short
 * connection, in the oldest versions that Kafka 2.1 to 4.x answer, which have no tagged fields.
 *
 * By hand, because kafkajs asks nothing of a cluster in which a single partition has no leader
 * (kafkajs #1520), and the typed requests of @platformatic/kafka cost the sidecar 55 MB and 0.4 s in
 * which it does nothing else (measured with 1.35).
 */
import { connect } from 'node:net';

export interface Question {
  /** Of this machine. */
  readonly port: number;
  readonly key: number;
  readonly version: number;
  readonly body: Buffer;
  /** Milliseconds. */
  readonly timeout: number;
}

/** Bytes: thousands of partitions. Something else may listen on a broker's port. */
const MOST = 16 * 1024 * 1024;

/** The answer, from after its correlation id on. Rejects where there is none in time. */
export const ask = ({ port, key, version, body, timeout }: Question): Promise<Reader> => {
  const { promise, resolve, reject } = Promise.withResolvers<Reader>();
  const socket = connect({ port, host: '127.0.0.1' });
  const late = setTimeout(
    () => socket.destroy(new Error(`no answer within ${timeout} ms`)),
    timeout,
  );
  let answer = Buffer.alloc(0);
  // Correlation id 1, no client id.
  const head = Buffer.concat([int16(key), int16(version), int32(1), int16(-1)]);
  socket.on('connect', () =>
    socket.write(Buffer.concat([int32(head.length + body.length), head, body])),
  );
  socket.on('data', (chunk) => {
    answer = Buffer.concat([answer, chunk]);
    if (answer.length < 4) return;
    const size = answer.readInt32BE(0);
    if (size < 4 || size > MOST) socket.destroy(new Error(`no answer of Kafka's: ${size} bytes`));
    else if (answer.length >= 4 + size) socket.end(() => resolve(new Reader(answer.subarray(8))));
  });
  socket.on('error', reject);
  socket.on('close', () => reject(new Error('the broker closed the connection')));
  return promise.finally(() => {
    clearTimeout(late);
    socket.destroy();
  });
};

const int16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};
export const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
export const int64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};
export const string = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([int16(bytes.length), bytes]);
};
/** `undefined` for all there are. */
export const array = (items: readonly Buffer[] | undefined): Buffer =>
  Buffer.concat([int32(items?.length ?? -1), ...(items ?? [])]);

/** Field by field, in the order of the protocol's guide. */
export class Reader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  #take(length: number): number {
    this.#position += length;
    return this.#position - length;
  }

  boolean(): boolean {
    return this.#bytes.readInt8(this.#take(1)) !== 0;
  }
  int16(): number {
    return this.#bytes.readInt16BE(this.#take(2));
  }
  int32(): number {
    return this.#bytes.readInt32BE(this.#take(4));
  }
  /** Exact up to 2⁵³: no lab has more messages. */
  int64(): number {
    return Number(this.#bytes.readBigInt64BE(this.#take(8)));
  }
  /** Empty for null. */
  string(): string {
    const length = Math.max(this.int16(), 0);
    const from = this.#take(length);
    return this.#bytes.toString('utf8', from, from + length);
  }
  /** Empty for null. */
  bytes(): Buffer {
    const length = Math.max(this.int32(), 0);
    const from = this.#take(length);
    return this.#bytes.subarray(from, from + length);
  }
  /** What has not been read yet. */
  rest(): Buffer {
    return this.#bytes.subarray(this.#position);
  }
  array<Item>(item: () => Item): Item[] {
    return Array.from({ length: Math.max(this.int32(), 0) }, item);
  }
}
