/** Changes of the cluster in words. */
import type { ClusterDifference, ClusterState } from '../../server/protocol.ts';
import { groups as groupStrings, changes as strings } from '../strings/changes.ts';

type Broker = ClusterState['brokers'][number];
type Group = ClusterState['groups'][number];
type Partition = ClusterState['partitions'][number];

/** Topics, or groups, to which the same has happened, above which they share one sentence, too. */
const MANY = 4;

export interface WordOptions {
  /** Whether a broker that Kafka no longer counts on had been dead for a while. */
  readonly expired?: (broker: Broker) => boolean;
  /** Whether the reader's page is about this topic: then it has its own sentence, the first. */
  readonly isOfPage?: (topic: string) => boolean;
}

/** A sentence each; partitions to which the same has happened share one. */
export const wordsFor = (
  changes: readonly ClusterDifference[],
  { expired = () => false, isOfPage = () => false }: WordOptions = {},
): string[] => {
  const words: string[] = [];
  /** What has happened, and to which partitions of which topic. */
  const shared = new Map<string, { readonly topic: string; readonly partitions: number[] }>();
  const groups: { readonly id: string; readonly what: string }[] = [];
  const share = (topic: string, partition: number, what: string): void => {
    const key = JSON.stringify([topic, what]);
    const group = shared.get(key) ?? { topic, partitions: [] };
    group.partitions.push(partition);
    shared.set(key, group);
  };
  for (const change of changes) {
    switch (change.kind) {
      case 'zookeeper':
        words.push(
          strings.zookeeper(strings.containers[change.from], strings.containers[change.to]),
        );
        break;
      case 'controller':
        words.push(strings.controller(idText(change.from), idText(change.to)));
        break;
      case 'broker':
        words.push(...wordsForBroker(change.from, change.to, expired));
        break;
      case 'group': {
        const id = (change.to ?? change.from)?.id ?? '';
        for (const what of wordsForGroup(change.from, change.to)) groups.push({ id, what });
        break;
      }
      case 'partition': {
        const known = change.to ?? change.from;
        if (known === null) break;
        for (const what of wordsForPartition(change.from, change.to))
          share(known.topic, known.partition, what);
      }
    }
  }
  for (const [what, own] of Map.groupBy(groups, (each) => each.what)) {
    const ids = own.map(({ id }) => id);
    if (ids.length > MANY) words.push(strings.groups(ids[0] ?? '', ids.length - 1, what));
    else words.push(...ids.map((id) => strings.group(id, what)));
  }
  const byWhat = Map.groupBy(shared, ([key]) => (JSON.parse(key) as [string, string])[1]);
  const others: string[] = [];
  for (const [what, topics] of byWhat) {
    const all = topics.map(([, each]) => each);
    const own = all.filter(({ topic }) => isOfPage(topic));
    const rest = all.filter(({ topic }) => !isOfPage(topic));
    const tell = ({ topic, partitions }: (typeof all)[number]): string =>
      strings.partitions(topic, partitions, what);
    words.push(...own.map(tell));
    const [first] = rest;
    if (first !== undefined && rest.length > 1 && all.length > MANY)
      others.push(strings.topics(first.topic, rest.length - 1, what));
    else others.push(...rest.map(tell));
  }
  return [...words, ...others];
};

const wordsForBroker = (
  from: Broker,
  to: Broker,
  expired: (broker: Broker) => boolean,
): string[] => {
  const words: string[] = [];
  const { name } = to;
  if (from.container !== to.container)
    words.push(
      strings.container(name, strings.containers[from.container], strings.containers[to.container]),
    );
  // Where nobody had told, or tells, it is no news.
  if (from.registered !== null && to.registered !== null && from.registered !== to.registered) {
    if (to.registered) words.push(strings.joined(name));
    else words.push(expired(to) ? strings.expired(name) : strings.left(name));
  }
  if (from.state !== to.state && to.state === 'up') words.push(strings.answers(name));
  if (from.state === 'up' && to.state === 'silent') words.push(strings.silent(name));
  return words;
};

const wordsForGroup = (from: Group | null, to: Group | null): string[] => {
  if (from === null) return [strings.groupCreated];
  // Kafka's word for one that is about to be deleted.
  if (to === null || to.state === 'Dead')
    return from.state === 'Dead' ? [] : [strings.groupDeleted];
  const words: string[] = [];
  const states: Readonly<Record<string, string>> = groupStrings.states;
  const [was, is] = [states[from.state] ?? from.state, states[to.state] ?? to.state];
  // Kafka's two steps of a rebalance are one to whoever waits for it.
  if (was !== is) words.push(strings.groupState(was, is));
  // Nobody else gets a partition without one: this one was over between two looks.
  else if (to.state === 'Stable' && !sameReaders(from, to)) words.push(strings.rebalanced);
  if (from.members.length !== to.members.length)
    words.push(strings.members(from.members.length, to.members.length));
  return words;
};

/** Whether each partition is read by whom it was read. */
const sameReaders = (from: Group, to: Group): boolean =>
  JSON.stringify(from.members) === JSON.stringify(to.members);

const wordsForPartition = (from: Partition | null, to: Partition | null): string[] => {
  if (from === null) return to === null ? [] : [strings.created];
  if (to === null) return [strings.deleted];
  const words: string[] = [];
  if (from.leader !== to.leader) {
    // Of two that could lead, the first in the list of replicas is to be preferred.
    const preferred =
      from.leader !== null && to.leader === to.replicas[0] && to.isr.includes(from.leader);
    words.push(strings.leader(idText(from.leader), idText(to.leader), preferred));
  }
  if (listOf(from.isr) !== listOf(to.isr))
    words.push(strings.isr(listOf(from.isr), listOf(to.isr)));
  if (from.replicas.join() !== to.replicas.join())
    words.push(strings.replicas(from.replicas.join(), to.replicas.join()));
  return words;
};

/** The order of an ISR means nothing. */
const listOf = (isr: readonly number[]): string => isr.toSorted((a, b) => a - b).join(',');
const idText = (id: number | null): string => (id === null ? strings.nobody : `${id}`);
