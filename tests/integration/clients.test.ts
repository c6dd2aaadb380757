/** What the examples are made of, on brokers that go and come back. */
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { GROUP } from '../../examples/group.ts';
import { type Lane, openLane } from '../../examples/lane.ts';
import { joinGroup, LEAVING } from '../../examples/member.ts';
import { partitionsOf } from '../../server/kafka/metadata.ts';
import { BROKERS, type Broker, brokerId } from '../../server/lab/lab.ts';
import { until } from './capture.ts';
import { type Driver, makeDriver } from './driver.ts';
import { type LocalHome, makeLocalHome } from './local-home.ts';

const ANSWER = { timeout: 2_000 };

let home: LocalHome;
let lab: Driver;
/** Gives up within a test. */
let kafka: Kafka;
/** Outlives a crash, as the examples' own does. */
let patient: Kafka;

beforeAll(async () => {
  home = await makeLocalHome();
  lab = makeDriver({
    lab: home.lab(),
    bootstrap: (broker) => `${broker}:${home.ports.brokers[broker].internal}`,
    dispose: home.dispose,
  });
  const connect = (retries: number): Kafka =>
    new Kafka({
      brokers: BROKERS.map((broker) => `localhost:${portOf(broker)}`),
      connectionTimeout: 1_000,
      requestTimeout: 3_000,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries },
      logLevel: logLevel.NOTHING,
    });
  kafka = connect(3);
  patient = connect(30);
  expect(await lab.up()).toMatchObject({ code: 0 });
});
afterAll(() => home.dispose());
afterEach(async () => {
  vi.restoreAllMocks();
  await startAll();
});

const portOf = (broker: Broker): number => home.ports.brokers[broker].external;

const topics = ['__consumer_offsets'];

/** A topic of its own, whose first replica is on `leader`. */
const makeTopic = async (name: string, replicas: readonly Broker[]): Promise<string> => {
  const topic = `${name}-${Date.now().toString(36)}`;
  const assignment = replicas.map(brokerId).join(':');
  const made = await lab.topics('--create', '--topic', topic, '--replica-assignment', assignment);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  topics.push(topic);
  await until(
    'a leader',
    async () => (await state(topic))?.leader === brokerId(replicas[0] ?? 'kafka1'),
  );
  return topic;
};
const statesOf = (topic: string, asked: Broker) => partitionsOf(portOf(asked), topic, ANSWER);
const state = async (topic: string) => (await statesOf(topic, 'kafka1').catch(() => []))[0];

/** Until every broker knows of a leader and all replicas for whatever there is. */
const startAll = async (): Promise<void> => {
  expect(await lab.control('start', ...BROKERS)).toMatchObject({ code: 0 });
  const whole = async (topic: string, asked: Broker): Promise<boolean> => {
    const states = await statesOf(topic, asked).catch(() => undefined);
    return (
      states?.every(
        ({ leader, isr, replicas }) => leader !== undefined && isr.length === replicas.length,
      ) ?? false
    );
  };
  await until('every partition to be whole again', async () => {
    const all = BROKERS.flatMap((broker) => topics.map((topic) => whole(topic, broker)));
    return !(await Promise.all(all)).includes(false);
  });
};

const message = (id: string) => ({ id, key: id, value: id });

describe('metadata', () => {
  it('is read while a partition has no leader, where kafkajs cannot', async () => {
    const topic = await makeTopic('only-on-three', ['kafka3']);
    await lab.control('stop', 'kafka3');
    await until('no leader', async () => (await state(topic))?.leader === undefined);
    expect(await state(topic)).toEqual({
      partition: 0,
      leader: undefined,
      replicas: [3],
      isr: [3],
    });
    const admin = kafka.admin({ retry: { retries: 0 } });
    await admin.connect();
    const theirs = admin.fetchTopicMetadata({ topics: [topic] });
    await expect(theirs).rejects.toThrow('There is no leader for this topic-partition');
    await admin.disconnect();
  });
});

describe('a lane', () => {
  let lane: Lane;
  const open = async (kafka: Kafka, topic: string): Promise<void> => {
    lane = await openLane({ kafka, topic, partition: 0, acks: -1, idempotent: true });
  };

  // Through a crash, which takes 18 s more, the drills of tests/e2e/ send.
  it('sends on when its leader stops, and writes each message once', async () => {
    const topic = await makeTopic('lane', ['kafka2', 'kafka1', 'kafka3']);
    await open(patient, topic);
    expect(await lane.send(message('before'))).toMatchObject({ kind: 'acked', offset: '0' });
    const stopped = lab.control('stop', 'kafka2');
    const during = Array.from({ length: 5 }, (_, index) => lane.send(message(`during-${index}`)));
    await stopped;
    expect(await Promise.all(during)).toMatchObject(
      during.map((_, index) => ({ kind: 'acked', offset: String(index + 1) })),
    );
    expect((await state(topic))?.leader).not.toBe(2);
    await lane.close();
  });

  it('tells what it cannot know, and takes the next message with another producer', async () => {
    const topic = await makeTopic('lane-gives-up', ['kafka2']);
    await open(kafka, topic);
    await lab.control('stop', 'kafka2');
    expect(await lane.send(message('lost?'))).toMatchObject({ kind: 'unknown' });
    await startAll();
    expect(await lane.send(message('after'))).toMatchObject({ kind: 'acked' });
    await lane.close();
  });
});

describe('a member of the group', () => {
  // A client that asks for all topics gives up when one has no leader, as some above.
  beforeAll(async () => {
    const made = topics.splice(1).join('|');
    expect(await lab.topics('--delete', '--topic', made)).toMatchObject({ code: 0 });
  });

  const join = (topic: string, abort: AbortSignal, client = kafka) => {
    const said: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
    const member = joinGroup({ kafka: client, topic, name: '컨슈머', abort });
    return { member, said };
  };
  const send = async (topic: string, id: string): Promise<void> => {
    const lane = await openLane({ kafka, topic, partition: 0, acks: -1, idempotent: true });
    expect(await lane.send(message(id))).toMatchObject({ kind: 'acked' });
    await lane.close();
  };

  /** Kafka puts a group where the partition of its name's hash (Java's) is led. */
  const coordinator = async (): Promise<Broker> => {
    const states = await statesOf('__consumer_offsets', 'kafka1');
    const hash = [...GROUP].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, 0);
    const place = Math.abs(hash) % states.length;
    const leader = states.find(({ partition }) => partition === place)?.leader;
    const coordinator = BROKERS.find((broker) => brokerId(broker) === leader);
    if (coordinator === undefined) throw new Error(`the group's partition ${place} has no leader`);
    return coordinator;
  };
  const asking = async <T>(ask: (admin: Admin) => Promise<T>): Promise<T> => {
    const admin = patient.admin();
    await admin.connect();
    return ask(admin).finally(() => admin.disconnect());
  };
  const committed = (topic: string) =>
    asking((admin) => admin.fetchOffsets({ groupId: GROUP, topics: [topic] })).then(
      ([offsets]) => offsets?.partitions[0]?.offset,
    );
  const members = () =>
    asking((admin) => admin.describeGroups([GROUP])).then(({ groups }) => groups[0]?.members);

  it('goes on with the next coordinator, still in the group, when its own stops', async () => {
    const topic = await makeTopic('member-moves', [...BROKERS]);
    const { member, said } = join(topic, new AbortController().signal, patient);
    const { leave } = await member;
    await until('the group to be joined', () => said.some((line) => line.includes('참여했습니다')));
    const joined = said.length;
    await lab.control('stop', await coordinator());
    await send(topic, 'after');
    await until('what came after', () => said.some((line) => line.includes('after')));
    await until('its commit', async () => (await committed(topic)) === '1', 8_000);
    expect(said.slice(joined).filter((line) => /참여|리밸런싱/.test(line))).toEqual([]);
    expect(await leave()).toBe(true);
    expect(await members()).toEqual([]);
  });

  it('that has crashed for good is replaced, and reads on', async () => {
    const topic = await makeTopic('member', [...BROKERS]);
    const controller = new AbortController();
    const { member, said } = join(topic, controller.signal);
    const { leave } = await member;
    await send(topic, 'first');
    await until('the first', () => said.some((line) => line.includes('first')));
    await lab.control('stop', ...BROKERS);
    await until('its crash', () => said.some((line) => line.includes('새로 참여합니다')));
    await startAll();
    await send(topic, 'second');
    await until('the second', () => said.some((line) => line.includes('second')), 40_000);
    controller.abort();
    await leave();
  });

  it('leaves while it is being replaced, though no broker answers', async () => {
    const topic = await makeTopic('member-leaves', [...BROKERS]);
    const controller = new AbortController();
    const { member, said } = join(topic, controller.signal);
    const { leave } = await member;
    await lab.control('stop', ...BROKERS);
    await until('its crash', () => said.some((line) => line.includes('새로 참여합니다')));
    controller.abort();
    expect(await leave()).toBe(false);
  });

  it('leaves, though its coordinator has just crashed', async () => {
    const topic = await makeTopic('member-crash', [...BROKERS]);
    const { member, said } = join(topic, new AbortController().signal, patient);
    const { leave } = await member;
    await until('the group to be joined', () => said.some((line) => line.includes('참여했습니다')));
    await lab.control('kill', await coordinator());
    const from = performance.now();
    // Nobody is the coordinator until the crash is noticed.
    expect(await leave()).toBe(false);
    expect(performance.now() - from).toBeLessThan(LEAVING + 1_000);
  });

  it('does not wait for a coordinator for long', async () => {
    const topic = await makeTopic('member-alone', [...BROKERS]);
    const { member, said } = join(topic, new AbortController().signal, patient);
    const { leave } = await member;
    await until('the group to be joined', () => said.some((line) => line.includes('참여했습니다')));
    await lab.control('stop', ...BROKERS);
    const from = performance.now();
    expect(await leave()).toBe(false);
    expect(performance.now() - from).toBeLessThan(LEAVING + 1_000);
  });
});
