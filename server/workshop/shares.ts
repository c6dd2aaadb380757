/** Runs that participants let the presenter look at, as long as they do: in memory only. */
import { encode, type Page } from './page.ts';
import type { ParticipantId } from './protocol.ts';

/** Bytes of each that a presenter's page is given when it comes later: what a terminal shows. */
const KEPT = 64 * 1024;

/** At once, of one page. */
const RUNS = 8;

interface Share {
  readonly participant: ParticipantId;
  readonly run: string;
  readonly step: string;
  /** The page that sends it. */
  readonly from: Page;
  /** The last frames, `KEPT` bytes or a little more. */
  readonly frames: Uint8Array[];
}

export interface Shares {
  /** `false` where the run is somebody else's, or one too many. */
  start(share: Omit<Share, 'frames'>): boolean;
  /** @param anew as the step was run again. */
  stop(from: Page, run: string, anew?: true): void;
  /** `false` where this page does not share the run. */
  pass(from: Page, run: string, frame: Uint8Array): boolean;
  /** What is shared now, for a presenter's page that has just come. */
  tell(page: Page): void;
  /** The page has gone: nothing of it is looked at any more. */
  leave(from: Page): void;
}

export const createShares = (presenters: ReadonlySet<Page>): Shares => {
  /** By the run's id. */
  const shares = new Map<string, Share>();

  const message = ({ participant, run, step }: Share, on: boolean, anew?: true): Buffer =>
    encode({ type: 'room.shared', participant, run, step, on, anew });
  const stop = (from: Page, run: string, anew?: true): void => {
    const share = shares.get(run);
    if (share?.from !== from) return;
    shares.delete(run);
    for (const page of presenters) page.tell(message(share, false, anew));
  };

  return {
    start: (wanted) => {
      const there = shares.get(wanted.run);
      if (there !== undefined && there.participant !== wanted.participant) return false;
      const own = [...shares.values()].filter(({ from }) => from === wanted.from);
      if (there === undefined && own.length >= RUNS) return false;
      // Begun again, after a reload for example, it comes whole again.
      const share: Share = { ...wanted, frames: [] };
      shares.set(wanted.run, share);
      for (const page of presenters) page.tell(message(share, true));
      return true;
    },
    stop,
    pass: (from, run, frame) => {
      const share = shares.get(run);
      if (share?.from !== from) return false;
      share.frames.push(frame);
      let size = share.frames.reduce((sum, { length }) => sum + length, 0);
      while (size > KEPT && share.frames.length > 1) size -= share.frames.shift()?.length ?? 0;
      for (const page of presenters) page.pass(frame);
      return true;
    },
    tell: (page) => {
      for (const share of shares.values()) {
        page.tell(message(share, true));
        for (const frame of share.frames) page.pass(frame);
      }
    },
    leave: (from) => {
      for (const share of shares.values()) if (share.from === from) stop(from, share.run);
    },
  };
};
