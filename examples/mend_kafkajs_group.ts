/**
 * Imported before kafkajs is used. A consumer of kafkajs 2.2.4, the last release, asks who its group's
 * coordinator is only when it joins. When that broker stops, it goes on knocking at the dead address
 * until its retries are used up (30 retries: 29 s without a commit, while the group expels it), and
 * when the broker is back, its leave goes to it in vain and silently: the others wait for the session
 * to expire. Kafka's own consumer asks again and goes on, still a member; so does this one.
 */
import { createRequire } from 'node:module';

type Broker = { readonly nodeId: number };

interface ConsumerGroup {
  readonly groupId: string;
  readonly cluster: { findGroupCoordinator(group: { groupId: string }): Promise<Broker> };
  readonly retrier: (work: (bail: (error: unknown) => void) => Promise<void>) => Promise<void>;
  coordinator: Broker;
  /** Null before it has joined. */
  readonly offsetManager: { coordinator: Broker } | null;
  commitOffsets(offsets?: unknown): Promise<void>;
  heartbeat(options: { interval: number }): Promise<void>;
  leave(): Promise<void>;
}

const require = createRequire(import.meta.url);
const { prototype }: { prototype: ConsumerGroup } = require('kafkajs/src/consumer/consumerGroup');
const { commitOffsets, heartbeat, leave } = prototype;

/** Whether the broker that was asked is gone, or says that it is the coordinator no more. */
const isMoved = (error: unknown): boolean =>
  error instanceof Error &&
  (/^KafkaJS(Connection|RequestTimeout)/.test(error.name) ||
    ('type' in error && error.type === 'NOT_COORDINATOR_FOR_GROUP'));

/** Does `work`, which asks the coordinator, again and with the new one when it has moved. */
const withCoordinator = (group: ConsumerGroup, work: () => Promise<void>): Promise<void> =>
  group.retrier(async (bail) => {
    try {
      await work();
    } catch (error) {
      if (!isMoved(error)) return bail(error);
      const coordinator = await group.cluster.findGroupCoordinator({
        groupId: group.groupId,
      });
      group.coordinator = coordinator;
      if (group.offsetManager !== null) group.offsetManager.coordinator = coordinator;
      throw error;
    }
  });

prototype.heartbeat = function (this: ConsumerGroup, options): Promise<void> {
  return withCoordinator(this, () => heartbeat.call(this, options));
};

prototype.commitOffsets = function (this: ConsumerGroup, offsets): Promise<void> {
  return withCoordinator(this, () => commitOffsets.call(this, offsets));
};

prototype.leave = function (this: ConsumerGroup): Promise<void> {
  return withCoordinator(this, () => leave.call(this));
};
