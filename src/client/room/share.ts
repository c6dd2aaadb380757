/**
 * A look at one run that its reader agreed to: its output, the last of what there is and what follows,
 * as it comes from the lab to the hub, until they take it back or run the step anew; one that has failed
 * is what there is to look at. Nothing before they agreed, nothing of another run, nothing afterwards.
 */
import type { OutputHeader, RunId, RunStatus } from '../../../server/protocol.ts';
import type { ParticipantMessage } from '../../../server/workshop/protocol.ts';
import type { Subscriber } from '../connection.ts';
import { isFinal } from '../step-state.ts';
import type { Unbegun } from './membership.ts';
import { reasonOfRefusal } from './reasons.ts';
import type { Slot } from './slot.ts';

type ShareMessage = Extract<ParticipantMessage, { type: 'room.share' | 'room.decline' }>;

export interface ShareEvents {
  send(message: ShareMessage): boolean;
  sendOutput(header: OutputHeader, bytes: Uint8Array): boolean;
  /** Somebody asks, somebody looks, or nobody does any more. */
  handleChange(): void;
  /** Has the lab tell a run's output again, from there on; below 0, from before its end by now. */
  reread(run: RunId, offset: number): void;
  /** Whether the step has its terminal on this page, which says itself what it has read, once. */
  isHere(step: string): boolean;
  /** Bytes of a run that have come to this page. */
  endOf(run: RunId): number;
  /** Of a run that has none, or before what that reads now, everything before `offset` was read. */
  acknowledge(run: RunId, offset: number): void;
  /** The step that did not begin, in whichever tab. */
  readonly unbegun: Pick<Slot<Unbegun>, 'read' | 'write'>;
  /** Milliseconds, by a clock that does not jump. */
  now(): number;
}

export interface Share {
  /** The run that is asked for: `undefined` where nobody asks, `null` where there is none. */
  readonly asked: Asked | null | undefined;
  /** The step that did not begin, where that is why there is none; the presenter has been told. */
  readonly notBegun: string | undefined;
  readonly shared: Run | undefined;
  /** The step whose next run has ended the last look. */
  readonly replaced: string | undefined;
  /** The presenter would like to see. */
  ask(): void;
  agree(): void;
  /** The reader would rather not, or has nothing to show: the presenter is told. */
  refuse(): void;
  /** The reader has answered elsewhere. */
  dismiss(): void;
  revoke(): void;
  /** There is a connection anew: the hub has forgotten what it was shown. */
  resume(): void;
  /** Listens to the page's lab. */
  readonly subscriber: Subscriber;
}

export interface Run {
  readonly run: RunId;
  readonly step: string;
}

export interface Asked extends Run {
  /** It has begun since, in the place of the run that was asked for first. */
  readonly anew?: true;
}

/** Bytes at once, and each second: more, nobody reads; the rest is left out. */
const [BURST, RATE] = [64 * 1024, 8 * 1024];

/** Bytes of one frame. */
const PIECE = 16 * 1024;

/** Bytes that were there before, and are told again: a screen or two. */
const AGAIN = 32 * 1024;

/** @param isTheirs whether a run is theirs to show: others were before the class. */
export const createShare = (events: ShareEvents, isTheirs: (run: RunStatus) => boolean): Share => {
  let asked: Asked | null | undefined;
  /** Asked of by this page, by their runs, and not told of yet. */
  const starts = new Map<RunId, string>();
  let notBegun: string | undefined;
  let shared: (Run & { status: RunStatus; sent: number }) | undefined;
  let replaced: string | undefined;
  let room = BURST;
  let filledAt = 0;
  /** The newest, of whichever page. */
  let current: RunStatus | undefined;
  /** The newest of each step: its terminal shows no other. */
  const newest = new Map<string, RunStatus>();
  /**
   * Of the runs that were read again, while the lab tells of them: until where its terminal here says nothing
   * of what it has printed, as it has had that; of one that has none, it never does. Unread, it would have
   * to wait.
   */
  const unread = new Map<RunId, number>();

  const change = (next: typeof shared): void => {
    shared = next;
    events.handleChange();
  };
  /** @param why told to the presenter, where it is not that they were shown enough. */
  const stop = (why: { readonly anew?: true } = {}): void => {
    if (shared === undefined) return;
    const { run, step } = shared;
    events.send({ type: 'room.share', run, step, on: false, ...why });
    change(undefined);
  };

  const dismiss = (): void => {
    asked = undefined;
    notBegun = undefined;
    events.handleChange();
  };

  const begin = (status: RunStatus): void => {
    const { run, step } = status;
    if (!events.send({ type: 'room.share', run, step, on: true })) return;
    replaced = undefined;
    room = BURST;
    filledAt = events.now();
    const isHere = events.isHere(step);
    const end = Math.max(events.endOf(run), status.size);
    // Of what goes on and does not come to this page, nobody has told how much there is by now.
    const isKnown = isHere || isFinal(status) || unread.has(run);
    const from = isKnown ? Math.max(0, end - AGAIN) : -AGAIN;
    change({ run, step, status, sent: Math.max(0, from) });
    unread.set(run, isHere ? events.endOf(run) : Number.POSITIVE_INFINITY);
    events.reread(run, from);
  };
  const take = (bytes: number): boolean => {
    const now = events.now();
    room = Math.min(BURST, room + ((now - filledAt) / 1_000) * RATE);
    filledAt = now;
    if (room < bytes) return false;
    room -= bytes;
    return true;
  };

  return {
    get asked() {
      return asked;
    },
    get notBegun() {
      return notBegun;
    },
    get shared() {
      return shared;
    },
    get replaced() {
      return replaced;
    },
    ask: () => {
      // One who looks already need not ask.
      if (shared !== undefined) return;
      asked = current === undefined ? null : { run: current.run, step: current.step };
      notBegun = undefined;
      // What its reader cannot change, they need not be asked. What still runs is of use.
      const refused = events.unbegun.read();
      const isLast = refused !== undefined && refused.after === current?.run;
      if (isLast && (current === undefined || isFinal(current))) {
        asked = null;
        if (events.send({ type: 'room.decline', why: 'nothing' })) notBegun = refused.step;
      }
      events.handleChange();
    },
    agree: () => {
      // What the question named, whatever has begun elsewhere.
      const shown = asked && newest.get(asked.step);
      asked = undefined;
      if (shown) begin(shown);
      events.handleChange();
    },
    refuse: () => {
      if (asked === undefined) return;
      if (notBegun === undefined)
        events.send({ type: 'room.decline', why: asked === null ? 'nothing' : 'refused' });
      dismiss();
    },
    dismiss,
    revoke: () => stop(),
    resume: () => {
      if (shared !== undefined) begin(shared.status);
    },
    subscriber: {
      handleConnection: (state) => {
        if (state !== 'open') unread.clear();
        // Where there is a terminal, that reads on by itself.
        else if (shared && !events.isHere(shared.step)) {
          unread.set(shared.run, Number.POSITIVE_INFINITY);
          events.reread(shared.run, shared.sent);
        }
      },
      handleStart: ({ run, step }) => void starts.set(run, step),
      handleMessage: (message) => {
        if (message.type === 'error' && message.run !== undefined) {
          const step = starts.get(message.run);
          starts.delete(message.run);
          if (step !== undefined && reasonOfRefusal(message) !== undefined)
            events.unbegun.write({ step, after: current?.run });
        }
        if (message.type !== 'run.status') return;
        starts.delete(message.run);
        if (!isTheirs(message)) return;
        if (current === undefined || message.startedAt >= current.startedAt) current = message;
        if (message.startedAt >= (newest.get(message.step)?.startedAt ?? 0))
          newest.set(message.step, message);
        // Asked while the page loads, it is before the lab has told of any run. Not what has its answer.
        if (asked === null && notBegun === undefined) {
          asked = { run: current.run, step: current.step };
          events.handleChange();
        }
        // The step run anew is another question, which says so: who has read the one before has not agreed to it.
        const next = asked && newest.get(asked.step);
        if (next && next.run !== asked?.run) {
          asked = { run: next.run, step: next.step, anew: true };
          events.handleChange();
        }
        if (shared === undefined) return;
        if (shared.run === message.run) shared.status = message;
        // A new run of the step takes its terminal.
        if (shared.step !== message.step || shared.run === message.run) return;
        replaced = message.step;
        stop({ anew: true });
      },
      handleOutput: (header, bytes) => {
        const end = header.offset + bytes.length;
        if (end <= (unread.get(header.run) ?? 0)) events.acknowledge(header.run, end);
        if (shared === undefined || header.run !== shared.run) return;
        for (let at = 0; at < bytes.length; at += PIECE) {
          const piece = bytes.subarray(at, at + PIECE);
          const offset = header.offset + at;
          // What it has had already, the lab tells again after a reconnect.
          if (offset >= shared.sent && take(piece.length))
            events.sendOutput({ ...header, offset }, piece);
        }
        shared.sent = Math.max(shared.sent, end);
      },
    },
  };
};
