/** From any cluster to the declared one: the commands that are given, on a model of what they do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lacking, lacksNothing } from '../../../server/cluster/lacking.ts';
import { unmet } from '../../../server/cluster/unmet.ts';
import { BROKERS, type Broker, brokerId } from '../../../server/lab/lab.ts';
import type { Command } from '../../../server/lessons/action.ts';
import { type Checkpoints, readCheckpoints } from '../../../server/lessons/checkpoints.ts';
import { type Makers, makersOf } from '../../../server/lessons/makers.ts';
import { nextCommand } from '../../../server/lessons/next-command.ts';
import { readLessons } from '../../../server/lessons/read.ts';
import type { ClusterState, TopicShape } from '../../../server/protocol.ts';
import { CONTENT } from '../../../server/settings.ts';

type Container = ClusterState['zookeeper'];
type Group = ClusterState['groups'][number];

const lessons = await readLessons(CONTENT);
const checkpoints: Checkpoints = await readCheckpoints(CONTENT, lessons);
const all = makersOf(lessons.values());

/** What a cluster is, as far as these commands go. */
interface Model {
  readonly zookeeper: Container;
  readonly brokers: Readonly<Record<Broker, Container>>;
  readonly topics: readonly TopicShape[];
  readonly groups: readonly string[];
}

const partitionsOf = ({ topic, partitions, replicationFactor }: TopicShape) =>
  Array.from({ length: partitions }, (_, partition) => ({
    topic,
    partition,
    leader: 1,
    replicas: [1, 2, 3].slice(0, replicationFactor),
    isr: [1, 2, 3].slice(0, replicationFactor),
    end: 0,
  }));
const empty = (id: string): Group => ({
  id,
  state: 'Empty',
  stale: false,
  members: [],
  committed: [],
});

/** A model as it is observed. */
const observed = ({ zookeeper, brokers, topics, groups }: Model): ClusterState => {
  const tells = BROKERS.some((name) => brokers[name] === 'running');
  return {
    type: 'cluster.state',
    at: 1_000,
    seenAt: 1_000,
    zookeeper,
    brokers: BROKERS.map((name) => ({
      name,
      container: brokers[name],
      state: brokers[name] === 'running' ? 'up' : 'down',
      registered: brokers[name] === 'running',
    })),
    toldAt: tells ? 1_000 : null,
    controller: tells ? 1 : null,
    partitions: tells ? topics.flatMap(partitionsOf) : [],
    groups: tells ? groups.map(empty) : [],
  };
};

/** What the lab and Kafka do. */
const carryOut = ({ action, text }: Command, model: Model): Model => {
  const set = (names: readonly string[], from: readonly Container[], to: Container): Model => ({
    ...model,
    zookeeper: names.includes('zookeeper') && from.includes(model.zookeeper) ? to : model.zookeeper,
    brokers: Object.fromEntries(
      BROKERS.map((name) => {
        const now = model.brokers[name];
        return [name, names.includes(name) && from.includes(now) ? to : now];
      }),
    ) as Model['brokers'],
  });
  const whole = BROKERS.every((name) => model.brokers[name] === 'running');
  switch (action.kind) {
    case 'up':
      // Both labs refuse to start anything around one that is paused.
      expect([model.zookeeper, ...Object.values(model.brokers)]).not.toContain('paused');
      return set(['zookeeper', ...BROKERS], ['exited', 'absent'], 'running');
    case 'control': {
      if (action.verb === 'unpause') return set(action.containers, ['paused'], 'running');
      expect(action.verb).toBe('stop');
      return set(action.containers, ['running'], 'exited');
    }
    case 'exec': {
      expect(whole, text).toBe(true);
      const topic = action.args[action.args.indexOf('--topic') + 1] ?? '';
      if (action.args.includes('--delete'))
        return { ...model, topics: model.topics.filter((each) => each.topic !== topic) };
      return { ...model, topics: [...model.topics, made(topic)] };
    }
    case 'example': {
      expect(whole, text).toBe(true);
      const [topic = '', , , group] = action.args;
      // Of a topic that is there in another shape, it makes no other.
      const topics = model.topics.some((each) => each.topic === topic)
        ? model.topics
        : [...model.topics, made(topic)];
      const groups = group === undefined ? model.groups : [...model.groups, GROUP];
      return { ...model, topics, groups };
    }
    default:
      throw new Error(`not a command of a checkpoint: ${text}`);
  }
};
const made = (topic: string): TopicShape => {
  const shape = all.shapes.find((each) => each.topic === topic);
  if (shape === undefined) throw new Error(`nobody makes ${topic}`);
  return shape;
};

const GROUP = 'order_processing_group';
const container = fc.constantFrom<Container>('running', 'paused', 'exited', 'absent');
const shape = (topic: string) =>
  fc.record({
    topic: fc.constant(topic),
    partitions: fc.integer({ min: 1, max: 6 }),
    replicationFactor: fc.integer({ min: 1, max: 3 }),
  });
const STRANGER: TopicShape = { topic: 'strangers', partitions: 7, replicationFactor: 1 };
const anyModel: fc.Arbitrary<Model> = fc.record({
  zookeeper: container,
  brokers: fc.record({ kafka1: container, kafka2: container, kafka3: container }),
  topics: fc
    .tuple(...all.shapes.map((each) => fc.option(fc.oneof(fc.constant(each), shape(each.topic)))))
    .map((topics) => [...topics.filter((each) => each !== null), STRANGER]),
  groups: fc.subarray([GROUP, 'others']),
});

/** To its end; `breakOff` commands at most. */
const bringTo = (id: string, model: Model, breakOff = 20): { model: Model; given: string[] } => {
  const checkpoint = checkpoints.get(id)?.checkpoint;
  if (checkpoint === undefined) throw new Error(`no checkpoint ${id}`);
  const makers: Makers = checkpoint.makers;
  const given: string[] = [];
  let now = model;
  while (given.length < breakOff) {
    const command = nextCommand(lacking(checkpoint, observed(now), 0), makers);
    if (command === undefined) break;
    expect(given).not.toContain(command.text);
    given.push(command.text);
    now = carryOut(command, now);
  }
  return { model: now, given };
};

describe.each([...checkpoints.keys()])('%s', (id) => {
  const { checkpoint, props } = checkpoints.get(id) ?? {};
  if (checkpoint === undefined) throw new Error(`no checkpoint ${id}`);

  it('is reached from anywhere, also when broken off on the way, and then nothing is left to do', () => {
    fc.assert(
      fc.property(anyModel, fc.nat(8), (model, breakOff) => {
        const half = bringTo(id, model, breakOff);
        const { model: end } = bringTo(id, half.model);
        const state = observed(end);
        for (const check of props?.check ?? []) {
          if (!('output' in check)) expect(unmet(check, state)).toBeUndefined();
        }
        expect(lacksNothing(lacking(checkpoint, state, 0))).toBe(true);
        expect(bringTo(id, end).given).toEqual([]);
        // Whatever was made from there on can be made.
        for (const later of checkpoint.makes)
          for (const found of end.topics.filter(({ topic }) => topic === later.topic))
            expect(found).toEqual(later);
      }),
    );
  });

  it('touches no topic that no lesson makes, and none that is as it should be', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const { model: end, given } = bringTo(id, model);
        expect(end.topics).toContainEqual(STRANGER);
        const removed = given.filter((text) => text.includes('--delete'));
        for (const topic of model.topics) {
          const needed = [...all.shapes].some(
            (each) => JSON.stringify(each) === JSON.stringify(topic),
          );
          if (needed) expect(removed.join()).not.toContain(`--topic ${topic.topic},`);
          if (needed) expect(end.topics).toContainEqual(topic);
        }
      }),
    );
  });
});

it('of a cluster that is off, knows that its topics are still to be looked at', () => {
  const off = observed({
    zookeeper: 'exited',
    brokers: { kafka1: 'exited', kafka2: 'exited', kafka3: 'exited' },
    topics: [],
    groups: [],
  });
  const checkpoint = checkpoints.get('failures/start')?.checkpoint;
  if (checkpoint === undefined) throw new Error('no checkpoint');
  const lack = lacking(checkpoint, off, 0);
  expect(lack).toMatchObject({ start: ['zookeeper', ...BROKERS], topics: undefined });
  expect(lacksNothing(lack)).toBe(false);
});

it('takes what brokers told before for nothing, and waits for one that comes up', () => {
  const checkpoint = checkpoints.get('failures/start')?.checkpoint;
  if (checkpoint === undefined) throw new Error('no checkpoint');
  const running = { kafka1: 'running', kafka2: 'running', kafka3: 'running' } as const;
  const state = observed({ zookeeper: 'running', brokers: running, topics: [], groups: [] });
  expect(lacking(checkpoint, state, 1_001).topics).toBeUndefined();
  const brokers = state.brokers.map((each) =>
    brokerId(each.name) === 2 ? { ...each, state: 'starting' as const } : each,
  );
  const lack = lacking(checkpoint, { ...state, brokers }, 0);
  expect(lack.coming).toEqual(['kafka2']);
  expect(nextCommand(lack, checkpoint.makers)).toBeUndefined();
});

it('leaves the consumers of others to whoever has started them', () => {
  const checkpoint = checkpoints.get('rebalancing/start')?.checkpoint;
  if (checkpoint === undefined) throw new Error('no checkpoint');
  const running = { kafka1: 'running', kafka2: 'running', kafka3: 'running' } as const;
  const state = observed({
    zookeeper: 'running',
    brokers: running,
    topics: all.shapes,
    groups: [],
  });
  const members = [{ id: 'a', client: 'a', assigned: [] }];
  const busy = { ...state, groups: [{ ...empty(GROUP), state: 'Stable', members }] };
  const lack = lacking(checkpoint, busy, 0);
  expect(lack.busy).toEqual([{ group: GROUP, members: 1 }]);
  expect(nextCommand(lack, checkpoint.makers)).toBeUndefined();
  expect(lacksNothing(lack)).toBe(false);
});
