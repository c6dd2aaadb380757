/** What happened to the cluster, and what was run, on one axis. */
import type { ClusterDifference, ClusterState, RunStatus } from '../../server/protocol.ts';
import { timeline as strings } from '../strings/cluster.ts';
import { wordsFor } from './cluster-words.ts';
import { createFates, type Fate } from './timeline-fates.ts';

export interface TimelineEntry {
  /** Milliseconds since 1970, by the sidecar's clock. */
  readonly at: number;
  readonly kind: 'run' | 'change';
  readonly text: string;
  /** What it follows from, and how many milliseconds after that; `undefined` where nobody can say. */
  readonly after: { readonly broker: string; readonly milliseconds: number } | undefined;
}

/** A broker that is gone, and of which Kafka does not know yet. */
export interface Waiting {
  readonly broker: string;
  /** Milliseconds since it was seen to end. */
  readonly milliseconds: number;
}

/** What the next page of this tab goes on from. */
export interface TimelineMemory {
  readonly entries: readonly TimelineEntry[];
  /** The ids of runs whose start is on the axis, and whose end is not. */
  readonly running: readonly string[];
  readonly fates: readonly Fate[];
}

export interface Timeline {
  readonly memory: TimelineMemory;
  /** The oldest first. */
  readonly entries: readonly TimelineEntry[];
  /** What is waited for, by the last state: a ZooKeeper session that has to expire. */
  readonly waiting: readonly Waiting[];
  change(state: ClusterState, changes: readonly ClusterDifference[]): void;
  /** The same, of which nobody here saw when they happened: the page was away. */
  missed(state: ClusterState, changes: readonly ClusterDifference[]): void;
  /** @param title of the run's step. */
  run(status: RunStatus, title: string): void;
}

/** Entries that are kept. */
const MOST = 200;
/** Milliseconds after its end at which a broker that leaves the cluster has not left by itself. */
const DEAD = 3_000;

const NOTHING: TimelineMemory = { entries: [], running: [], fates: [] };

export const createTimeline = (memory = NOTHING): Timeline => {
  let entries: readonly TimelineEntry[] = memory.entries;
  let waiting: readonly Waiting[] = [];
  const fates = createFates(memory.fates);
  const running = new Set(memory.running);

  const add = (at: number, kind: TimelineEntry['kind'], text: string, fate?: Fate): void => {
    const after = fate && { broker: fate.broker, milliseconds: Math.max(0, at - fate.at) };
    // The end of a run may be told later than what came after it.
    const later = kind === 'run' ? entries.findIndex((each) => each.at > at) : -1;
    const index = later < 0 ? entries.length : later;
    entries = entries.toSpliced(index, 0, { at, kind, text, after }).slice(-MOST);
  };

  return {
    get memory() {
      return { entries, running: [...running], fates: fates.known };
    },
    get entries() {
      return entries;
    },
    get waiting() {
      return waiting;
    },
    change: (state, changes) => {
      const { at, toldAt, zookeeper, brokers } = state;
      const fresh = toldAt !== null && at - toldAt <= DEAD;
      // While nobody tells anything, nobody can say why a broker is no longer counted on.
      if (!fresh) fates.forget();
      fates.note(at, changes);
      const expired = ({ name }: { readonly name: string }): boolean => {
        const end = fates.endOf(name);
        return end !== undefined && at - end >= DEAD;
      };
      // What follows from the same is told together, and what follows from nothing first.
      const groups = Map.groupBy(changes, (change) => fates.behind(change));
      for (const [fate, own] of groups) {
        for (const text of wordsFor(own, expired)) add(at, 'change', text, fate);
      }
      waiting = brokers.flatMap(({ name, state: now, registered }) => {
        const end = fates.endOf(name);
        const waits = now === 'down' && registered && zookeeper === 'running' && fresh;
        return waits && end !== undefined ? [{ broker: name, milliseconds: at - end }] : [];
      });
    },
    missed: ({ at }, changes) => {
      fates.forget();
      waiting = [];
      for (const text of wordsFor(changes)) add(at, 'change', strings.missed(text));
    },
    run: (status, title) => {
      const { run, startedAt, duration } = status;
      if (status.status === 'running') {
        if (running.has(run)) return;
        running.add(run);
        add(startedAt, 'run', strings.started(title));
      } else if (!status.background && running.delete(run)) {
        const result = strings.results[status.status];
        add(startedAt + duration, 'run', strings.ended(title, result, duration));
      }
    },
  };
};
