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

export interface Effect {
  /** Resolves when the cluster has been looked at, or could not be in time. */
  readonly ready: Promise<void>;
  /** What is different, once the cluster has settled; nothing where nobody knows how it was. */
  settle(): Promise<readonly ClusterDifference[]>;
}

/**
 * What is done after `ready` is an effect; so is what has been done since the last look, which was
 * less than a second ago.
 *
 * @param signal ends the look, and the wait for the cluster to settle.
 */
export const observeEffect = (watcher: Watcher, signal: AbortSignal): Effect => {
  const looking = look(watcher);
  return {
    ready: looking.then(() => {}),
    settle: async () => {
      const before = await looking;
      if (before === undefined || before.seenAt === null) return [];
      const after = await settled(watcher, signal);
      if (after === undefined || after.seenAt === null) return [];
      const { changes } = difference(before, after);
      const told = notable(onlySeen(before, after, changes));
      return told.length > MOST ? [] : told;
    },
  };
};

const look = (watcher: Watcher): Promise<ClusterState | undefined> => {
  const { promise, resolve } = Promise.withResolvers<ClusterState | undefined>();
  const leave = watcher.watch((_, state) => resolve(state));
  const late = setTimeout(LOOK, undefined, { ref: false });
  return Promise.race([promise, late]).finally(leave);
};

const settled = async (
  watcher: Watcher,
  signal: AbortSignal,
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
      await setTimeout(QUIET / 4, undefined, { ref: false, signal });
      const time = performance.now();
      if (time - from >= PATIENCE) return now;
      if (time - changedAt >= QUIET && now !== undefined && !isUnsettled(now)) return now;
    }
  } catch {
    // The sidecar stops: nobody is told any more.
    return undefined;
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
