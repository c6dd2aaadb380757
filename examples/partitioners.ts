/** Which partition a message goes to: three answers. */
import { Partitioners, type PartitionMetadata } from 'kafkajs';
import type { PartitionerName } from './arguments.ts';

/** Takes the number of a message, its key, and how many partitions there are; gives a partition. */
export type Partitioner = (message: { index: number; key: string }, partitions: number) => number;

const kafkajs = Partitioners.DefaultPartitioner();

/** The same key always goes to the same partition, also from Java: both hash it by murmur2. */
const byKey: Partitioner = ({ key }, partitions) =>
  kafkajs({ topic: '', message: { key, value: null }, partitionMetadata: led(partitions) });

/** Without a key, KafkaJS takes each partition that has a leader in turn. */
const roundRobin: Partitioner = (_, partitions) =>
  kafkajs({ topic: '', message: { key: null, value: null }, partitionMetadata: led(partitions) });

const led = (partitions: number): PartitionMetadata[] =>
  Array.from({ length: partitions }, (_, partitionId) => ({
    partitionId,
    leader: 1,
    replicas: [],
    isr: [],
    partitionErrorCode: 0,
  }));

/** A rule of our own: user-1 orders so much that partition 0 is theirs alone. */
const custom: Partitioner = (message, partitions) => {
  if (message.key === 'user-1' || partitions === 1) return 0;
  return 1 + byKey(message, partitions - 1);
};

export const PARTITIONERS: Record<PartitionerName, Partitioner> = {
  key: byKey,
  'round-robin': roundRobin,
  custom,
};
