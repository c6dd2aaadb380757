/** What happened to the cluster, and what was run, on one axis. */
import type { ClusterDifference, ClusterState, RunStatus } from '../../server/protocol.ts';
import { timeline as strings } from '../strings/cluster.ts';
import { wordsFor } from './cluster-words.ts';

export interface TimelineEntry {
  /** Milliseconds since 1970, by the sidecar's clock. */
  readonly at: number;
  readonly kind: 'run' | 'change';
  readonly text: string;
  /** Milliseconds since what may have set it off; `undefined` where nothing has for a while. */
  readonly after: number | undefined;
}

export interface Timeline {
  /** The oldest first. */
  readonly entries: readonly TimelineEntry[];
  change(state: ClusterState, changes: readonly ClusterDifference[]): void;
  /** The same, of which nobody here saw when they happened: the page was away. */
  missed(state: ClusterState, changes: readonly ClusterDifference[]): void;
  /** @param title of the run's step. */
  run(status: RunStatus, title: string): void;
}

/** Entries that are kept. */
const MOST = 200;
/** Milliseconds that a consequence may take: a session expires after 18 s. */
const REACH = 60_000;
/** Milliseconds after its end at which a broker that leaves the cluster has not left by itself. */
const DEAD = 3_000;

export const createTimeline = (): Timeline => {
  let entries: TimelineEntry[] = [];
  let cause: number | undefined;
  /** When each broker that does not run was seen to end. */
  const ended = new Map<string, number>();
  /** Runs whose start is on the axis. */
  const running = new Set<string>();

  const add = (at: number, kind: TimelineEntry['kind'], text: string): void => {
    const after = cause !== undefined && at - cause <= REACH ? Math.max(0, at - cause) : undefined;
    // The end of a run may be told later than what came after it.
    const later = kind === 'run' ? entries.findIndex((each) => each.at > at) : -1;
    const index = later < 0 ? entries.length : later;
    entries = entries.toSpliced(index, 0, { at, kind, text, after }).slice(-MOST);
  };

  return {
    get entries() {
      return entries;
    },
    change: (state, changes) => {
      const { at, toldAt } = state;
      // While nobody tells anything, nobody can say why a broker is no longer counted on.
      if (toldAt === null || at - toldAt > DEAD) ended.clear();
      for (const change of changes) {
        if (change.kind !== 'broker' || change.from.container === change.to.container) continue;
        if (change.to.container === 'running') ended.delete(change.to.name);
        else ended.set(change.to.name, at);
      }
      const expired = ({ name }: { readonly name: string }): boolean =>
        at - (ended.get(name) ?? at) >= DEAD;
      for (const text of wordsFor(changes, expired)) add(at, 'change', text);
      // From a broker's end on, what follows is counted from there.
      if (
        changes.some((each) => each.kind === 'broker' && each.from.container !== each.to.container)
      )
        cause = at;
    },
    missed: ({ at }, changes) => {
      cause = undefined;
      ended.clear();
      for (const text of wordsFor(changes)) add(at, 'change', strings.missed(text));
    },
    run: (status, title) => {
      const { run, startedAt, duration } = status;
      if (status.status === 'running') {
        if (running.has(run)) return;
        running.add(run);
        cause = undefined;
        add(startedAt, 'run', strings.started(title));
        cause = startedAt;
      } else if (!status.background && running.delete(run)) {
        add(startedAt + duration, 'run', strings.ended(title, strings.results[status.status]));
      }
    },
  };
};
