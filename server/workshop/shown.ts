/**
 * What a presenter's lab has told, as far as somebody needs it who comes late. Kept by the hub, and by
 * each page that follows.
 */
import { apply } from '../cluster/changes.ts';
import { statusNow } from '../elapsed.ts';
import type {
  ClusterState,
  Happening,
  LabResetting,
  RunEffect,
  RunId,
  RunStatus,
  ServerMessage,
} from '../protocol.ts';

/** Runs that are kept: the newest of each step, of so many steps. */
const RUNS = 40;
/** Bytes of a run's output, the last ones, that are kept; a few more, as they came in pieces. */
const OUTPUT = 64 * 1024;
/** Bytes up to which pieces that come one after the other are made one. */
const PIECE = 4 * 1024;
const HAPPENINGS = 200;

export interface Output {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export type Told =
  | { readonly kind: 'message'; readonly message: ServerMessage }
  | ({ readonly kind: 'output'; readonly run: RunId } & Output);

export interface Shown {
  /** How many times there was news. */
  readonly news: number;
  /** Whether it is news. */
  take(message: ServerMessage): boolean;
  /** What of it is news. A gap is a jump of the offset. */
  takeOutput(run: RunId, offset: number, bytes: Uint8Array): Output | undefined;
  /** What of this run's output is kept, from `offset` on. */
  outputOf(run: RunId, offset: number): readonly Output[];
  /** The step whose newest run this is. */
  stepOf(run: RunId): string | undefined;
  /**
   * What somebody lacks who knows so much of the news, in an order that a page understands.
   *
   * @param chapter of runs, only this one's.
   */
  since(news: number, chapter?: string): readonly Told[];
}

/** Something, and which of the news it was last. */
interface News<T> {
  readonly value: T;
  readonly at: number;
}

type Piece = Output & { readonly at: number };

interface Run {
  status: News<RunStatus>;
  /** When that was told, by `performance.now()`. */
  toldAt: number;
  effect: News<ServerMessage> | undefined;
  /** The oldest first. */
  pieces: readonly Piece[];
  /** Where its output goes on. */
  end: number;
}

export const createShown = (): Shown => {
  /** By their steps. */
  const runs = new Map<string, Run>();
  let cluster: News<ClusterState> | undefined;
  let happenings: News<readonly Happening[]> | undefined;
  let reset: News<LabResetting> | undefined;
  let news = 0;

  const runOf = (id: RunId): Run | undefined =>
    [...runs.values()].find(({ status }) => status.value.run === id);
  /** This is news, if it is another than before. */
  const other = <T>(before: News<T> | undefined, value: T): News<T> | undefined =>
    same(before?.value, value) ? undefined : { value, at: news + 1 };

  const takeStatus = (value: RunStatus): boolean => {
    const before = runs.get(value.step);
    const goesOn = before?.status.value.run === value.run;
    if (before !== undefined && !goesOn && before.status.value.startedAt > value.startedAt)
      return false;
    const status = other(before?.status, value);
    if (status === undefined) return false;
    const toldAt = performance.now();
    if (goesOn) Object.assign(before, { status, toldAt });
    else runs.set(value.step, { status, toldAt, effect: undefined, pieces: [], end: 0 });
    if (runs.size <= RUNS) return true;
    const oldest = inOrder().at(0)?.status.value.step ?? value.step;
    runs.delete(oldest);
    return oldest !== value.step;
  };
  const inOrder = (): Run[] =>
    [...runs.values()].toSorted(
      (left, right) => left.status.value.startedAt - right.status.value.startedAt,
    );
  const takeEffect = (message: RunEffect): boolean => {
    const run = runOf(message.run);
    const effect = other(run?.effect, message);
    if (run === undefined || effect === undefined) return false;
    run.effect = effect;
    return true;
  };
  const takeCluster = (value: ClusterState): true => {
    cluster = { value, at: news + 1 };
    return true;
  };
  const takeHappenings = (all: readonly Happening[]): true => {
    happenings = { value: all.slice(-HAPPENINGS), at: news + 1 };
    return true;
  };
  /**
   * The lab has started over: its runs are no more. One that was before the last is no news: who hears
   * only of the newest must forget as much as who has heard of both.
   */
  const takeReset = (value: LabResetting): boolean => {
    if (value.state !== 'done' || value.at <= (reset?.value.at ?? -1)) return false;
    reset = { value, at: news + 1 };
    for (const [step, { status }] of runs) if (status.value.startedAt < value.at) runs.delete(step);
    return true;
  };
  const isNews = (message: ServerMessage): boolean => {
    switch (message.type) {
      case 'run.status':
        return takeStatus(message);
      case 'run.effect':
        return takeEffect(message);
      case 'cluster.state':
        return takeCluster(message);
      case 'cluster.change':
        return cluster !== undefined && takeCluster(apply(cluster.value, message));
      case 'cluster.history':
        return !same(happenings?.value, message.happenings) && takeHappenings(message.happenings);
      case 'cluster.happened':
        return takeHappenings([...(happenings?.value ?? []), message.happening]);
      case 'lab.resetting':
        return takeReset(message);
      default:
        // Of what one page asked for, and was not given, nobody else has anything.
        return false;
    }
  };

  return {
    get news() {
      return news;
    },
    take: (message) => {
      const is = isNews(message);
      if (is) news += 1;
      return is;
    },
    takeOutput: (id, offset, bytes) => {
      const run = runOf(id);
      if (run === undefined) return undefined;
      const from = Math.max(offset, run.end, offset + bytes.length - OUTPUT);
      const fresh = bytes.subarray(Math.min(bytes.length, from - offset));
      if (fresh.length === 0) return undefined;
      news += 1;
      run.pieces = withPiece(run.pieces, { offset: from, bytes: fresh, at: news });
      run.end = from + fresh.length;
      return { offset: from, bytes: fresh };
    },
    outputOf: (id, offset) =>
      (runOf(id)?.pieces ?? []).filter((piece) => piece.offset + piece.bytes.length > offset),
    stepOf: (id) => runOf(id)?.status.value.step,
    since: (known, chapter) => {
      const isNew = (each: News<unknown> | undefined): boolean => (each?.at ?? 0) > known;
      const told: Told[] = [];
      const tell = (message: ServerMessage): unknown => told.push({ kind: 'message', message });
      if (reset !== undefined && isNew(reset)) tell(reset.value);
      for (const { status, toldAt, effect, pieces } of inOrder()) {
        const { run, step } = status.value;
        if (chapter !== undefined && !step.startsWith(`${chapter}/`)) continue;
        if (isNew(status)) tell(statusNow(status.value, toldAt));
        for (const { offset, bytes, at } of pieces)
          if (at > known) told.push({ kind: 'output', run, offset, bytes });
        if (effect !== undefined && isNew(effect)) tell(effect.value);
      }
      if (happenings !== undefined && isNew(happenings))
        tell({ type: 'cluster.history', happenings: [...happenings.value] });
      if (cluster !== undefined && isNew(cluster)) tell(cluster.value);
      return told;
    },
  };
};

const same = (left: unknown, right: unknown): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

/** In copies: what came over a network lies in a larger piece of memory. */
const withPiece = (pieces: readonly Piece[], next: Piece): readonly Piece[] => {
  const last = pieces.at(-1);
  const joins =
    last !== undefined &&
    last.offset + last.bytes.length === next.offset &&
    last.bytes.length + next.bytes.length <= PIECE;
  const all = joins
    ? [
        ...pieces.slice(0, -1),
        { ...next, offset: last.offset, bytes: join(last.bytes, next.bytes) },
      ]
    : [...pieces, { ...next, bytes: Uint8Array.from(next.bytes) }];
  let size = all.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const from = all.findIndex(({ bytes }) => {
    size -= bytes.length;
    return size < OUTPUT;
  });
  return all.slice(from);
};

const join = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
};
