import { byKey, type Partitioner } from './kafkajs_partitioners.ts';

/** A rule of our own: user-1 orders so much that partition 0 is theirs alone. */
export const custom: Partitioner = (message, partitions) => {
  if (message.key === 'user-1' || partitions === 1) return 0;
  return 1 + byKey(message, partitions - 1);
};
