/** What a page sees of a cluster whose brokers stop, die, hang and come back. */
import {
  CompressionTypes,
  type Consumer,
  Kafka,
  logLevel,
  Partitioners,
  type Producer,
} from 'kafkajs';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { apply } from '../../server/cluster/changes.ts';
import { observeEffect } from '../../server/cluster/effect.ts';
import { createWatcher } from '../../server/cluster/watcher.ts';
import { lastKeys } from '../../server/kafka/keys.ts';
import { BROKERS, type Lab } from '../../server/lab/lab.ts';
import type { ClusterDifference, ClusterState } from '../../server/protocol.ts';
import { until } from './capture.ts';
import { type Driver, makeDriver } from './driver.ts';
import { type LocalHome, makeLocalHome } from './local-home.ts';

let home: LocalHome;
let lab: Lab;
let driver: Driver;
let stop = (): void => {};
/** As a page keeps it: the first state, and every change applied. */
let page: ClusterState | undefined;
let changes: ClusterDifference[];

beforeAll(async () => {
  home = await makeLocalHome();
  lab = home.lab();
  driver = makeDriver({
    lab,
    bootstrap: (broker) => `${broker}:${home.ports.brokers[broker].internal}`,
    dispose: home.dispose,
  });
});
afterEach(() => stop());
afterAll(() => home.dispose());

const watch = (): void => {
  page = undefined;
  changes = [];
  stop = createWatcher(lab).watch((message) => {
    if (message.type === 'cluster.state') page = message;
    else if (page !== undefined) {
      page = apply(page, message);
      changes.push(...message.changes);
    }
  });
};
const broker = (id: number) => page?.brokers[id - 1];
const partition = (topic: string) => page?.partitions.find((each) => each.topic === topic);
const whole = (): boolean => page?.brokers.every(({ state }) => state === 'up') === true;
const create = async (topic: string, replicas: string): Promise<void> => {
  const made = await driver.topics('--create', '--topic', topic, '--replica-assignment', replicas);
  expect(made, made.stderr).toMatchObject({ code: 0 });
};

const client = () =>
  new Kafka({
    brokers: BROKERS.map((name) => `localhost:${home.ports.brokers[name].external}`),
    logLevel: logLevel.NOTHING,
  });
const produce = async (...records: Parameters<Producer['send']>): Promise<void> => {
  const producer = client().producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send(...records);
  await producer.disconnect();
};

describe('a cluster that is watched', () => {
  it('is nothing before the first up, then three brokers of which one is the controller', async () => {
    watch();
    await until('the state', () => page !== undefined);
    expect(page).toMatchObject({ zookeeper: 'absent', toldAt: null, partitions: [] });
    expect(broker(1)).toEqual({
      name: 'kafka1',
      container: 'absent',
      state: 'down',
      registered: null,
    });
    expect(await driver.up()).toMatchObject({ code: 0 });
    await until('three brokers', whole);
    expect(page?.controller).toBeGreaterThan(0);
    const path = changes.flatMap((each) =>
      each.kind === 'broker' && each.to.name === 'kafka1' ? each.to.state : [],
    );
    expect(path.filter((each, index) => each !== path[index - 1])).toEqual(['starting', 'up']);
  });

  it('shows a leader that moves, and a partition that nobody leads, with all else alive', async () => {
    watch();
    await create('moves', '3:1:2');
    await create('alone', '3');
    await until(
      'both topics',
      () => partition('moves') !== undefined && partition('alone')?.leader === 3,
    );
    await driver.control('stop', 'kafka3');
    await until('no leader', () => partition('alone')?.leader === null);
    expect(partition('alone')).toMatchObject({ replicas: [3], isr: [3] });
    await until('the ISR without it', () => partition('moves')?.isr.includes(3) === false);
    expect(partition('moves')).toMatchObject({ leader: 1, replicas: [3, 1, 2] });
    await until('its end', () => broker(3)?.container === 'exited');
    expect(broker(3)).toMatchObject({ state: 'down' });
    expect(broker(1)).toMatchObject({ state: 'up' });
    await driver.control('start', 'kafka3');
    await until('it to be back', () => whole() && partition('moves')?.isr.includes(3) === true);
    // Else Kafka does so by itself, at a time of its own.
    const elect = ['--election-type', 'preferred', '--all-topic-partitions'];
    expect(await driver.tool({ tool: 'kafka-leader-election', args: elect })).toMatchObject({
      code: 0,
    });
    await until('the preferred leader', () => partition('moves')?.leader === 3);
  });

  it('shows a broker that hangs as down at once, while Kafka still counts on it', async () => {
    watch();
    await until('the state', () => whole() && partition('moves') !== undefined);
    const leader = partition('moves')?.leader;
    await driver.control('pause', 'kafka2');
    await until('it to be down', () => broker(2)?.state === 'down');
    expect(broker(2)?.container).toBe('paused');
    expect(partition('moves')?.leader).toBe(leader);
    await driver.control('unpause', 'kafka2');
    await until('it to be back', whole);
  });

  it('is told whole to whoever comes, and as no news', async () => {
    watch();
    await until('the state', () => page !== undefined);
    expect(whole()).toBe(true);
    expect(page?.controller).toBeGreaterThan(0);
    expect(partition('moves')).toMatchObject({ replicas: [3, 1, 2] });
    const at = page?.at ?? 0;
    await until('the second word after it', () => (page?.at ?? 0) > at + 1_500);
    expect(changes).toEqual([]);
  });

  it('shows where messages are, who reads them, and a rebalance from two members to three', async () => {
    watch();
    await until('the topic', () => partition('moves') !== undefined && whole());
    const end = (): number | null | undefined => partition('moves')?.end;
    expect(await until('its end', () => end() === 0)).toBe(true);
    const kafka = client();
    await produce({ topic: 'moves', messages: [{ value: '하나' }, { value: '둘' }] });
    await until('both messages', () => end() === 2);

    const consumers: Consumer[] = [];
    onTestFinished(async () => {
      for (const consumer of consumers) await consumer.disconnect();
    });
    const join = async (): Promise<void> => {
      const consumer = kafka.consumer({ groupId: 'readers' });
      consumers.push(consumer);
      await consumer.connect();
      await consumer.subscribe({ topic: 'moves', fromBeginning: true });
      await consumer.run({ eachMessage: async () => {} });
    };
    const group = () => page?.groups.find(({ id }) => id === 'readers');
    const settled = (members: number): boolean =>
      group()?.state === 'Stable' && group()?.members.length === members;
    await join();
    await join();
    await until('two members', () => settled(2));
    expect(group()?.members.flatMap(({ assigned }) => assigned)).toEqual([
      { topic: 'moves', partition: 0 },
    ]);
    await until('all to be read', () => group()?.committed[0]?.offset === 2);
    changes = [];
    await join();
    await until('three members', () => settled(3));
    const states = changes.flatMap((each) => (each.kind === 'group' ? (each.to?.state ?? []) : []));
    expect(states.some((state) => state.endsWith('Rebalance'))).toBe(true);
    await consumers.pop()?.disconnect();
    await until('two members again', () => settled(2));
  });

  it('has the keys of its last messages, by partition, also of compressed ones', async () => {
    await create('keys', '1,2,3');
    const of = (partition: number, ...keys: (string | null)[]) =>
      keys.map((key) => ({ key, value: '값', partition }));
    expect(await lastKeys(lab, 'keys')).toEqual(
      [0, 1, 2].map((partition) => ({ partition, keys: [] })),
    );
    await produce({
      topic: 'keys',
      messages: [...of(0, ...[...'abcdefghijk']), ...of(1, '한글', null)],
    });
    await produce({
      topic: 'keys',
      messages: of(2, 'x'.repeat(200), 'z'),
      compression: CompressionTypes.GZIP,
    });
    const first = [...'defghijk'].map((key, index) => ({ offset: 3 + index, key }));
    const second = [
      { offset: 0, key: '한글' },
      { offset: 1, key: null },
    ];
    expect(await lastKeys(lab, 'keys')).toEqual([
      { partition: 0, keys: first },
      { partition: 1, keys: second },
      {
        partition: 2,
        keys: [
          { offset: 0, key: `${'x'.repeat(80)}…` },
          { offset: 1, key: 'z' },
        ],
      },
    ]);
    expect(await lastKeys(lab, 'no-such-topic')).toEqual([]);
    // More than a broker gives at once.
    const large = [...'ABCDEFGHIJ'];
    for (const key of large)
      await produce({
        topic: 'keys',
        messages: [{ key, value: 'x'.repeat(200_000), partition: 1 }],
      });
    const [, told] = await lastKeys(lab, 'keys');
    expect(told?.keys.map(({ key }) => key)).toEqual(large.slice(-8));
    // Of what cannot be read now, nothing is told.
    await driver.control('stop', 'kafka3');
    await until(
      'two partitions',
      async () => (await lastKeys(lab, 'keys')).map((each) => each.partition).join() === '0,1',
    );
    await driver.control('start', 'kafka3');
  });

  it('is told under a run by what became of it, when all has settled, and by nothing else', async () => {
    watch();
    await until('all of it', () => whole() && partition('moves')?.isr.length === 3);
    const leader = partition('moves')?.leader ?? expect.fail('no leader');
    const name = BROKERS[leader - 1] ?? expect.fail(`no broker ${leader}`);
    const life = new AbortController();
    const watcher = createWatcher(lab);
    // A page watches as well: nothing has to change for a run to know how it was before.
    onTestFinished(watcher.watch(() => {}));
    const idle = observeEffect(watcher, life.signal);
    await idle.ready;
    await produce({ topic: 'moves', messages: [{ value: '셋' }] });
    expect(await idle.settle()).toEqual([]);
    const effect = observeEffect(watcher, life.signal);
    await effect.ready;
    await driver.control('kill', name);
    const killed = performance.now();
    const told = await effect.settle();
    // Kafka notices after its session has expired.
    expect(performance.now() - killed).toBeGreaterThan(5_000);
    expect(told).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'broker',
          to: expect.objectContaining({ name, state: 'down', registered: false }),
        }),
        expect.objectContaining({
          kind: 'partition',
          from: expect.objectContaining({ topic: 'moves', leader }),
          to: expect.objectContaining({ topic: 'moves', leader: partition('moves')?.leader }),
        }),
      ]),
    );
    expect(partition('moves')?.leader).not.toBe(leader);
    await driver.control('start', name);
    await until('it to be back', whole);
    // What is done next is not its effect.
    await until('the ISR', () => partition('moves')?.isr.length === 3);
    const first = observeEffect(watcher, life.signal);
    await first.ready;
    await driver.control('stop', name);
    const settling = first.settle();
    const next = observeEffect(watcher, life.signal);
    await next.ready;
    first.cut();
    await driver.control('start', name);
    const [one, other] = await Promise.all([settling, next.settle()]);
    const down = expect.objectContaining({ name, state: 'down' });
    expect(one).toContainEqual({ kind: 'broker', from: expect.anything(), to: down });
    expect(other).toContainEqual({ kind: 'broker', from: down, to: expect.anything() });
    // Of two that overlap, nobody knows whose it was.
    const beside = observeEffect(watcher, life.signal);
    await beside.ready;
    beside.cut();
    expect(await beside.settle()).toBeUndefined();
    await until('it to be back', whole);
    const last = observeEffect(watcher, life.signal);
    await last.ready;
    const ending = last.settle();
    life.abort();
    expect(await ending).toBeUndefined();
  });

  it('grows old, and says so, when no broker tells anything', async () => {
    watch();
    await until('the state', whole);
    await driver.control('stop', 'kafka1', 'kafka2', 'kafka3');
    await until(
      'three that are down',
      () => page?.brokers.every(({ state }) => state === 'down') === true,
    );
    const toldAt = page?.toldAt;
    const at = page?.at ?? 0;
    await until('the next word', () => (page?.at ?? 0) > at + 1_500);
    expect(page?.toldAt).toBe(toldAt);
    expect(partition('moves')).toBeDefined();
    // They come back one by one, and hear of the topics last.
    changes = [];
    await driver.control('start', 'kafka1', 'kafka2', 'kafka3');
    await until('all of it', () => whole() && partition('moves')?.isr.length === 3);
    const news = changes.filter(
      ({ kind, from, to }) => kind === 'partition' && (from === null || to === null),
    );
    expect(news).toEqual([]);
  });
});
