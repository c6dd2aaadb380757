/** Reads a whole topic again, as somebody who was not there. */
import type { Admin, Kafka } from 'kafkajs';
import { DRILL_READERS } from '../../server/kafka/groups.ts';
import { Refusal } from '../refusal.ts';
import type { Read } from './ledger.ts';

/** Milliseconds. */
const DEADLINE = 60_000;

/** From offset 0 to the end that each partition has now, in the order of the log. */
export const readBack = async (kafka: Kafka, admin: Admin, topic: string): Promise<Read[]> => {
  const ends = new Map<number, bigint>();
  for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
    if (BigInt(high) > 0n) ends.set(partition, BigInt(high));
  }
  if (ends.size === 0) return [];
  const groupId = `${DRILL_READERS}${crypto.randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200 });
  const read: Read[] = [];
  const done = Promise.withResolvers<void>();
  const late = setTimeout(
    () =>
      done.reject(new Refusal(`${topic} 토픽을 ${DEADLINE / 1_000}초 안에 다 읽지 못했습니다.`)),
    DEADLINE,
  );
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ partition, message: { offset, headers } }) => {
        read.push({ id: headers?.id?.toString() ?? `${partition}@${offset}`, partition, offset });
        if (BigInt(offset) + 1n >= (ends.get(partition) ?? 0n)) ends.delete(partition);
        if (ends.size === 0) done.resolve();
      },
    });
    await done.promise;
  } finally {
    clearTimeout(late);
    await consumer.disconnect();
    // The reader leaves nothing behind; a group that was never made is as good.
    await admin.deleteGroups([groupId]).catch(() => {});
  }
  return read;
};
