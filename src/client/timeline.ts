/** What happened to the cluster, and what was run, on one axis. */
import type { Broker } from '../../server/lab/lab.ts';
import type { ClusterState, Happening } from '../../server/protocol.ts';
import { timeline as strings } from '../strings/cluster.ts';
import { wordsFor } from './cluster-words.ts';
import { createFates, type Fate } from './timeline-fates.ts';

export interface TimelineEntry {
  /** Milliseconds by the sidecar's clock, which does not jump: the distances are true. */
  readonly at: number;
  /** Milliseconds since 1970. */
  readonly date: number;
  readonly kind: Happening['kind'];
  readonly text: string;
  /** It was found so, and happened some time before. */
  readonly missed: boolean;
  /**
   * What it follows from, or else the run in whose time it was, and how many milliseconds after that;
   * `undefined` where nobody can say.
   */
  readonly after: { readonly what: string; readonly milliseconds: number } | undefined;
}

/** A broker that is gone, and of which Kafka does not know yet. */
export interface Waiting {
  readonly broker: string;
  /** Milliseconds since it was seen to end. */
  readonly milliseconds: number;
}

export interface Timeline {
  /** The oldest first. */
  readonly entries: readonly TimelineEntry[];
  /** Returns what it has put on the axis. */
  add(happening: Happening): readonly TimelineEntry[];
  /** What is waited for by then: a ZooKeeper session that has to expire. */
  waiting(state: ClusterState): readonly Waiting[];
}

/** Entries that are kept. */
const MOST = 200;
/** Milliseconds after its end at which a broker that leaves the cluster has not left by itself. */
const DEAD = 3_000;

/** Milliseconds within which one that was stopped in order is counted on no more. */
const NOTICED = 1_000;

/** While nobody tells anything, nobody can say why a broker is no longer counted on. */
const isTold = ({ at, toldAt }: Pick<ClusterState, 'at' | 'toldAt'>): boolean =>
  toldAt !== null && at - toldAt <= DEAD;

/** @param happenings what there is of it so far, the oldest first. */
export const createTimeline = (happenings: readonly Happening[] = []): Timeline => {
  let entries: readonly TimelineEntry[] = [];
  const fates = createFates();
  /** When the runs began that go on, by their titles; of those that end by themselves. */
  const acting = new Map<string, number>();

  const entriesOf = (happening: Extract<Happening, { kind: 'changes' }>): TimelineEntry[] => {
    const { at, date, kind, seen, changes } = happening;
    const entry = (text: string, fate?: Fate): TimelineEntry => {
      const [begun] = acting.size === 1 ? acting.values() : [];
      const after =
        fate !== undefined
          ? { what: fate.broker, milliseconds: at - fate.at }
          : seen && begun !== undefined
            ? { what: strings.run, milliseconds: at - begun }
            : undefined;
      return { at, date, kind, text, missed: !seen, after };
    };
    if (!seen || !isTold(happening)) fates.forget();
    if (!seen) return wordsFor(changes).map((text) => entry(strings.missed(text)));
    const causes = fates.explain(at, changes);
    const expired = ({ name }: { readonly name: Broker }): boolean => {
      const end = fates.endOf(name);
      return end !== undefined && at - end >= DEAD;
    };
    const explained = changes.map((change, index) => ({ change, fate: causes[index] }));
    // What follows from the same is told together.
    const groups = Map.groupBy(explained, ({ fate }) => fate && `${fate.broker} ${fate.at}`);
    return [...groups.values()].flatMap((own) => {
      const words = wordsFor(
        own.map(({ change }) => change),
        expired,
      );
      return words.map((text) => entry(text, own[0]?.fate));
    });
  };
  const entryOf = (happening: Extract<Happening, { kind: 'run' }>): TimelineEntry => {
    const { at, date, kind, title, status, lasting, duration } = happening;
    if (status !== 'running') acting.delete(title);
    else if (!lasting) acting.set(title, at);
    const text =
      status === 'running'
        ? strings.started(title)
        : strings.ended(title, strings.results[status], duration);
    return { at, date, kind, text, missed: false, after: undefined };
  };
  const add = (happening: Happening): readonly TimelineEntry[] => {
    const added = happening.kind === 'changes' ? entriesOf(happening) : [entryOf(happening)];
    entries = [...entries, ...added].slice(-MOST);
    return added;
  };
  for (const happening of happenings) add(happening);

  return {
    get entries() {
      return entries;
    },
    add,
    waiting: (state) =>
      state.brokers.flatMap(({ name, state: now, registered }) => {
        const end = fates.endOf(name);
        const waits = now === 'down' && registered && state.zookeeper === 'running';
        // Only who was asked after its end can say that it still counts on it.
        const known = end !== undefined && isTold(state) && (state.toldAt ?? 0) - end >= NOTICED;
        return waits && known ? [{ broker: name, milliseconds: state.at - end }] : [];
      }),
  };
};
