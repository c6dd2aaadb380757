/** What commands would touch of the cluster as it is: its words, out of what is seen. */
import { keyOf } from '../../server/cluster/changes.ts';
import { messagesIn } from '../../server/cluster/lacking.ts';
import { type Broker, brokerId, type Container, isBroker } from '../../server/lab/lab.ts';
import type { Touched } from '../../server/lessons/touches.ts';
import type { ClusterState } from '../../server/protocol.ts';
import { radius as strings } from '../strings/radius.ts';
import { isSeen, isTold } from './cluster-facts.ts';

type Partition = ClusterState['partitions'][number];
type Stop = Extract<Touched, { kind: 'stop' }>;
type Drill = Extract<Touched, { kind: 'drill' }>;

/**
 * One sentence after the other.
 *
 * @param state `undefined` where nothing is known, or what is known is old.
 */
export const radiusText = (
  touches: readonly Touched[],
  state: ClusterState | undefined,
  isOfPage: (topic: string) => boolean,
): string => {
  if (state === undefined || !isSeen(state)) return strings.unknown;
  const textOf = (touched: Touched): string => {
    switch (touched.kind) {
      case 'stop':
        return stopText(touched, state, isOfPage);
      case 'drill':
        return drillText(touched, state, isOfPage);
      case 'down':
        return downText(touched.volumes, state);
      case 'delete':
        return deleteText(touched.topic, state);
    }
  };
  return touches.map(textOf).join(' ');
};

/** It does, or could go on at any time. */
export const runs = (name: Broker, { brokers }: ClusterState): boolean =>
  brokers.some(
    (each) => each.name === name && (each.container === 'running' || each.container === 'paused'),
  );

const restText = (name: Container, { brokers, zookeeper }: ClusterState): string => {
  const container = isBroker(name)
    ? brokers.find((each) => each.name === name)?.container
    : zookeeper;
  return container === 'absent' ? strings.absent(name) : strings.stopped(name);
};

/** Those of the page's topics first. */
const inOrder = (
  partitions: readonly Partition[],
  isOfPage: (topic: string) => boolean,
): readonly Partition[] => [
  ...partitions.filter(({ topic }) => isOfPage(topic)),
  ...partitions.filter(({ topic }) => !isOfPage(topic)),
];

const stopText = (
  { containers }: Pick<Stop, 'containers'>,
  state: ClusterState,
  isOfPage: (topic: string) => boolean,
): string => {
  const { partitions, zookeeper } = state;
  const brokers = containers.filter(isBroker);
  const running = brokers.filter((name) => runs(name, state));
  // Whose leaders and replicas they hold, only a broker that answers can tell.
  if (running.length > 0 && !isTold(state)) return strings.unknown;
  const parts = containers.map((name) => {
    if (name === 'zookeeper' && zookeeper === 'running') return strings.zookeeper;
    if (!isBroker(name) || !running.includes(name)) return restText(name, state);
    const id = brokerId(name);
    const led = partitions.filter(({ leader }) => leader === id);
    const own = led.filter(({ topic }) => isOfPage(topic));
    const replicas = partitions.filter((each) => each.replicas.includes(id)).length;
    return strings.broker(name, own.map(keyOf), led.length - own.length, replicas);
  });
  const ids = new Set(running.map(brokerId));
  const left = ({ isr }: Partition): number => isr.filter((id) => !ids.has(id)).length;
  const touched = inOrder(partitions, isOfPage).filter(({ isr }) => isr.some((id) => ids.has(id)));
  const leaderless = touched.filter((each) => left(each) === 0).map(keyOf);
  const alone = touched.filter((each) => left(each) === 1).map(keyOf);
  return [
    `${strings.now} ${parts.join(' · ')}.`,
    ...(leaderless.length > 0 ? [strings.leaderless(leaderless)] : []),
    ...(alone.length > 0 ? [strings.alone(alone)] : []),
  ].join(' ');
};

const drillText = (
  { brokers, most, mode }: Drill,
  state: ClusterState,
  isOfPage: (topic: string) => boolean,
): string => {
  const running = brokers.filter((name) => runs(name, state));
  if (running.length === 0) return strings.nothingRuns;
  if (!isTold(state)) return strings.unknown;
  if (brokers.length === most)
    return `${stopText({ containers: brokers }, state, isOfPage)} ${strings.putBack(mode)}`;
  const leads = running.map((name) => {
    const led = state.partitions.filter(({ leader }) => leader === brokerId(name)).length;
    return strings.leads(name, led);
  });
  const exposed = inOrder(state.partitions, isOfPage)
    .filter(({ isr }) => isr.length <= most)
    .map(keyOf);
  return [
    strings.drill(mode, most),
    `${strings.now} ${leads.join(' · ')}.`,
    ...(exposed.length > 0 ? [strings.exposed(exposed)] : []),
  ].join(' ');
};

const downText = (volumes: boolean, state: ClusterState): string => {
  const { brokers, partitions, groups } = state;
  const running = brokers.filter(({ name }) => runs(name, state)).length;
  const topics = new Set(partitions.map(({ topic }) => topic)).size;
  if (running > 0 && !isTold(state)) return strings.unknown;
  if (!volumes)
    return running === 0
      ? strings.nothingRuns
      : `${strings.now} ${strings.down(running, topics, partitions.length)}`;
  return running === 0
    ? strings.volumesUnseen
    : `${strings.now} ${strings.volumes(topics, messagesIn(partitions), groups.length)}`;
};

const deleteText = (topic: string, state: ClusterState): string => {
  if (!state.brokers.some(({ name }) => runs(name, state))) return strings.topicsUnseen;
  if (!isTold(state)) return strings.unknown;
  const own = state.partitions.filter((each) => each.topic === topic);
  return own.length === 0
    ? strings.noTopic(topic)
    : `${strings.now} ${strings.topic(topic, own.length, messagesIn(own))}`;
};
