/** One state of the cluster out of what its two sources say: the lab's containers, and Kafka. */
import { DRILL_READERS, type GroupState } from '../kafka/groups.ts';
import type { Metadata } from '../kafka/metadata.ts';
import { BROKERS, brokerId, type Container, type ContainerState } from '../lab/lab.ts';
import type { ClusterState } from '../protocol.ts';
import { byId, inOrder, keyOf } from './changes.ts';

/** What the brokers that were asked last have said. */
export interface Told {
  /** When a broker last answered: milliseconds, as everywhere here, by a clock that does not jump. */
  readonly at: number;
  /** The ids of those that answered. */
  readonly answering: ReadonlySet<number>;
  /** Of the one among them that knows best. */
  readonly metadata: Metadata;
}

export interface KnownGroup extends GroupState {
  /** Its coordinator does not answer now. */
  readonly stale: boolean;
}

export interface Seen {
  /** `null` where the containers could not be seen yet. */
  readonly seenAt: number | null;
  readonly containers: readonly ContainerState[];
}

/** What is written and read. */
export interface Traffic {
  readonly groups: readonly KnownGroup[];
  /** Where partitions end, by `topic-partition`; of those whose leader has told. */
  readonly ends: ReadonlyMap<string, number>;
}

/** The ids of brokers that have been up since their process began, as far as anybody saw. */
export const beenUp = (
  before: ReadonlySet<number>,
  { brokers }: ClusterState,
): ReadonlySet<number> =>
  new Set(
    brokers.flatMap(({ name, container, state }) => {
      const id = brokerId(name);
      const lives = (container === 'running' || container === 'paused') && before.has(id);
      return state === 'up' || lives ? [id] : [];
    }),
  );

/**
 * @param at when this is: milliseconds by a clock that does not jump.
 * @param been as `beenUp` tells by the state before.
 */
export const describeCluster = (
  at: number,
  been: ReadonlySet<number>,
  { seenAt, containers }: Seen,
  told: Told | undefined,
  { groups, ends }: Traffic,
): ClusterState => {
  const containerOf = (name: Container) =>
    containers.find((each) => each.name === name)?.state ?? 'absent';
  return {
    type: 'cluster.state',
    at,
    seenAt,
    zookeeper: containerOf('zookeeper'),
    brokers: BROKERS.map((name) => {
      const id = brokerId(name);
      const container = containerOf(name);
      const registered = told?.metadata.brokers.has(id) ?? null;
      const stateOf = (): ClusterState['brokers'][number]['state'] => {
        // Kafka counts a broker as alive until its session expires: its process is what counts here.
        if (container !== 'running') return 'down';
        if (registered === true && told?.answering.has(id)) return 'up';
        if (!been.has(id)) return 'starting';
        return registered ? 'silent' : 'stopping';
      };
      return { name, container, state: stateOf(), registered };
    }),
    toldAt: told?.at ?? null,
    controller: told?.metadata.controller ?? null,
    // Kafka's own topics are many, and not the lesson.
    partitions: (told?.metadata.topics ?? [])
      .filter(({ internal }) => !internal)
      .flatMap(({ name, partitions }) =>
        partitions.map(({ partition, leader, replicas, isr }) => ({
          topic: name,
          partition,
          leader: leader ?? null,
          replicas: [...replicas],
          isr: [...isr],
          end: ends.get(keyOf({ topic: name, partition })) ?? null,
        })),
      )
      .toSorted(inOrder),
    groups: groups
      .filter(({ id }) => !id.startsWith(DRILL_READERS))
      .map(({ id, state, stale, members, committed }) => ({
        id,
        state,
        stale,
        members: members
          .map((member) => ({ ...member, assigned: member.assigned.toSorted(inOrder) }))
          .toSorted(byId),
        committed: committed.toSorted(inOrder),
      }))
      .toSorted(byId),
  };
};
