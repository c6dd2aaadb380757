import { WINDOW } from './pace.ts';
import type { Run } from './run.ts';

/** Milliseconds from one frame to the next: a screen shows no more, and a frame costs more than its bytes. */
const TURN = 8;

/** One page reading one run from where it stopped, no faster than it can draw. */
export interface Viewer {
  /** Everything before `offset` is on the page's screen. */
  acknowledge(offset: number): void;
  /** Sends what there is now, instead of with the next turn. */
  flush(): void;
  close(): void;
}

export const createViewer = (
  run: Run,
  from: number,
  send: (offset: number, bytes: Uint8Array) => void,
): Viewer => {
  let sent = Math.min(from, run.output.size);
  let acknowledged = sent;
  let scheduled: NodeJS.Timeout | undefined;
  let turned = Number.NEGATIVE_INFINITY;
  const reader = run.attend(acknowledged);

  const flush = (): void => {
    turned = performance.now();
    while (sent - acknowledged < WINDOW) {
      const part = run.output.read(sent);
      if (part === undefined) return;
      // Bytes that the output dropped are on nobody's screen: waiting for them would never end.
      if (part.offset > sent) {
        acknowledged += part.offset - sent;
        reader.reached(acknowledged);
      }
      send(part.offset, part.bytes);
      sent = part.offset + part.bytes.length;
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
      unsubscribe();
      reader.leave();
      clearTimeout(scheduled);
    },
  };
};
