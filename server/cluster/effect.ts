/** What has become of the cluster while a run went on: its state before, against the one after. */
import { setTimeout } from 'node:timers/promises';
import { brokerId } from '../lab/lab.ts';
import type { ClusterDifference, ClusterState } from '../protocol.ts';
import { difference, notable, onlySeen } from './changes.ts';
import type { Watcher } from './watcher.ts';

/** Milliseconds that a run waits for a look at the cluster before it begins. */
const LOOK = 1_000;
/**
 * Milliseconds without a change after which the cluster has settled, and how long that may take: a
 * crashed broker's session expires after 18 s.
 */
const QUIET = 2_000;
const PATIENCE = 25_000;
/** Changes of one run that are kept. Of more, none: a line that counts only some would be wrong. */
const MOST = 1_000;

/** The cluster before and after. */
export interface Course {
  readonly before: ClusterState;
  /** Once it has settled. */
  readonly after: ClusterState;
  /** Something else was done before anybody had waited for what else would come. */
  readonly cut: boolean;
}

export interface Effect {
  /** Resolves when the cluster has been looked at, or could not be in time. */
  readonly ready: Promise<void>;
  /** What is different, once the cluster has settled; `undefined` where nobody knows. */
  settle(): Promise<readonly ClusterDifference[] | undefined>;
  /** `undefined` where nobody knows how it was, or has seen it settle before something else was done. */
  course(): Promise<Course | undefined>;
  /**
   * Something else is about to be done: what comes from now on is not this one's any more. Of one that
   * has not ended nothing can be told apart.
   */
  cut(): void;
}

/**
 * What is done after `ready` is an effect.
 *
 * @param signal ends the wait for the cluster to settle; then nobody is told any more.
 */
export const observeEffect = (watcher: Watcher, signal: AbortSignal): Effect => {
  const looking = look(watcher);
  const cutting = new AbortController();
  const follow = async () => {
    const before = await looking;
    if (before === undefined || before.seenAt === null || cutting.signal.aborted) return undefined;
    const from = performance.now();
    const after = await settled(watcher, { signal, cut: cutting.signal });
    if (after === undefined || after.seenAt === null) return undefined;
    const told = before.toldAt !== null && after.toldAt !== null && after.toldAt >= from;
    const cut = cutting.signal.aborted;
    return { before, after, cut, whole: told && !(cut && isUnsettled(after)) };
  };
  /** Once, for all who ask. */
  let following: ReturnType<typeof follow> | undefined;
  const followed = () => {
    following ??= follow();
    return following;
  };
  return {
    ready: looking.then(() => {}),
    cut: () => cutting.abort(),
    settle: async () => {
      const seen = await followed();
      if (seen === undefined) return undefined;
      const { before, after, whole } = seen;
      const { changes } = difference(before, after);
      const told = notable(onlySeen(before, after, changes));
      // That there was nothing, only who has seen all of it can say.
      return told.length > MOST || (told.length === 0 && !whole) ? undefined : told;
    },
    course: async () => {
      const seen = await followed();
      return seen?.whole ? seen : undefined;
    },
  };
};

/** Anew: what was seen last may be from before something that has just been done. */
const look = (watcher: Watcher): Promise<ClusterState | undefined> => {
  const { promise, resolve } = Promise.withResolvers<ClusterState | undefined>();
  const from = performance.now();
  watcher.expectChange();
  const leave = watcher.observe((state) => {
    if (state.seenAt === null || state.seenAt < from) return;
    const asked = state.brokers.some(({ container }) => container === 'running');
    if (!asked || (state.toldAt ?? 0) >= from) resolve(state);
  });
  const late = setTimeout(LOOK, undefined, { ref: false });
  return Promise.race([promise, late]).finally(leave);
};

const settled = async (
  watcher: Watcher,
  { signal, cut }: { readonly signal: AbortSignal; readonly cut: AbortSignal },
): Promise<ClusterState | undefined> => {
  const from = performance.now();
  let changedAt = from;
  let now: ClusterState | undefined;
  const leave = watcher.watch((message, state) => {
    if (message.type === 'cluster.change' && notable(message.changes).length > 0)
      changedAt = performance.now();
    now = state;
  });
  try {
    for (;;) {
      await setTimeout(QUIET / 4, undefined, {
        ref: false,
        signal: AbortSignal.any([signal, cut]),
      });
      const time = performance.now();
      if (time - from >= PATIENCE) return now;
      if (time - changedAt >= QUIET && now !== undefined && !isUnsettled(now)) return now;
    }
  } catch {
    return signal.aborted ? undefined : now;
  } finally {
    leave();
  }
};

/**
 * A broker is dead, and Kafka does not know yet; one starts, or has replicas that still catch up: what
 * comes of it is still to come.
 */
const isUnsettled = ({ brokers, partitions }: ClusterState): boolean => {
  const up = new Set(brokers.flatMap(({ name, state }) => (state === 'up' ? brokerId(name) : [])));
  return (
    brokers.some(
      ({ state, registered }) => state === 'starting' || (state === 'down' && registered === true),
    ) ||
    partitions.some(({ replicas, isr }) => replicas.some((id) => up.has(id) && !isr.includes(id)))
  );
};
