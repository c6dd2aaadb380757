/** One drill: a topic of its own, a load on it, a failure, the recovery, and the ledger. */
import { setTimeout } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import type { Ledger } from '../../server/program-events.ts';
import type { DrillOptions } from '../arguments.ts';
import { typeOf } from '../connection.ts';
import { Refusal } from '../refusal.ts';
import { type Sampler, startSampler, tell } from '../sampler.ts';
import { unlessAborted } from '../stopping.ts';
import {
  awaitWhole,
  BROKERS,
  describeTopic,
  docker,
  NOT_RESTORED,
  NOT_STARTED,
  nameOf,
  waitUntil,
} from './cluster.ts';
import { makeLedger, type Sent, standingOf } from './ledger.ts';
import type { Load } from './load.ts';
import { readBack } from './read-back.ts';
import { printLedger, printPartitions, seconds, VERDICT } from './report.ts';

export interface Drill {
  readonly kafka: Kafka;
  readonly options: DrillOptions;
  readonly abort: AbortSignal;
  readonly topic: string;
  /** Draws what is sent from now on. */
  draw(load: Pick<Load, 'sent' | 'waiting'>): void;
  /** Stops or kills them, as the options say; whatever happens, they are started again. */
  fail(brokers: readonly number[]): Promise<void>;
  /** Starts those again that were stopped, and waits until the cluster is whole. */
  restore(): Promise<void>;
}

export interface DrillTopic {
  readonly partitions: number;
  readonly replicas: readonly (readonly number[])[];
  readonly config: Readonly<Record<string, string>>;
}

export interface Result {
  readonly topic: string;
  readonly ledger: Ledger;
}

/** What the topics of drills begin with, unless they are to be kept. */
const PASSING = 'drill';

/**
 * One admin client for one errand: having asked for a topic, it asks for it ever after, and is
 * refused everything once that topic is gone.
 */
const withAdmin = async <T>(kafka: Kafka, use: (admin: Admin) => Promise<T>): Promise<T> => {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await use(admin);
  } finally {
    await admin.disconnect();
  }
};

/** Topics of drills that could not remove them, with the cluster gone, say. */
export const removeLeftovers = (kafka: Kafka): Promise<void> =>
  withAdmin(kafka, async (admin) => {
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(`${PASSING}-`));
    if (topics.length > 0) await admin.deleteTopics({ topics });
  });

/** Milliseconds that a topic has for its leaders, and a cluster for its replicas. */
const DEADLINE = 90_000;

/**
 * Runs `work` on a new topic of this shape; then, or when it fails or is interrupted, puts every
 * broker back that it stopped. The topic goes, unless it is to be kept.
 *
 * @param work gives what it has sent.
 */
export const withDrill = async (
  context: Pick<Drill, 'kafka' | 'options' | 'abort'>,
  name: string,
  shape: DrillTopic,
  work: (drill: Drill) => Promise<readonly Sent[]>,
): Promise<Result> => {
  const { kafka, options, abort } = context;
  const down = new Set<number>();
  let failing: Promise<void> = Promise.resolve();
  let sampler: Sampler | undefined;
  /** Tried once: where it fails, the same minute would be waited for again and again. */
  let restoring: Promise<void> | undefined;
  const topic = `${options.keep ? 'kept' : PASSING}-${name}-${Date.now().toString(36)}`;
  const restore = async (): Promise<void> => {
    // A broker that is started before its stop has taken effect goes down after all.
    await failing.catch(() => {});
    if (down.size === 0) return;
    restoring ??= startAgain();
    await restoring;
  };
  const startAgain = async (): Promise<void> => {
    await docker('start', [...down]);
    await awaitWhole(new AbortController().signal, NOT_RESTORED);
    if (abort.aborted) console.log('멈춘 브로커를 모두 되돌렸습니다.');
    down.clear();
    restoring = undefined;
  };
  await awaitWhole(abort, NOT_STARTED);
  // Before anything stops: kafkajs makes no topic while some partition has no leader.
  await withAdmin(kafka, (admin) => makeTopic(admin, topic, shape));
  try {
    await awaitLeaders(topic, shape, abort);
    const sent = await work({
      ...context,
      topic,
      restore,
      draw: (load) => {
        const standing = () => standingOf(load, shape.partitions);
        sampler = startSampler({ topic, what: 'acked' }, standing);
      },
      fail: async (brokers) => {
        // Before it is done: one that stops late is started again all the same.
        for (const id of brokers) down.add(id);
        failing = docker(options.mode, brokers);
        await failing;
      },
    });
    sampler?.stop();
    await restore();
    await awaitReplicas(topic, abort);
    printPartitions('복구한 뒤', await describeTopic(topic));
    const read = await unlessAborted(
      withAdmin(kafka, (admin) => readBack(kafka, admin, topic)),
      abort,
    );
    const ledger = makeLedger(sent, read);
    tell({ type: 'ledger', topic, ledger });
    printLedger(ledger);
    console.log(`\n${VERDICT[ledger.verdict]}`);
    return { topic, ledger };
  } finally {
    sampler?.stop();
    await restore();
    if (options.keep) console.log(`${topic} 토픽을 남겨 둡니다.`);
    else await removeTopic(kafka, topic);
  }
};

const makeTopic = async (
  admin: Admin,
  topic: string,
  { replicas, config }: DrillTopic,
): Promise<void> => {
  await admin
    .createTopics({
      topics: [
        {
          topic,
          replicaAssignment: replicas.map((on, partition) => ({ partition, replicas: [...on] })),
          configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
        },
      ],
    })
    .catch((error: unknown) => {
      throw new Refusal(
        `장애 훈련용 토픽을 만들지 못했습니다. docker-compose up -d 로 클러스터를 온전하게 한 뒤 다시 실행해 주세요. (${typeOf(error) ?? error})`,
      );
    });
};

const awaitLeaders = (
  topic: string,
  { partitions }: DrillTopic,
  abort: AbortSignal,
): Promise<boolean> =>
  waitUntil(
    async () => {
      const states = await describeTopic(topic);
      return states.length === partitions && states.every(({ leader }) => leader !== undefined);
    },
    { deadline: DEADLINE, abort, reason: () => `토픽 ${topic}의 리더가 정해지지 않았습니다.` },
  );

/** Every replica is in sync again. */
const awaitReplicas = (topic: string, abort: AbortSignal): Promise<boolean> =>
  waitUntil(
    async () =>
      (await describeTopic(topic)).every(({ isr, replicas }) => isr.length === replicas.length),
    {
      deadline: DEADLINE,
      abort,
      reason: () =>
        `복제본이 ${DEADLINE / 1_000}초 안에 모두 ISR로 돌아오지 않았습니다. docker logs 로 브로커의 로그를 확인해 주세요.`,
    },
  );

const removeTopic = async (kafka: Kafka, topic: string): Promise<void> => {
  // Where the cluster could not be put back, a patient client would try for a minute.
  const admin = kafka.admin({ retry: { retries: 5 } });
  try {
    await admin.connect();
    await admin.deleteTopics({ topics: [topic], timeout: 10_000 });
  } catch (error) {
    console.log(
      `${topic} 토픽을 지우지 못했습니다. 다음 장애 훈련이 시작할 때 지웁니다. (${typeOf(error) ?? error})`,
    );
  } finally {
    await admin.disconnect();
  }
};

/** Waits, unless Ctrl+C comes. */
export const pause = (milliseconds: number, abort: AbortSignal): Promise<void> =>
  setTimeout(milliseconds, undefined, { signal: abort });

/** Waits until others than these brokers lead every partition; says how long it took. */
export const awaitElection = async (
  topic: string,
  gone: readonly number[],
  abort: AbortSignal,
): Promise<void> => {
  const from = performance.now();
  await waitUntil(
    async () => {
      const states = await describeTopic(topic);
      return (
        states.length > 0 &&
        states.every(({ leader }) => leader !== undefined && !gone.includes(leader))
      );
    },
    {
      deadline: DEADLINE,
      abort,
      reason: () => `${gone.map(nameOf).join(', ')}에 있던 파티션의 새 리더가 정해지지 않았습니다.`,
    },
  );
  console.log(
    `명령을 내린 지 ${seconds(performance.now() - from)} 만에 모든 파티션에 새 리더가 정해졌습니다.`,
  );
};

/** Replicas of each partition on all three brokers, another one first each time. */
export const spread = (partitions: number): number[][] =>
  Array.from({ length: partitions }, (_, partition) =>
    BROKERS.map((_, index) => BROKERS[(partition + index) % BROKERS.length] ?? 1),
  );
