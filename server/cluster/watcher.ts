/** Looks at the cluster while somebody watches, and tells what changes. */
import { setTimeout } from 'node:timers/promises';
import { readEnds } from '../kafka/ends.ts';
import { readGroups } from '../kafka/groups.ts';
import { readMetadata } from '../kafka/metadata.ts';
import { BROKERS, brokerId, type ContainerState, type Lab } from '../lab/lab.ts';
import type { ClusterChange, ClusterState } from '../protocol.ts';
import { difference } from './changes.ts';
import { describeCluster, type KnownGroup, type Told, type Traffic } from './state.ts';

/** Milliseconds between two looks at the containers: a death is to be on screen within 300. */
const CONTAINERS = 200;
/** Milliseconds between two questions to Kafka: for a while after a change, and when all is quiet. */
const LIVELY = 200;
const QUIET = 800;
/** The same for groups and offsets, which cost most. A rebalance may be over within a second. */
const LIVELY_TRAFFIC = 300;
const QUIET_TRAFFIC = 2_400;
/** Milliseconds without any change until all is quiet. */
const LULL = 30_000;
/** Milliseconds a broker has for its answer. */
const ANSWER = 1_000;
/** Milliseconds after which it is told that nothing has changed. */
const NEWS = 1_000;

interface Coordinated extends KnownGroup {
  /** The broker that told of it. */
  readonly coordinator: number;
}

interface Heard extends Traffic {
  readonly groups: readonly Coordinated[];
}

const SILENCE: Heard = { groups: [], ends: new Map() };

export type ClusterMessage = ClusterState | ClusterChange;

/** Told the whole state as soon as there is one, then what changes; with it, the state by then. */
export type ClusterListener = (message: ClusterMessage, state: ClusterState) => void;

export interface Watcher {
  /** Returns how to stop. */
  watch(listener: ClusterListener): () => void;
}

export const createWatcher = (lab: Pick<Lab, 'containers' | 'portOf'>): Watcher => {
  const listeners = new Set<ClusterListener>();
  let containers: readonly ContainerState[] | undefined;
  let told: Told | undefined;
  let traffic = SILENCE;
  let state: ClusterState | undefined;
  // Of a clock that does not jump.
  let changedAt = 0;
  let saidAt = 0;
  /** Aborts when the last listener leaves. */
  let life: AbortController | undefined;

  const tell: ClusterListener = (...news) => {
    saidAt = performance.now();
    for (const listener of listeners) listener(...news);
  };
  const publish = (): void => {
    if (containers === undefined) return;
    const next = describeCluster(Date.now(), containers, told, traffic);
    const last = state;
    state = next;
    if (last === undefined) {
      tell(next, next);
      return;
    }
    const change = difference(last, next);
    if (change.changes.length > 0) changedAt = performance.now();
    else if (performance.now() - saidAt < NEWS) return;
    tell(change, next);
  };

  const askKafka = async (): Promise<Told | undefined> => {
    const running = BROKERS.filter((broker) =>
      containers?.some(({ name, state }) => name === broker && state === 'running'),
    );
    const asked = await Promise.all(
      running.map(async (broker) => {
        const port = lab.portOf(broker);
        const metadata = await readMetadata(port, { timeout: ANSWER }).catch(() => undefined);
        return metadata && { id: brokerId(broker), metadata };
      }),
    );
    const answers = asked.filter((answer) => answer !== undefined);
    const answering = new Set(answers.map(({ id }) => id));
    // The controller tells the others: where they differ, its word is the newest.
    const best = answers.find(({ id, metadata }) => metadata.controller === id) ?? answers[0];
    if (best === undefined) return told && { ...told, answering };
    return { at: Date.now(), answering, metadata: best.metadata };
  };

  /** Partitions that nobody leads have no end; Kafka's own are not asked for. */
  const askLeaders = async ({ metadata, answering }: Told): Promise<Traffic['ends']> => {
    const led = metadata.topics.flatMap(({ name, internal, partitions }) =>
      internal ? [] : partitions.map((each) => ({ topic: name, ...each })),
    );
    const ends = await Promise.all(
      BROKERS.filter((broker) => answering.has(brokerId(broker))).map((broker) => {
        const own = led.filter(({ leader }) => leader === brokerId(broker));
        return readEnds(lab.portOf(broker), own, { timeout: ANSWER }).catch(() => []);
      }),
    );
    return new Map(
      ends.flat().map(({ topic, partition, offset }) => [`${topic}-${partition}`, offset]),
    );
  };

  /** What each broker that answers coordinates now; of the others, what was known. */
  const askCoordinators = async ({ answering }: Told): Promise<readonly Coordinated[]> => {
    const asked = await Promise.all(
      BROKERS.filter((broker) => answering.has(brokerId(broker))).map(async (broker) => {
        const own = await readGroups(lab.portOf(broker), { timeout: ANSWER }).catch(
          () => undefined,
        );
        return { coordinator: brokerId(broker), own };
      }),
    );
    const fresh = asked.flatMap(({ coordinator, own = [] }) =>
      own.map((group) => ({ ...group, coordinator, stale: false })),
    );
    const heard = asked.flatMap(({ coordinator, own }) => (own === undefined ? [] : coordinator));
    const kept = traffic.groups.filter(
      ({ id, coordinator }) =>
        !heard.includes(coordinator) && !fresh.some((each) => each.id === id),
    );
    return [...kept.map((group) => ({ ...group, stale: true })), ...fresh];
  };

  /** What cannot be seen now is no news: what was seen last grows old. */
  const again = async (
    look: () => Promise<() => void>,
    pause: () => number,
    signal: AbortSignal,
  ): Promise<void> => {
    while (!signal.aborted) {
      const take = await look().catch(() => undefined);
      if (signal.aborted) return;
      take?.();
      publish();
      await setTimeout(pause(), undefined, { signal }).catch(() => {});
    }
  };
  const begin = (signal: AbortSignal): void => {
    const lookAtContainers = async () => {
      const seen = await lab.containers();
      return () => (containers = seen);
    };
    const lookAtKafka = async () => {
      const heard = await askKafka();
      return () => (told = heard);
    };
    const lookAtTraffic = async () => {
      if (told === undefined) return () => {};
      const [groups, ends] = await Promise.all([askCoordinators(told), askLeaders(told)]);
      return () => (traffic = { groups, ends });
    };
    const pause = (lively: number, quiet: number) => (): number =>
      performance.now() - changedAt < LULL ? lively : quiet;
    void again(lookAtContainers, () => CONTAINERS, signal);
    void again(lookAtKafka, pause(LIVELY, QUIET), signal);
    void again(lookAtTraffic, pause(LIVELY_TRAFFIC, QUIET_TRAFFIC), signal);
  };
  const end = (): void => {
    life?.abort();
    life = undefined;
    containers = undefined;
    told = undefined;
    traffic = SILENCE;
    state = undefined;
  };

  return {
    watch: (listener) => {
      listeners.add(listener);
      if (state !== undefined) listener(state, state);
      if (life === undefined) {
        life = new AbortController();
        begin(life.signal);
      }
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) end();
      };
    },
  };
};
