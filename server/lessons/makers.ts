/** Which command of the lessons makes a topic, or a group: nothing else says how that is done. */
import { parseTopicArguments, type TopicArguments } from '../../examples/arguments.ts';
import { GROUP } from '../../examples/group.ts';
import { sameShape } from '../cluster/lacking.ts';
import type { TopicShape } from '../protocol.ts';
import type { Action, Command } from './action.ts';
import type { Step } from './read.ts';

interface Maker {
  readonly shape: TopicShape;
  /** It prepares this one on the topic, too. */
  readonly group: string | undefined;
  readonly command: Command;
}

export interface Makers {
  /** Each topic once, as the first step that makes it does. */
  readonly shapes: readonly TopicShape[];
  topic(shape: TopicShape): Command | undefined;
  group(id: string): Command | undefined;
}

export const makersOf = (steps: Iterable<Step>): Makers => {
  const makers = [...steps].flatMap(({ commands }) =>
    commands.flatMap((each) => makerOf(each) ?? []),
  );
  const shapes = makers.map(({ shape }) => shape);
  return {
    shapes: shapes.filter(
      ({ topic }, at) => shapes.findIndex((each) => each.topic === topic) === at,
    ),
    topic: (wanted) => {
      const own = makers.filter(({ shape }) => sameShape(shape, wanted));
      return (own.find(({ group }) => group === undefined) ?? own[0])?.command;
    },
    group: (id) => makers.find(({ group }) => group === id)?.command,
  };
};

/** The group of which its program runs consumers. */
export const groupOf = (action: Action): string | undefined =>
  action.kind === 'example' && action.program === 'consumer_example' ? GROUP : undefined;

const makerOf = (command: Command): Maker | undefined => {
  const made = madeBy(command.action);
  return made && { ...made, command };
};

const madeBy = (action: Action): Omit<Maker, 'command'> | undefined => {
  const found = creationIn(action);
  if (found === undefined) return undefined;
  const { topic, partitions, replicationFactor, withGroup } = found;
  const shape = shapeOf(topic, partitions, replicationFactor);
  return shape && { shape, group: withGroup ? GROUP : undefined };
};

/** Whatever shape it gets. */
export const topicMadeBy = (action: Action): string | undefined => creationIn(action)?.topic;

const creationIn = (action: Action): TopicArguments | undefined => {
  if (action.kind === 'example' && action.program === 'create_topic')
    return parseTopicArguments(action.args);
  if (action.kind !== 'exec' || action.tool !== 'kafka-topics') return undefined;
  if (!action.args.includes('--create')) return undefined;
  const after = (option: string): string => action.args[action.args.indexOf(option) + 1] ?? '';
  return {
    topic: after('--topic'),
    partitions: after('--partitions'),
    replicationFactor: after('--replication-factor'),
    withGroup: false,
  };
};

const shapeOf = (topic: string, partitions: string, replicas: string): TopicShape | undefined =>
  [partitions, replicas].every((count) => /^[1-9]\d*$/.test(count))
    ? { topic, partitions: Number(partitions), replicationFactor: Number(replicas) }
    : undefined;
