/**
 * Imported before kafkajs is used. A consumer of kafkajs 2.2.4, the last release, asks who its group's
 * coordinator is only when it joins. When that broker stops, it goes on knocking at the dead address
 * until its retries are used up (30 retries: 29 s without a commit, while the group expels it), and
 * when the broker is back, its leave goes to it in vain and silently: the others wait for the session
 * to expire. Kafka's own consumer asks again and goes on, still a member; so does this one. And a leave
 * that failed looks like one that did not: `hasLeft` tells.
 */
import { createRequire } from 'node:module';

type Broker = { readonly nodeId: number };

interface ConsumerGroup {
  readonly groupId: string;
  readonly cluster: { findGroupCoordinator(group: { groupId: string }): Promise<Broker> };
  readonly retrier: (work: (bail: (error: unknown) => void) => Promise<void>) => Promise<void>;
  readonly memberId: string | null;
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

/**
 * The broker that was asked is the coordinator no more, is one that is stopping, or has become it and
 * still reads what the last one knew.
 */
const MOVED = new Set([
  'NOT_COORDINATOR_FOR_GROUP',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
]);

const typeOf = (error: unknown): unknown =>
  error instanceof Error && 'type' in error ? error.type : undefined;

/** Whether the broker that was asked is gone, or is not the coordinator (yet, or any more). */
const isMoved = (error: unknown): boolean =>
  (error instanceof Error && /^KafkaJS(Connection|RequestTimeout)/.test(error.name)) ||
  MOVED.has(String(typeOf(error)));

/** Members whose coordinator has answered that they left. */
const gone = new Set<string>();

/** Whether the group knows that this member has left. */
export const hasLeft = (memberId: string): boolean => gone.has(memberId);

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

prototype.leave = async function (this: ConsumerGroup): Promise<void> {
  const { memberId } = this;
  try {
    await withCoordinator(this, () => leave.call(this));
  } catch (error) {
    // Expelled before it could leave, or by a leave whose answer was lost.
    if (typeOf(error) !== 'UNKNOWN_MEMBER_ID') throw error;
  }
  if (memberId !== null) gone.add(memberId);
};
