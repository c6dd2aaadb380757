/** The keys of a topic's last messages, read from the topic itself. */
import { createRequire } from 'node:module';
import { BROKERS, brokerId, type Lab } from '../lab/lab.ts';
import type { TopicKeys } from '../protocol.ts';
import { readEnds } from './ends.ts';
import { partitionsOf } from './metadata.ts';
import { array, ask, int32, int64, string } from './wire.ts';

/** Version 4: the first with today's record batches; Kafka 0.11 to 4.x answer it. */
const FETCH = { key: 1, version: 4 };
const NO_REPLICA = -1;
/** Whatever is there, at once. */
const NO_WAIT = [int32(0), int32(0)];
/** Bytes of all messages, and of those of one partition; a broker gives one batch in any case. */
const MOST = 4 * 1024 * 1024;
const MOST_EACH = 256 * 1024;
/** Of aborted transactions too: they have their place in the partition. */
const READ_UNCOMMITTED = Buffer.of(0);

/** Messages of a partition. */
const LAST = 8;
/** Characters of a key. */
const LONGEST = 80;
/** Milliseconds that a broker has for an answer. */
const ANSWER = { timeout: 1_000 };
/** Partitions of a topic, the first ones: more than a reader compares. */
const MOST_PARTITIONS = 12;

interface FetchResponse {
  readonly responses: readonly {
    readonly partitions: readonly {
      readonly partition: number;
      readonly messages: readonly {
        readonly offset: string;
        readonly key: Buffer | null;
        readonly isControlRecord?: boolean;
      }[];
    }[];
  }[];
}

/**
 * Of each partition that somebody leads now; none of a topic that is not there. kafkajs decodes the
 * batches, compressed ones (gzip) too; its consumers would want a group, which every reader would see.
 */
export const lastKeys = async (lab: Pick<Lab, 'portOf'>, topic: string): Promise<TopicKeys> => {
  const partitions = await Promise.any(
    BROKERS.map((broker) => partitionsOf(lab.portOf(broker), topic, ANSWER)),
  ).catch(() => []);
  const shown = partitions.slice(0, MOST_PARTITIONS);
  const read = await Promise.all(
    BROKERS.map((broker) => {
      const led = shown.filter(({ leader }) => leader === brokerId(broker));
      return readKeys(lab.portOf(broker), topic, led).catch(() => []);
    }),
  );
  return read.flat().toSorted((left, right) => left.partition - right.partition);
};

interface Wanted {
  readonly partition: number;
  /** The offset to read from, and the one before which to end. */
  readonly from: number;
  readonly end: number;
}

/** Of partitions that the broker on this port leads. */
const readKeys = async (
  port: number,
  topic: string,
  led: readonly { readonly partition: number }[],
): Promise<TopicKeys> => {
  const own = led.map(({ partition }) => ({ topic, partition }));
  const ends = await readEnds(port, own, ANSWER);
  const keys = new Map(ends.map(({ partition }): [number, Key[]] => [partition, []]));
  let wanted: readonly Wanted[] = ends
    .map(({ partition, offset }) => ({ partition, from: Math.max(0, offset - LAST), end: offset }))
    .filter(({ from, end }) => from < end);
  // Large messages come a few at a time, and those of the first partition that is asked for in any case.
  while (wanted.length > 0) {
    const read = await fetchMessages(port, topic, wanted);
    const progress = wanted.map((each) => {
      const messages = read.find(({ partition }) => partition === each.partition)?.messages ?? [];
      // A batch may begin before what was asked for.
      const fresh = messages.filter(({ offset }) => Number(offset) >= each.from);
      const data = fresh.filter(({ isControlRecord }) => isControlRecord !== true);
      keys.get(each.partition)?.push(...data.map(({ offset, key }) => keyAt(offset, key)));
      return { ...each, next: Number(fresh.at(-1)?.offset ?? each.from - 1) + 1 };
    });
    if (progress.every(({ from, next }) => next === from)) break;
    wanted = progress
      .filter(({ next, end }) => next < end)
      .toSorted((left, right) => left.next - left.from - (right.next - right.from))
      .map(({ partition, next, end }) => ({ partition, from: next, end }));
  }
  return [...keys].map(([partition, all]) => ({ partition, keys: all.slice(-LAST) }));
};

type Key = TopicKeys[number]['keys'][number];

const keyAt = (offset: string, key: Buffer | null): Key => ({
  offset: Number(offset),
  key: key === null ? null : shortened(key.toString()),
});

const shortened = (key: string): string =>
  key.length > LONGEST ? `${key.slice(0, LONGEST)}…` : key;

const fetchMessages = async (port: number, topic: string, wanted: readonly Wanted[]) => {
  const each = wanted.map(({ partition, from }) =>
    Buffer.concat([int32(partition), int64(from), int32(MOST_EACH)]),
  );
  const body = Buffer.concat([
    int32(NO_REPLICA),
    ...NO_WAIT,
    int32(MOST),
    READ_UNCOMMITTED,
    array([Buffer.concat([string(topic), array(each)])]),
  ]);
  const answer = await ask({ port, ...FETCH, body, ...ANSWER });
  const { responses } = await decoder().decode(answer.rest());
  return responses.flatMap(({ partitions }) => partitions);
};

const require = createRequire(import.meta.url);

/** Loaded when it is first needed. */
const decoder = (): { decode(bytes: Buffer): Promise<FetchResponse> } =>
  require('kafkajs/src/protocol/requests/fetch/v4/response');
