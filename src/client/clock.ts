import type { RunStatus } from '../../server/protocol.ts';
import { wholeDuration } from '../strings/duration.ts';

/** Shows how long a run has taken so far, second by second. */
export interface Clock {
  /**
   * @param status the run to show; `undefined` stops the clock and empties it.
   * @param ticks by this computer's clock alone; else it shows what it is told.
   */
  set(status: RunStatus | undefined, ticks?: boolean): void;
}

export const createClock = (face: HTMLElement): Clock => {
  let shown: RunStatus | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    set: (status, ticks = true) => {
      if (status === shown) return;
      shown = status;
      clearInterval(timer);
      face.textContent = '';
      if (status === undefined) return;
      const start = performance.now() - status.duration;
      const tick = (): void => {
        face.textContent = wholeDuration(performance.now() - start);
      };
      tick();
      if (ticks) timer = setInterval(tick, 1_000);
    },
  };
};
