import { WINDOW } from './pace.ts';
import type { Run } from './run.ts';

/** Milliseconds from one frame to the next: a screen shows no more, and a frame costs more than its bytes. */
const TURN = 8;

/** Bytes that may wait here for the page's connection: of 200 pages that come back at once, 50 MiB. */
const LEAVING = 256 * 1024;

/** One page reading one run from where it stopped, no faster than it can draw. */
export interface Viewer {
  /** Everything before `offset` is on the page's screen. */
  acknowledge(offset: number): void;
  /** Sends what there is now, instead of with the next turn. */
  flush(): void;
  close(): void;
}

/**
 * @param from bytes since the run began; below 0, before its end so far.
 * @param send calls `left` when the bytes have left this process, or never will.
 */
export const createViewer = (
  run: Run,
  from: number,
  send: (offset: number, bytes: Uint8Array, left: () => void) => void,
): Viewer => {
  const { size } = run.output;
  let sent = from < 0 ? Math.max(0, size + from) : Math.min(from, size);
  let acknowledged = sent;
  let leaving = 0;
  let closed = false;
  let scheduled: NodeJS.Timeout | undefined;
  let turned = Number.NEGATIVE_INFINITY;
  const reader = run.attend(acknowledged);

  const flush = (): void => {
    turned = performance.now();
    while (!closed && leaving < LEAVING && sent - acknowledged < WINDOW) {
      const part = run.output.read(sent);
      if (part === undefined) return;
      // Bytes that the output dropped are on nobody's screen: waiting for them would never end.
      if (part.offset > sent) {
        acknowledged += part.offset - sent;
        reader.reached(acknowledged);
      }
      const { length } = part.bytes;
      sent = part.offset + length;
      leaving += length;
      send(part.offset, part.bytes, () => {
        const waited = leaving >= LEAVING;
        leaving -= length;
        if (waited) flush();
      });
    }
  };
  // What comes after a silence leaves at once, the rest of a flood together.
  const schedule = (): void => {
    scheduled ??= setTimeout(
      () => {
        scheduled = undefined;
        flush();
      },
      Math.max(0, turned + TURN - performance.now()),
    );
  };

  const unsubscribe = run.subscribe(schedule);
  flush();
  return {
    acknowledge: (offset) => {
      if (offset <= acknowledged || offset > sent) return;
      acknowledged = offset;
      reader.reached(offset);
      schedule();
    },
    flush,
    close: () => {
      closed = true;
      unsubscribe();
      reader.leave();
      clearTimeout(scheduled);
    },
  };
};
