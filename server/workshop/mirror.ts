/** The presenter's runs and cluster, for everyone who follows: as they come, and at once for who comes late. */
import type { OutputHeader, ServerMessage } from '../protocol.ts';
import type { ParticipantId } from './protocol.ts';
import { createShown, type Told } from './shown.ts';

/**
 * Bytes a second to a whole room, and at once. Thirty pages have all that a presenter's page sends; a
 * Wi-Fi carries about three times as much.
 */
const RATE = 8 * 1024 * 1024;
const BURST = 2 * RATE;
/** Bytes that pages which are told all anew leave to what is new. */
const RESERVE = RATE;
/** Bytes a second of those, and at once, where what is new takes all that there is. */
const NEWCOMERS = RATE / 4;
/**
 * Bytes a second that all pages of one person are told anew, and at once: a chapter of ten runs is 0.6 MB at
 * most. So nobody who comes again and again takes the place of others who come.
 */
const PERSON_RATE = 256 * 1024;
const PERSON_BURST = 4 * 1024 * 1024;
/** Bytes on the way to a page: one that takes no more is given the newest once it does. */
const BACKLOG = 256 * 1024;
/** Milliseconds from one look at who lacks something to the next. */
const TURN = 50;

/** A page that follows. */
export interface Viewer {
  /** Bytes on the way to it. */
  readonly backlog: number;
  /** A message. */
  tell(message: Buffer): void;
  /** A binary frame. */
  pass(frame: Uint8Array): void;
}

export interface Mirror {
  /**
   * A presenter's page tells what it hears. Two pages of one lab hear the same: whoever begins its axis
   * anew is whom the class sees from then on.
   *
   * @param source that page.
   */
  show(source: object, message: ServerMessage): void;
  output(source: object, header: OutputHeader, bytes: Uint8Array): void;
  /** That page is gone. What it has shown stays. */
  leave(source: object): void;
  /**
   * Said again, it is no news: who has forgotten what they were told says `unwatch` before.
   *
   * @param chapter of runs, only this one's.
   */
  watch(viewer: Viewer, person: ParticipantId, chapter?: string): void;
  unwatch(viewer: Viewer): void;
  /** Somebody who does not come back. */
  forget(person: ParticipantId): void;
}

interface Following {
  readonly viewer: Viewer;
  readonly chapter: string | undefined;
  /** Of its person: it is told what there was before it came, until it knows that. */
  anew: Budget | undefined;
  /** How much of the news it has been told, or is in `rest`. */
  known: number;
  /** What it could not take yet, the next one last. */
  readonly rest: Frame[];
}

interface Frame {
  readonly data: Buffer;
  readonly binary: boolean;
}

export const createMirror = (): Mirror => {
  const shown = createShown();
  const following = new Map<Viewer, Following>();
  let source: object | undefined;
  const budget = createBudget(RATE, BURST);
  const newcomers = createBudget(NEWCOMERS, NEWCOMERS);
  const persons = new Map<ParticipantId, Budget>();
  /** Some lack something new that there was no budget for: they come before what is newer. */
  let short = false;
  let timer: NodeJS.Timeout | undefined;

  const isReady = ({ viewer }: Following): boolean => viewer.backlog <= BACKLOG;
  const isBehind = ({ known, rest }: Following): boolean => rest.length > 0 || known < shown.news;
  const hasForNews = (): boolean => budget.left() > 0;
  const hasForNewcomers = (): boolean => budget.left() > RESERVE || newcomers.left() > 0;
  const send = ({ viewer, anew }: Following, { data, binary }: Frame): void => {
    if (binary) viewer.pass(data);
    else viewer.tell(data);
    budget.spend(data.length);
    anew?.spend(data.length);
    if (anew !== undefined && newcomers.left() > 0) newcomers.spend(data.length);
  };
  /** Serialised once. Who cannot have it now is given all that it lacks, later. */
  const tell = (told: Told, step?: string): void => {
    const before = shown.news - 1;
    const frame = frameOf(told);
    if (!short && hasForNews())
      for (const each of following.values()) {
        if (each.known !== before || each.rest.length > 0 || !isReady(each)) continue;
        each.known = shown.news;
        const isOther = step !== undefined && !isIn(step, each.chapter);
        if (!isOther) send(each, frame);
      }
    lookSoon();
  };
  const catchUp = (): void => {
    timer = undefined;
    short = false;
    /** By what is known, and the chapter. */
    const made = new Map<string, readonly Frame[]>();
    const lackedBy = ({ known, chapter }: Following): readonly Frame[] => {
      const key = `${known} ${chapter ?? ''}`;
      const frames = made.get(key) ?? shown.since(known, chapter).map(frameOf).reverse();
      made.set(key, frames);
      return frames;
    };
    const bring = (each: Following, has: () => boolean): void => {
      if (!has()) return;
      if (each.rest.length === 0) {
        // Made when it can be sent: how long a run has gone on is true then.
        if (!isReady(each)) return;
        each.rest.push(...lackedBy(each));
        each.known = shown.news;
      }
      while (each.rest.length > 0 && isReady(each) && has()) {
        const next = each.rest.pop();
        if (next !== undefined) send(each, next);
      }
      if (each.rest.length === 0) each.anew = undefined;
      // The next time, after the others.
      following.delete(each.viewer);
      following.set(each.viewer, each);
    };
    const behind = [...following.values()].filter(isBehind);
    for (const each of behind) {
      if (each.anew !== undefined) continue;
      short = !hasForNews();
      if (short) break;
      bring(each, hasForNews);
    }
    for (const [each, own] of leastFirst(behind)) {
      if (!hasForNewcomers()) break;
      bring(each, () => hasForNewcomers() && own.left() > 0);
    }
    lookSoon();
  };
  const lookSoon = (): void => {
    if (timer === undefined && [...following.values()].some(isBehind))
      timer = setTimeout(catchUp, TURN);
  };
  const isSource = (from: object): boolean => {
    source ??= from;
    return source === from;
  };

  return {
    show: (from, message) => {
      if (message.type === 'cluster.history') source = from;
      if (!isSource(from) || !shown.take(message)) return;
      tell({ kind: 'message', message }, stepOf(message) ?? shown.stepOf(runOf(message)));
    },
    output: (from, { run, offset }, bytes) => {
      const news = isSource(from) ? shown.takeOutput(run, offset, bytes) : undefined;
      if (news !== undefined) tell({ kind: 'output', run, ...news }, shown.stepOf(run));
    },
    leave: (from) => {
      if (source === from) source = undefined;
    },
    watch: (viewer, person, chapter) => {
      const before = following.get(viewer);
      if (before !== undefined && before.chapter === chapter) return;
      const own = persons.get(person) ?? createBudget(PERSON_RATE, PERSON_BURST);
      persons.set(person, own);
      const anew = shown.news > 0 ? own : undefined;
      following.set(viewer, { viewer, chapter, anew, known: 0, rest: [] });
      lookSoon();
    },
    unwatch: (viewer) => {
      following.delete(viewer);
    },
    forget: (person) => {
      persons.delete(person);
    },
  };
};

const stepOf = (message: ServerMessage): string | undefined =>
  message.type === 'run.status' ? message.step : undefined;

const runOf = (message: ServerMessage): string => ('run' in message && message.run) || '';

const isIn = (step: string, chapter: string | undefined): boolean =>
  chapter === undefined || step.startsWith(`${chapter}/`);

const frameOf = (told: Told): Frame => {
  if (told.kind === 'message') {
    const text = JSON.stringify({ type: 'room.shown', message: told.message });
    return { data: Buffer.from(text), binary: false };
  }
  const { run, offset, bytes } = told;
  const header: OutputHeader = { type: 'run.output', run, offset };
  return { data: Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), bytes]), binary: true };
};

interface Budget {
  /** Bytes; less than none where there was more to send than there is. */
  left(): number;
  spend(bytes: number): void;
}

const createBudget = (rate: number, burst: number): Budget => {
  let left = burst;
  let filledAt = performance.now();
  return {
    left: () => {
      const now = performance.now();
      left = Math.min(burst, left + ((now - filledAt) * rate) / 1_000);
      filledAt = now;
      return left;
    },
    spend: (bytes) => {
      left -= bytes;
    },
  };
};

/** Those that are told all anew: whose pages were told least, first. */
const leastFirst = (all: readonly Following[]): (readonly [Following, Budget])[] =>
  all
    .flatMap((each) =>
      each.anew === undefined ? [] : [{ each, own: each.anew, left: each.anew.left() }],
    )
    .toSorted((one, other) => other.left - one.left)
    .map(({ each, own }) => [each, own]);
