/** What the cluster lacks of what a chapter begins with. The page's, too: what it shows is what is done. */
import {
  BROKERS,
  type Broker,
  CONTAINERS,
  type Container,
  type ContainerState,
} from '../lab/lab.ts';
import type { Need } from '../lessons/check.ts';
import type { ClusterState, TopicShape } from '../protocol.ts';

/** The cluster that a chapter, or a step, begins with. */
export interface Checkpoint {
  readonly needs: readonly Need[];
  /** Topics that are made from there on: if they are there already, then so. */
  readonly makes: readonly TopicShape[];
}

export interface Lack {
  readonly unpause: readonly Container[];
  readonly start: readonly Container[];
  /** They run, and are not in the cluster yet. */
  readonly coming: readonly Broker[];
  /** `undefined` where it matters, and no broker has told. */
  readonly topics: TopicLack | undefined;
  /** Once all the rest is there. */
  readonly stop: readonly Broker[];
  /** Consumers of a group in which nobody may be: whoever has started them stops them. */
  readonly busy: readonly { readonly group: string; readonly members: number }[];
}

export interface TopicLack {
  /** Topics of the lessons, as they are: in another shape than they should be. */
  readonly remove: readonly FilledTopic[];
  readonly create: readonly TopicShape[];
  /** Groups that there are not. */
  readonly prepare: readonly string[];
}

/** A topic with what goes when it is deleted. */
export interface FilledTopic extends TopicShape {
  /** `undefined` where not every leader has told. */
  readonly messages: number | undefined;
}

/** @param since what brokers have told before proves nothing: milliseconds, as `state.toldAt`. */
export const lacking = (checkpoint: Checkpoint, state: ClusterState, since: number): Lack => {
  const { needs } = checkpoint;
  const up = BROKERS.filter((name) => needs.some((each) => 'up' in each && each.up.includes(name)));
  const down = BROKERS.filter((name) =>
    needs.some((each) => 'down' in each && each.down.includes(name)),
  );
  const asksKafka =
    checkpoint.makes.length > 0 || needs.some((each) => !('up' in each || 'down' in each));
  const told = state.toldAt !== null && state.toldAt >= since;
  const topics = !asksKafka ? NO_TOPICS : told ? topicLack(checkpoint, state) : undefined;
  // Topics are made, and removed, where all of their replicas are. Which there are, one that is up tells
  // in a moment: until then, nobody is started for them.
  const whole =
    topics === undefined
      ? state.brokers.every((broker) => broker.state !== 'up')
      : Object.values(topics).some(({ length }) => length > 0);
  const wanted: readonly Container[] = whole ? BROKERS : up;
  const running = CONTAINERS.filter((name) => name === 'zookeeper' || wanted.includes(name));
  const is = (name: Container, ...states: readonly ContainerState['state'][]): boolean =>
    states.includes(containerOf(name, state));
  const none = needs.length === 0 && checkpoint.makes.length === 0;
  return {
    // One that is paused hears no other word, and no cluster is started around it.
    unpause: none ? [] : CONTAINERS.filter((name) => is(name, 'paused')),
    start: none ? [] : running.filter((name) => is(name, 'exited', 'absent')),
    coming: BROKERS.filter(
      (name) =>
        running.includes(name) &&
        is(name, 'running') &&
        state.brokers.some((each) => each.name === name && each.state !== 'up'),
    ),
    topics,
    stop: down.filter((name) => running.includes(name) || is(name, 'running', 'paused')),
    busy: needs.flatMap((need) => {
      const group = 'idle' in need ? need.idle : 'group' in need ? need.group : undefined;
      const members = state.groups.find(({ id }) => id === group)?.members.length ?? 0;
      return group === undefined || members === 0 ? [] : { group, members };
    }),
  };
};

const NO_TOPICS: TopicLack = { remove: [], create: [], prepare: [] };

/** Whether the chapter can begin. */
export const lacksNothing = ({ topics, ...rest }: Lack): boolean =>
  topics !== undefined &&
  [...Object.values(topics), ...Object.values(rest)].every(({ length }) => length === 0);

const containerOf = (name: Container, { zookeeper, brokers }: ClusterState) =>
  name === 'zookeeper'
    ? zookeeper
    : (brokers.find((each) => each.name === name)?.container ?? 'absent');

const topicLack = (
  { needs, makes }: Checkpoint,
  { partitions, groups }: ClusterState,
): TopicLack => {
  const wanted = needs.filter((each) => 'topic' in each);
  const there = [...Map.groupBy(partitions, ({ topic }) => topic)].map(([topic, own]) => ({
    ...shapeOf(topic, own),
    messages: messagesIn(own),
  }));
  const remove = there.filter((found) =>
    [...wanted, ...makes].some((each) => each.topic === found.topic && !sameShape(each, found)),
  );
  return {
    remove,
    create: wanted.filter((each) => !there.some((found) => sameShape(each, found))),
    prepare: needs.flatMap((each) =>
      'group' in each && groups.every(({ id }) => id !== each.group) ? each.group : [],
    ),
  };
};

type Partition = ClusterState['partitions'][number];

/** Where partitions have not the same number of replicas, as many as the one that differs most. */
const shapeOf = (topic: string, own: readonly Partition[]): TopicShape => {
  const counts = own.map(({ replicas }) => replicas.length);
  return { topic, partitions: own.length, replicationFactor: Math.min(...counts) };
};

/** `undefined` where not every leader has told. */
export const messagesIn = (partitions: readonly Partition[]): number | undefined => {
  let sum = 0;
  for (const { end } of partitions) {
    if (end === null) return undefined;
    sum += end;
  }
  return sum;
};

export const sameShape = (left: TopicShape, right: TopicShape): boolean =>
  left.topic === right.topic &&
  left.partitions === right.partitions &&
  left.replicationFactor === right.replicationFactor;
