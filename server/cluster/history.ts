/** The last things that happened, kept for every page that comes: one axis for all of them. */
import { onlyReads } from '../lessons/action.ts';
import type { Step } from '../lessons/read.ts';
import type { ClusterState, Happening } from '../protocol.ts';
import type { Run } from '../runs/run.ts';
import { difference, notable, onlySeen } from './changes.ts';
import type { Watcher } from './watcher.ts';

/** Happenings that are kept, and changes in all of them: 200 partitions may change at once. */
const MOST = 200;
const MOST_CHANGES = 2_000;

export interface History {
  /** The oldest first. */
  readonly happenings: readonly Happening[];
  /** Nothing has happened. */
  forget(): void;
  /** Called with each new one. Returns how to stop listening. */
  subscribe(listener: (happening: Happening) => void): () => void;
}

type Noted = Pick<Run, 'status' | 'ended'>;

/** Knows what was seen while somebody watched, and of the rest what it has come to since. */
export const createHistory = (
  watcher: Pick<Watcher, 'overhear'>,
  runs: { subscribe(listener: (run: Noted, step: Step) => void): unknown },
): History => {
  const listeners = new Set<(happening: Happening) => void>();
  let happenings: readonly Happening[] = [];
  let last: ClusterState | undefined;

  const add = (happening: Happening): void => {
    happenings = newest([...happenings, happening]);
    for (const listener of listeners) listener(happening);
  };

  watcher.overhear((message, state) => {
    // Containers that nobody could see are not gone.
    if (state.seenAt === null) return;
    const before = last;
    last = state;
    if (before === undefined) return;
    // A whole state is the first after a time in which nobody watched.
    const seen = message.type === 'cluster.change';
    const all = seen ? message.changes : difference(before, state).changes;
    const changes = [...notable(onlySeen(before, state, all))];
    if (changes.length === 0) return;
    const { at, toldAt } = state;
    add({ kind: 'changes', at, date: Date.now(), seen, toldAt, changes });
  });

  const note = ({ status: { status, duration } }: Noted, { props, commands: all }: Step): void => {
    const { title, background, input } = props;
    const commands = all.filter(({ action }) => action.kind !== 'cd');
    const [first, ...others] = commands.map(({ text }) => text);
    const command = others.length === 0 ? (first ?? '') : `${first} 외 ${others.length}개`;
    const acts =
      !background && input === undefined && commands.some(({ action }) => !onlyReads(action));
    const now = { at: performance.now(), date: Date.now() };
    add({ kind: 'run', ...now, title, command, acts, status, duration });
  };
  runs.subscribe((run, step) => {
    note(run, step);
    void run.ended.then(() => note(run, step));
  });

  return {
    get happenings() {
      return happenings;
    },
    forget: () => {
      happenings = [];
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

const newest = (happenings: readonly Happening[]): readonly Happening[] => {
  let changes = 0;
  const from = happenings.findLastIndex((each) => {
    changes += each.kind === 'changes' ? each.changes.length : 0;
    return changes > MOST_CHANGES;
  });
  // The newest in any case.
  return happenings.slice(
    Math.min(Math.max(from + 1, happenings.length - MOST), happenings.length - 1),
  );
};
