/** Looks at the cluster while somebody watches, and tells what changes. */
import { setTimeout } from 'node:timers/promises';
import { readEnds } from '../kafka/ends.ts';
import { readGroups } from '../kafka/groups.ts';
import { readMetadata } from '../kafka/metadata.ts';
import { BROKERS, brokerId, type Lab } from '../lab/lab.ts';
import type { ClusterChange, ClusterState } from '../protocol.ts';
import { difference, keyOf } from './changes.ts';
import { type Answer, createMemories } from './memories.ts';
import {
  beenUp,
  describeCluster,
  type KnownGroup,
  type Seen,
  type Told,
  type Traffic,
} from './state.ts';

/** Milliseconds between two looks at the containers: a death is to be on screen within 300. */
const CONTAINERS = 200;
/**
 * Milliseconds between two questions to Kafka: for a while after a change, and when all is quiet.
 * The rebalance of a group that is well takes half a second.
 */
const LIVELY = 200;
const QUIET = 800;
/** The same for groups and offsets, which cost most. */
const QUIET_TRAFFIC = 1_000;
/** Milliseconds without any change until all is quiet. */
const LULL = 30_000;
/** Milliseconds a broker has for its answer. */
const ANSWER = 1_000;
/** Milliseconds after which a group that no broker knows is gone. */
const GONE = 2_000;
/** Milliseconds after which it is told that nothing has changed. */
const NEWS = 1_000;

interface Coordinated extends KnownGroup {
  /** The broker that told of it. */
  readonly coordinator: number;
  /** Since when that one has not known of it; `undefined` while it does. */
  readonly missedSince: number | undefined;
}

interface Heard extends Traffic {
  readonly groups: readonly Coordinated[];
}

const UNSEEN: Seen = { seenAt: null, containers: [] };
const SILENCE: Heard = { groups: [], ends: new Map() };

export type ClusterMessage = ClusterState | ClusterChange;

/** Told the whole state as soon as there is one, then what changes; with it, the state by then. */
export type ClusterListener = (message: ClusterMessage, state: ClusterState) => void;

export interface Watcher {
  /** Returns how to stop. */
  watch(listener: ClusterListener): () => void;
  /** Called after each look from now on, also where nothing has changed. Returns how to stop. */
  observe(observer: (state: ClusterState) => void): () => void;
  /** Told like the others, and no reason to look. */
  overhear(listener: ClusterListener): void;
  /** Something is about to change: whoever watches is not to miss it. */
  expectChange(): void;
}

export const createWatcher = (lab: Pick<Lab, 'containers' | 'follow' | 'portOf'>): Watcher => {
  const listeners = new Set<ClusterListener>();
  const eavesdroppers = new Set<ClusterListener>();
  const observers = new Set<(state: ClusterState) => void>();
  let seen = UNSEEN;
  let told: Told | undefined;
  let traffic = SILENCE;
  const memories = createMemories();
  let state: ClusterState | undefined;
  let been: ReadonlySet<number> = new Set();
  /** Nothing is told before each source was looked at once: half a state would be news of what is not. */
  let ready = false;
  let changedAt = 0;
  let saidAt = 0;
  /** Aborts when the last listener leaves. */
  let life: AbortController | undefined;
  /** Aborts with each change: whoever rests looks at once. */
  let rest = new AbortController();

  const tell: ClusterListener = (...news) => {
    saidAt = performance.now();
    for (const listener of [...eavesdroppers, ...listeners]) listener(...news);
  };
  const expectChange = (): void => {
    changedAt = performance.now();
    rest.abort();
    rest = new AbortController();
  };
  const publish = (): void => {
    if (!ready) return;
    const next = describeCluster(performance.now(), been, seen, told, traffic);
    const last = state;
    state = next;
    been = beenUp(been, next);
    for (const observer of [...observers]) observer(next);
    if (last === undefined) {
      tell(next, next);
      return;
    }
    const change = difference(last, next);
    if (change.changes.length > 0) expectChange();
    else if (performance.now() - saidAt < NEWS) return;
    tell(change, next);
  };

  const lookAtContainers = async (): Promise<() => void> => {
    const containers = await lab.containers();
    return () => {
      seen = { seenAt: performance.now(), containers };
      if (containers.some(({ name, state }) => name !== 'zookeeper' && state !== 'absent')) return;
      // With the brokers, what they have told is gone.
      told = undefined;
      traffic = SILENCE;
    };
  };

  const lookAtKafka = async (): Promise<() => void> => {
    memories.note(seen.containers, told?.metadata);
    const running = BROKERS.filter((broker) =>
      seen.containers.some(({ name, state }) => name === broker && state === 'running'),
    );
    const asked = await Promise.all(
      running.map(async (broker) => {
        const port = lab.portOf(broker);
        const metadata = await readMetadata(port, { timeout: ANSWER }).catch(() => undefined);
        return metadata && { id: brokerId(broker), metadata, at: performance.now() };
      }),
    );
    const answers = memories.sift(asked.filter((answer) => answer !== undefined));
    const answering = new Set(answers.map(({ id }) => id));
    const best = bestOf(answers, told?.metadata.controller);
    return () => {
      if (best !== undefined) told = { at: best.at, answering, metadata: best.metadata };
      else if (told !== undefined) told = { ...told, answering };
    };
  };

  const lookAtTraffic = async (): Promise<() => void> => {
    const from = told;
    if (from === undefined) return () => {};
    const [groups, ends] = await Promise.all([askCoordinators(from), askLeaders(from)]);
    return () => {
      // Meanwhile the cluster may have gone.
      if (told !== undefined) traffic = { groups, ends };
    };
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
    return new Map(ends.flat().map((end) => [keyOf(end), end.offset]));
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
    const fresh = new Map(
      asked.flatMap(({ coordinator, own = [] }) =>
        own.map((group): [string, Coordinated] => [
          group.id,
          { ...group, coordinator, stale: false, missedSince: undefined },
        ]),
      ),
    );
    const heard = asked.flatMap(({ coordinator, own }) => (own === undefined ? [] : coordinator));
    const now = performance.now();
    const kept = traffic.groups
      .filter(({ id }) => !fresh.has(id))
      .map((group) => {
        const missed = heard.includes(group.coordinator);
        return {
          ...group,
          stale: true,
          missedSince: missed ? (group.missedSince ?? now) : undefined,
        };
      })
      // Between two coordinators a group is nobody's for a moment, and the next one loads it first.
      .filter(({ missedSince = now }) => heard.length < answering.size || now - missedSince < GONE);
    return [...kept, ...fresh.values()];
  };

  /** What cannot be seen now is no news: what was seen last grows old. */
  const look = async (at: () => Promise<() => void>, signal: AbortSignal): Promise<void> => {
    const take = await at().catch(() => undefined);
    if (signal.aborted) return;
    take?.();
    publish();
  };
  const again = async (
    at: () => Promise<() => void>,
    quiet: number,
    signal: AbortSignal,
  ): Promise<void> => {
    while (!signal.aborted) {
      const pause = performance.now() - changedAt < LULL ? LIVELY : quiet;
      await setTimeout(pause, undefined, { signal: AbortSignal.any([signal, rest.signal]) }).catch(
        () => {},
      );
      if (!signal.aborted) await look(at, signal);
    }
  };
  const begin = async (signal: AbortSignal): Promise<void> => {
    expectChange();
    for (const source of [lookAtContainers, lookAtKafka, lookAtTraffic]) await look(source, signal);
    if (signal.aborted) return;
    ready = true;
    publish();
    signal.addEventListener('abort', lab.follow(expectChange));
    void again(lookAtContainers, CONTAINERS, signal);
    void again(lookAtKafka, QUIET, signal);
    void again(lookAtTraffic, QUIET_TRAFFIC, signal);
  };
  const end = (): void => {
    life?.abort();
    life = undefined;
    ready = false;
    seen = UNSEEN;
    told = undefined;
    traffic = SILENCE;
    state = undefined;
    been = new Set();
    memories.forget();
  };

  const arrive = (): void => {
    if (life !== undefined) return;
    life = new AbortController();
    void begin(life.signal);
  };
  const leave = (): void => {
    if (listeners.size === 0 && observers.size === 0) end();
  };

  return {
    watch: (listener) => {
      listeners.add(listener);
      if (state !== undefined) listener(state, state);
      arrive();
      return () => {
        if (listeners.delete(listener)) leave();
      };
    },
    observe: (observer) => {
      observers.add(observer);
      arrive();
      return () => {
        if (observers.delete(observer)) leave();
      };
    },
    overhear: (listener) => {
      eavesdroppers.add(listener);
    },
    expectChange,
  };
};

/**
 * The controller tells the others: where they differ, its word is the newest. An old one that was
 * paused, and does not know yet, still calls itself the controller: the most count.
 */
const bestOf = (answers: readonly Answer[], before: number | undefined): Answer | undefined => {
  const votes = (id: number | undefined): number =>
    answers.filter(({ metadata }) => metadata.controller === id).length + (id === before ? 0.5 : 0);
  const controllers = answers.map(({ metadata }) => metadata.controller);
  const [controller] = controllers.toSorted((left, right) => votes(right) - votes(left));
  return (
    answers.find(({ id }) => id === controller) ??
    answers.find(({ metadata }) => metadata.controller === controller)
  );
};
