/** Where partitions end: the offset that the next message will have. */
import type { TopicPartition } from './groups.ts';
import { array, ask, int32, int64, string } from './wire.ts';

const LIST_OFFSETS = { key: 2, version: 1 };
/** Instead of a time: the end. */
const LATEST = -1;
const NO_REPLICA = -1;

export interface PartitionEnd extends TopicPartition {
  readonly offset: number;
}

interface Options {
  /** Milliseconds. */
  readonly timeout: number;
}

/**
 * The high watermark of each partition that the broker on this port leads; of others it says nothing.
 * Rejects while it does not answer.
 */
export const readEnds = async (
  port: number,
  partitions: readonly TopicPartition[],
  { timeout }: Options,
): Promise<readonly PartitionEnd[]> => {
  if (partitions.length === 0) return [];
  const topics = [...Map.groupBy(partitions, ({ topic }) => topic)].map(([topic, own]) => {
    const each = own.map(({ partition }) => Buffer.concat([int32(partition), int64(LATEST)]));
    return Buffer.concat([string(topic), array(each)]);
  });
  const body = Buffer.concat([int32(NO_REPLICA), array(topics)]);
  const answer = await ask({ port, ...LIST_OFFSETS, body, timeout });
  return answer
    .array(() => {
      const topic = answer.string();
      return answer.array(() => {
        const [partition, error] = [answer.int32(), answer.int16()];
        answer.int64(); // time
        return { topic, partition, error, offset: answer.int64() };
      });
    })
    .flat()
    .flatMap(({ topic, partition, error, offset }) =>
      error === 0 ? [{ topic, partition, offset }] : [],
    );
};
