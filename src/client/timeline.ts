/** What happened to the cluster, and what was run, on one axis. */
import type { Broker } from '../../server/lab/lab.ts';
import type { ClusterState, Happening, RunStatus } from '../../server/protocol.ts';
import { timeline as strings } from '../strings/cluster.ts';
import { wordsFor } from './cluster-words.ts';
import { createFates, type Fate } from './timeline-fates.ts';

export interface TimelineEntry {
  /** Milliseconds by the sidecar's clock, which does not jump: the distances are true. */
  readonly at: number;
  /** Milliseconds since 1970. */
  readonly date: number;
  readonly kind: Happening['kind'];
  /** Of a run. */
  readonly status?: RunStatus['status'];
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
  /** Milliseconds since it was seen to end; while ZooKeeper was down, no session could expire. */
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

/** Characters of a command that is told along with its step's title: what is longer, the lesson has. */
const SHORT = 40;
/** Entries that are kept. */
const MOST = 200;
/** Milliseconds after its end at which a broker that leaves the cluster has not left by itself. */
const DEAD = 3_000;

/** Milliseconds within which one that was stopped in order is counted on no more. */
const NOTICED = 1_000;

/** While nobody tells anything, nobody can say why a broker is no longer counted on. */
const isTold = ({ at, toldAt }: Pick<ClusterState, 'at' | 'toldAt'>): boolean =>
  toldAt !== null && at - toldAt <= DEAD;

/**
 * @param happenings what there is of it so far, the oldest first.
 * @param isOfPage whether the reader's page is about this topic.
 */
export const createTimeline = (
  happenings: readonly Happening[] = [],
  isOfPage: (topic: string) => boolean = () => false,
): Timeline => {
  let entries: readonly TimelineEntry[] = [];
  const fates = createFates();
  /** When the runs began that go on and do something, by their titles. */
  const acting = new Map<string, number>();

  /** When ZooKeeper came back last. */
  let keptSince = Number.NEGATIVE_INFINITY;

  const entriesOf = (happening: Extract<Happening, { kind: 'changes' }>): TimelineEntry[] => {
    const { at, date, kind, seen, changes } = happening;
    const entry = (text: string, fate?: Fate): TimelineEntry => {
      const [begun] = acting.size === 1 ? acting.values() : [];
      const after =
        fate !== undefined
          ? { what: strings.fates[fate.what](fate.broker), milliseconds: at - fate.at }
          : seen && begun !== undefined
            ? { what: strings.run, milliseconds: at - begun }
            : undefined;
      return { at, date, kind, text, missed: !seen, after };
    };
    if (!seen || !isTold(happening)) fates.forget();
    if (!seen) return wordsFor(changes, { isOfPage }).map((text) => entry(strings.missed(text)));
    const causes = fates.explain(at, changes);
    if (changes.some((change) => change.kind === 'zookeeper' && change.to === 'running'))
      keptSince = at;
    const expired = ({ name }: { readonly name: Broker }): boolean => {
      const end = fates.endOf(name);
      return end !== undefined && at - end >= DEAD;
    };
    const explained = changes.map((change, index) => ({ change, fate: causes[index] }));
    // What follows from the same is told together.
    const groups = Map.groupBy(
      explained,
      ({ fate }) => fate && `${fate.broker} ${fate.what} ${fate.at}`,
    );
    return [...groups.values()].flatMap((own) => {
      const words = wordsFor(
        own.map(({ change }) => change),
        { expired, isOfPage },
      );
      return words.map((text) => entry(text, own[0]?.fate));
    });
  };
  const entryOf = (happening: Extract<Happening, { kind: 'run' }>): TimelineEntry => {
    const { at, date, kind, title, command, status, acts, duration } = happening;
    if (status !== 'running') acting.delete(title);
    else if (acts) acting.set(title, at);
    const text =
      status === 'running'
        ? strings.started(title, command.length <= SHORT ? command : '')
        : strings.ended(title, strings.results[status], duration);
    return { at, date, kind, status, text, missed: false, after: undefined };
  };
  const gapOf = ({ at, date, kind }: Extract<Happening, { kind: 'gap' }>): TimelineEntry => {
    fates.forget();
    return { at, date, kind, text: strings.gap, missed: true, after: undefined };
  };
  const toEntries = (happening: Happening): TimelineEntry[] => {
    switch (happening.kind) {
      case 'changes':
        return entriesOf(happening);
      case 'run':
        return [entryOf(happening)];
      case 'gap':
        return [gapOf(happening)];
    }
  };
  const add = (happening: Happening): readonly TimelineEntry[] => {
    const added = toEntries(happening);
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
        // Also one that is starting anew: Kafka counts on the one before it.
        const isGone = now === 'down' || now === 'starting';
        const waits = isGone && registered && state.zookeeper === 'running';
        // Only who was asked after its end can say that it still counts on it.
        const known = end !== undefined && isTold(state) && (state.toldAt ?? 0) - end >= NOTICED;
        if (!waits || !known) return [];
        return [{ broker: name, milliseconds: state.at - Math.max(end, keptSince) }];
      }),
  };
};
