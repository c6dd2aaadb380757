/** How a cluster is brought where a chapter begins: what is done, when, and what is not. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Process } from '../../../server/lab/lab.ts';
import { INTERRUPTED, task } from '../../../server/lab/process.ts';
import { parseCommand } from '../../../server/lessons/command.ts';
import { makersOf } from '../../../server/lessons/makers.ts';
import type { AgreedTopic, ClusterState, TopicShape } from '../../../server/protocol.ts';
import { bring } from '../../../server/runs/bring.ts';

const command = (text: string) => ({ text, action: parseCommand(text.split(' ')) });
const makers = makersOf([
  {
    id: 'topics/create',
    props: { id: 'create', title: 'create' },
    commands: [command('./create_topic.sh orders 3 3')],
  },
]);
const orders: TopicShape = { topic: 'orders', partitions: 3, replicationFactor: 3 };
const needs = [{ up: ['kafka1', 'kafka2', 'kafka3'] as const }, orders].map((each) =>
  'up' in each ? { up: [...each.up] } : each,
);
const REMOVE =
  'docker exec -it kafka1 kafka-topics --bootstrap-server kafka1:29092 --delete --topic orders';

const stateOf = (
  topics: readonly TopicShape[],
  container: 'running' | 'exited',
  end: number | null = 0,
): ClusterState => {
  const at = performance.now();
  const up = container === 'running';
  return {
    type: 'cluster.state',
    at,
    seenAt: at,
    zookeeper: container,
    brokers: (['kafka1', 'kafka2', 'kafka3'] as const).map((name) => ({
      name,
      container,
      state: up ? 'up' : 'down',
      registered: up,
    })),
    toldAt: up ? at : null,
    controller: up ? 1 : null,
    partitions: topics.flatMap(({ topic, partitions, replicationFactor }) =>
      Array.from({ length: partitions }, (_, partition) => ({
        topic,
        partition,
        leader: 1,
        replicas: [1, 2, 3].slice(0, replicationFactor),
        isr: [1, 2, 3].slice(0, replicationFactor),
        end,
      })),
    ),
    groups: [],
  };
};

/** A cluster that is looked at often, and does what `handle` makes of a command. */
const setUp = (
  begin: {
    readonly topics?: readonly TopicShape[];
    readonly container?: 'running' | 'exited';
    readonly end?: number | null;
    /** The group of which there may be no member. */
    readonly idle?: ClusterState['groups'][number];
    /** What runs its consumers. */
    readonly steps?: readonly string[];
  },
  removes: readonly AgreedTopic[] = [],
) => {
  const cluster = {
    topics: begin.topics ?? [],
    container: begin.container ?? 'running',
    /** Of each partition. */
    end: begin.end === undefined ? 0 : begin.end,
  };
  const given: string[] = [];
  const said: string[] = [];
  let code = 0;
  let handle = (text: string): void => {
    if (text === 'docker-compose up -d') cluster.container = 'running';
    else if (text === REMOVE) cluster.topics = [];
    else cluster.topics = [orders];
  };
  const process: Process = bring({
    checkpoint: {
      needs: [...needs, ...(begin.idle ? [{ idle: begin.idle.id }] : [])],
      makes: [],
      makers,
    },
    removes,
    consumersOf: () => begin.steps ?? [],
    watcher: {
      expectChange: () => {},
      observe: (observer) => {
        const look = setInterval(() => {
          const groups = begin.idle ? [begin.idle] : [];
          observer({ ...stateOf(cluster.topics, cluster.container, cluster.end), groups });
        }, 100);
        return () => clearInterval(look);
      },
    },
    perform: ({ text }) => {
      given.push(text);
      return task(async () => {
        handle(text);
        return code;
      });
    },
    say: (text) => said.push(text),
  });
  return {
    process,
    given,
    said,
    cluster,
    instead: (does: (text: string) => void, exit = 0) => {
      handle = does;
      code = exit;
    },
  };
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

it('looks again after each command: of a cluster that is off, topics are known later', async () => {
  const { process, given, said } = setUp({ container: 'exited' });
  await pass(2_000);
  expect(await process.exited).toBe(0);
  expect(given).toEqual(['docker-compose up -d', './create_topic.sh orders 3 3']);
  expect(said).toEqual(['할 일을 마쳤습니다.']);
});

it('does nothing where nothing is to be done, and says so', async () => {
  const { process, given, said } = setUp({ topics: [orders] });
  await pass(1_000);
  expect(await process.exited).toBe(0);
  expect(given).toEqual([]);
  expect(said).toEqual([expect.stringContaining('할 일이 없습니다')]);
});

it.each<[string, TopicShape[]]>([
  ['of which nothing was shown', []],
  ['that was shown in another shape', [{ ...orders, partitions: 2 }]],
  ['while another was shown', [{ topic: 'events', partitions: 1, replicationFactor: 1 }]],
])('deletes no topic %s', async (_, removes) => {
  const other = { ...orders, partitions: 1 };
  const { process, given, said } = setUp({ topics: [other] }, removes);
  await pass(1_000);
  expect(await process.exited).toBe(1);
  expect(given).toEqual([]);
  expect(said).toEqual([
    expect.stringMatching(/^orders 토픽이 다른 모양\(파티션 1개, 복제 팩터 3\)/),
  ]);
});

it('deletes one that was shown, and makes it only once it is gone', async () => {
  const other = { ...orders, partitions: 1 };
  const { process, given, cluster, instead } = setUp({ topics: [other] }, [other]);
  instead(() => {});
  await pass(5_000);
  // It is on its way, and is not given again.
  expect(given).toEqual([REMOVE]);
  instead(() => {
    cluster.topics = [orders];
  });
  cluster.topics = [];
  await pass(1_000);
  expect(await process.exited).toBe(0);
  expect(given).toEqual([REMOVE, './create_topic.sh orders 3 3']);
});

it('deletes no topic with more in it than was shown, also if that was written just now', async () => {
  const other = { ...orders, partitions: 1 };
  const { process, given, said, cluster } = setUp({ topics: [other], end: 20 }, [
    { ...other, messages: 20 },
  ]);
  await pass(500);
  cluster.end = 25;
  await pass(2_000);
  expect(await process.exited).toBe(1);
  expect(given).toEqual([]);
  expect(said).toEqual([
    expect.stringMatching(/^orders 토픽의 메시지가 20개로 보였는데, 지금은 25개입니다\./),
  ]);
});

it.each<[string, number | undefined, number | null]>([
  ['as many in it as was shown', 20, 20],
  ['of which no number was shown', undefined, null],
])('deletes one with %s', async (_, messages, end) => {
  const other = { ...orders, partitions: 1 };
  const { process, given } = setUp({ topics: [other], end }, [{ ...other, messages }]);
  await pass(4_000);
  expect(await process.exited).toBe(0);
  expect(given).toEqual([REMOVE, './create_topic.sh orders 3 3']);
});

it('waits until it is told how much is in one of which that was shown', async () => {
  const other = { ...orders, partitions: 1 };
  const { given, cluster } = setUp({ topics: [other], end: null }, [{ ...other, messages: 20 }]);
  await pass(5_000);
  expect(given).toEqual([]);
  cluster.end = 20;
  await pass(1_000);
  expect(given[0]).toBe(REMOVE);
});

it('does not wait for ever for what a command should have brought about', async () => {
  const { process, said, instead } = setUp({});
  instead(() => {});
  await pass(61_000);
  expect(await process.exited).toBe(1);
  expect(said).toEqual(['orders 토픽이 없습니다.']);
});

it('goes on after a command that Kafka did, but did not answer in time', async () => {
  const { process, given, said, cluster, instead } = setUp({});
  instead(() => setTimeout(() => (cluster.topics = [orders]), 3_000), 1);
  await pass(5_000);
  expect(await process.exited).toBe(0);
  expect(given).toEqual(['./create_topic.sh orders 3 3']);
  // What it has printed stands above: it is not the end.
  expect(said).toEqual([
    expect.stringMatching(/^위 명령은 오류로 끝났지만.*이루어져 있습니다/),
    '할 일을 마쳤습니다.',
  ]);
});

it('ends as the command did that failed, and does no more', async () => {
  const { process, given, said, instead } = setUp({ container: 'exited' });
  instead(() => {}, 7);
  await pass(11_000);
  expect(await process.exited).toBe(7);
  expect(given).toEqual(['docker-compose up -d']);
  expect(said).toEqual([]);
});

const readers = (changes = {}): ClusterState['groups'][number] => ({
  id: 'readers',
  state: 'Stable',
  stale: false,
  members: ['a', 'b'].map((id) => ({ id, client: id, assigned: [] })),
  committed: [],
  ...changes,
});

it('says at once which consumers the reader has to stop, once all the rest is done', async () => {
  const { process, given, said } = setUp({ idle: readers(), steps: ['컨슈머 셋 실행'] });
  await pass(3_000);
  expect(await process.exited).toBe(1);
  expect(given).toEqual(['./create_topic.sh orders 3 3']);
  expect(said).toEqual([
    'readers 그룹에 컨슈머 2개가 있어 시작할 수 없습니다. ‘컨슈머 셋 실행’ 단계를 중지한 뒤 다시 실행해 주세요.',
  ]);
});

it('also where nothing else is left, and nobody knows what runs them', async () => {
  const { process, said } = setUp({ topics: [orders], idle: readers() });
  await pass(3_000);
  expect(await process.exited).toBe(1);
  expect(said).toEqual([
    expect.stringMatching(/^readers 그룹에 컨슈머 2개가 있어.*단계나 터미널에서 중지한 뒤/),
  ]);
});

it('deletes no topic that somebody reads', async () => {
  const other = { ...orders, partitions: 1 };
  const { process, given, said } = setUp({ topics: [other], idle: readers() }, [other]);
  await pass(3_000);
  expect(await process.exited).toBe(1);
  expect(given).toEqual([]);
  expect(said).toEqual([expect.stringContaining('시작할 수 없습니다')]);
});

it('waits a moment for who is leaving', async () => {
  const group = readers();
  const { process, said } = setUp({ topics: [orders], idle: group });
  await pass(1_000);
  group.members.length = 0;
  await pass(1_000);
  expect(await process.exited).toBe(0);
  expect(said).toEqual([expect.stringContaining('할 일이 없습니다')]);
});

it('takes no old word for a member of now', async () => {
  const { process, said } = setUp({ topics: [orders], idle: readers({ stale: true }) });
  await pass(1_000);
  expect(said).toEqual([]);
  await pass(60_000);
  expect(await process.exited).toBe(1);
  expect(said).toEqual(['readers 그룹의 코디네이터가 지금 응답하지 않습니다.']);
});

it('ends when it is told to, also while it looks', async () => {
  const { process, given } = setUp({ topics: [{ ...orders, partitions: 1 }] });
  process.signal('interrupt');
  await pass(1_000);
  expect(await process.exited).toBe(INTERRUPTED);
  expect(given).toEqual([]);
});

it('starts nobody while the one that is up has not told yet what there is', async () => {
  const given: string[] = [];
  const stopped = (told: number): ClusterState => {
    const state = stateOf([orders], 'running');
    const [first, ...others] = state.brokers;
    const gone = { container: 'exited', state: 'down', registered: false } as const;
    return {
      ...state,
      toldAt: told,
      brokers: [...(first ? [first] : []), ...others.map((each) => ({ ...each, ...gone }))],
    };
  };
  const from = performance.now();
  const process = bring({
    checkpoint: {
      needs: [{ up: ['kafka1'] }, orders, { down: ['kafka2', 'kafka3'] }],
      makes: [],
      makers,
    },
    removes: [],
    consumersOf: () => [],
    watcher: {
      expectChange: () => {},
      observe: (observer) => {
        // Its last word is from before they were stopped; the next one comes after half a second.
        const told = () => (performance.now() - from > 500 ? performance.now() : from - 1);
        const look = setInterval(() => observer(stopped(told())), 100);
        return () => clearInterval(look);
      },
    },
    perform: ({ text }) => {
      given.push(text);
      return task(async () => 0);
    },
    say: () => {},
  });
  await pass(2_000);
  expect(await process.exited).toBe(0);
  expect(given).toEqual([]);
});
