/** Which partition a message goes to: three answers. */
import { Partitioners } from 'kafkajs';
import type { PartitionerName } from './arguments.ts';

/** Takes the number of a message, its key, and how many partitions there are; gives a partition. */
export type Partitioner = (message: { index: number; key: string }, partitions: number) => number;

const murmur2 = Partitioners.DefaultPartitioner();

/** The same key always goes to the same partition, also from Java: both hash it by murmur2. */
const byKey: Partitioner = ({ key }, partitions) =>
  murmur2({ topic: '', message: { key, value: null }, partitionMetadata: Array(partitions) });

/** Each partition in turn, whatever the key. */
const roundRobin: Partitioner = ({ index }, partitions) => index % partitions;

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
