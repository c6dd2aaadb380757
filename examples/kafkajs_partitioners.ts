/** KafkaJS' own answers to which partition a message goes to. */
import { Partitioners, type PartitionMetadata } from 'kafkajs';

/** Takes the number of a message, its key, and how many partitions there are; gives a partition. */
export type Partitioner = (message: { index: number; key: string }, partitions: number) => number;

const kafkajs = Partitioners.DefaultPartitioner();

/** The same key always goes to the same partition, also from Java: both hash it by murmur2. */
export const byKey: Partitioner = ({ key }, partitions) =>
  kafkajs({ topic: '', message: { key, value: null }, partitionMetadata: led(partitions) });

/** Without a key, KafkaJS takes each partition that has a leader in turn. */
export const roundRobin: Partitioner = (_, partitions) =>
  kafkajs({ topic: '', message: { key: null, value: null }, partitionMetadata: led(partitions) });

const led = (partitions: number): PartitionMetadata[] =>
  Array.from({ length: partitions }, (_, partitionId) => ({
    partitionId,
    leader: 1,
    replicas: [],
    isr: [],
    partitionErrorCode: 0,
  }));
