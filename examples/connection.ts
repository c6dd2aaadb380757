/** How the programs here talk to the cluster, from this machine. */
import './mend_kafkajs_fetch.ts';
import './mend_kafkajs_group.ts';
import './mend_kafkajs_queue.ts';
import { Kafka, logLevel } from 'kafkajs';

/** All three, so that any of them may be down. */
export const PORTS = [9092, 9093, 9094] as const;

/** Milliseconds a broker has for an answer. */
export const REQUEST_TIMEOUT = 10_000;

/**
 * Silent: what matters is said by the programs themselves.
 *
 * @param retries how often a request is tried again, 0.1 to 1 s apart. 30 outlive the 18 s that a
 *   crashed broker's ZooKeeper session takes to expire; kafkajs' own 5 do not, they end after 9 s.
 */
export const createKafka = (clientId: string, retries: number): Kafka =>
  new Kafka({
    clientId,
    brokers: PORTS.map((port) => `localhost:${port}`),
    connectionTimeout: 2_000,
    requestTimeout: REQUEST_TIMEOUT,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries },
    logLevel: logLevel.NOTHING,
  });

/** kafkajs wraps what it gave up on. */
export const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? causeOf(error.cause) : error;

/** The name of a protocol error: Node cannot import kafkajs' error classes, but they carry it. */
export const typeOf = (error: unknown): string | undefined => {
  const cause = causeOf(error);
  return cause instanceof Error && 'type' in cause && typeof cause.type === 'string'
    ? cause.type
    : undefined;
};
