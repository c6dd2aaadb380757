/** What differs between two looks at the cluster. Imported by the page, and by a workshop's hub. */
import type { ClusterChange, ClusterDifference, ClusterState } from '../protocol.ts';

type Partition = ClusterState['partitions'][number];
type TopicPartition = Pick<Partition, 'topic' | 'partition'>;

/** `orders-0`, as Kafka's own logs name it. */
export const keyOf = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;
const byKey = (partitions: readonly Partition[]): Map<string, Partition> =>
  new Map(partitions.map((each) => [keyOf(each), each]));
const same = (left: unknown, right: unknown): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

/** `apply(from, difference(from, to))` is `to`. */
export const difference = (from: ClusterState, to: ClusterState): ClusterChange => {
  const before = byKey(from.partitions);
  const after = byKey(to.partitions);
  const keys = new Set([...before.keys(), ...after.keys()]);
  const changes: ClusterDifference[] = [];
  if (from.zookeeper !== to.zookeeper)
    changes.push({ kind: 'zookeeper', from: from.zookeeper, to: to.zookeeper });
  for (const [index, broker] of to.brokers.entries()) {
    const was = from.brokers[index];
    if (was !== undefined && !same(was, broker))
      changes.push({ kind: 'broker', from: was, to: broker });
  }
  if (from.controller !== to.controller)
    changes.push({ kind: 'controller', from: from.controller, to: to.controller });
  for (const key of keys) {
    const [was, is] = [before.get(key) ?? null, after.get(key) ?? null];
    if (!same(was, is)) changes.push({ kind: 'partition', from: was, to: is });
  }
  const groups = new Map(from.groups.map((each) => [each.id, each]));
  const now = new Map(to.groups.map((each) => [each.id, each]));
  for (const id of new Set([...groups.keys(), ...now.keys()])) {
    const [was, is] = [groups.get(id) ?? null, now.get(id) ?? null];
    if (!same(was, is)) changes.push({ kind: 'group', from: was, to: is });
  }
  return { type: 'cluster.change', at: to.at, seenAt: to.seenAt, toldAt: to.toldAt, changes };
};

/**
 * Of changes, those that were seen: while no broker has told anything (all containers are gone, or have
 * only just come), nobody knows that topics and groups are gone, or new.
 */
export const onlySeen = (
  from: Pick<ClusterState, 'toldAt'>,
  to: Pick<ClusterState, 'toldAt'>,
  changes: readonly ClusterDifference[],
): readonly ClusterDifference[] =>
  from.toldAt !== null && to.toldAt !== null
    ? changes
    : changes.filter(({ kind }) => kind === 'broker' || kind === 'zookeeper');

/** Not that messages came, or were read: that is what a cluster is for. */
export const notable = (changes: readonly ClusterDifference[]): readonly ClusterDifference[] =>
  changes.filter((change) => {
    if (change.from === null || change.to === null) return true;
    if (change.kind === 'partition') {
      const { from, to } = change;
      return (
        [from.leader, from.isr, from.replicas].join() !== [to.leader, to.isr, to.replicas].join()
      );
    }
    if (change.kind !== 'group') return true;
    const { from, to } = change;
    return from.state !== to.state || !same(from.members, to.members);
  });

export const apply = (
  state: ClusterState,
  { at, seenAt, toldAt, changes }: ClusterChange,
): ClusterState => {
  const partitions = byKey(state.partitions);
  const groups = new Map(state.groups.map((each) => [each.id, each]));
  const next = { ...state, at, seenAt, toldAt, brokers: [...state.brokers] };
  for (const change of changes) {
    switch (change.kind) {
      case 'zookeeper':
        next.zookeeper = change.to;
        break;
      case 'controller':
        next.controller = change.to;
        break;
      case 'broker':
        next.brokers = next.brokers.map((each) =>
          each.name === change.to.name ? change.to : each,
        );
        break;
      case 'partition':
        if (change.to !== null) partitions.set(keyOf(change.to), change.to);
        else if (change.from !== null) partitions.delete(keyOf(change.from));
        break;
      case 'group':
        if (change.to !== null) groups.set(change.to.id, change.to);
        else if (change.from !== null) groups.delete(change.from.id);
    }
  }
  return {
    ...next,
    partitions: [...partitions.values()].toSorted(inOrder),
    groups: [...groups.values()].toSorted(byId),
  };
};

export const byId = (left: { readonly id: string }, right: { readonly id: string }): number =>
  left.id < right.id ? -1 : 1;

/** By topic, then by number. */
export const inOrder = (left: TopicPartition, right: TopicPartition): number =>
  left.topic === right.topic
    ? left.partition - right.partition
    : byName.compare(left.topic, right.topic);

/** `t2` before `t10`. */
const byName = new Intl.Collator('en', { numeric: true });
