/** A real load on a drill's topic: the same on each partition, from start to stop. */
import { setTimeout } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { type Lane, openLane } from '../lane.ts';
import type { Sent } from './ledger.ts';

/** Milliseconds between two messages of a partition, if the broker is as fast. */
const PAUSE = 50;

export interface Load {
  /** What has ended so far, in order by partition. */
  readonly sent: readonly Sent[];
  /** Messages under way, by partition. */
  readonly waiting: readonly number[];
  /** Sends no more, and waits for what is under way. */
  stop(): Promise<void>;
}

export const startLoad = async (kafka: Kafka, topic: string, partitions: number): Promise<Load> => {
  const lanes = await Promise.all(
    Array.from({ length: partitions }, (_, partition) =>
      openLane({ kafka, topic, partition, acks: -1, idempotent: true }),
    ),
  );
  const sent: Sent[] = [];
  const waiting = lanes.map(() => 0);
  const stopping = new AbortController();
  const drive = async (lane: Lane): Promise<void> => {
    for (let index = 0; !stopping.signal.aborted; index += 1) {
      const id = `${lane.partition}-${index}`;
      waiting[lane.partition] = 1;
      const outcome = await lane.send({ id, key: id, value: `drill ${id}` });
      waiting[lane.partition] = 0;
      sent.push({ id, partition: lane.partition, outcome });
      await setTimeout(PAUSE, undefined, { signal: stopping.signal }).catch(() => {});
    }
    await lane.close();
  };
  const driven = Promise.all(lanes.map(drive));
  return {
    sent,
    waiting,
    stop: async () => {
      stopping.abort();
      await driven;
    },
  };
};
