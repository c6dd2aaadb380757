/** Which partition a message goes to: three answers, by the names of `--partitioner`. */
import type { PartitionerName } from './arguments.ts';
import { custom } from './custom_partitioner.ts';
import { byKey, type Partitioner, roundRobin } from './kafkajs_partitioners.ts';

export const PARTITIONERS: Record<PartitionerName, Partitioner> = {
  key: byKey,
  'round-robin': roundRobin,
  custom,
};
