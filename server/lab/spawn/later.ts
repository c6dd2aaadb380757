import type { Signal } from '../../protocol.ts';
import type { Process, Size } from '../lab.ts';

/** What a shell reports for a process that the signal ended: 128 + its number. */
const ENDED_BY: Record<Signal, number> = { interrupt: 130, terminate: 143, kill: 137 };

/**
 * A Process that is still being made. What is typed meanwhile reaches it in order. A signal that
 * comes first aborts `cancelled`: `make` looks at it right before it would start something.
 */
export const later = (make: (cancelled: AbortSignal) => Promise<Process>): Process => {
  const controller = new AbortController();
  let early: Signal | undefined;
  let real: Process | undefined;
  let waiting: ((process: Process) => void)[] = [];
  let typed = 0;

  const pass = (action: (process: Process) => void): void => {
    if (real === undefined) waiting.push(action);
    else action(real);
  };

  const settle = (process: Process): Promise<number> => {
    real = process;
    for (const action of waiting) action(process);
    waiting = [];
    return process.exited;
  };

  return {
    exited: make(controller.signal).then(settle, (error: unknown) => {
      if (early !== undefined) return ENDED_BY[early];
      throw error;
    }),
    write: (data) => {
      typed += data.length;
      pass((process) => process.write(data));
    },
    get unread() {
      return real === undefined ? typed : real.unread;
    },
    end: () => pass((process) => process.end()),
    resize: (size: Size) => pass((process) => process.resize(size)),
    signal: (signal) => {
      if (real === undefined) {
        early ??= signal;
        controller.abort();
      }
      pass((process) => process.signal(signal));
    },
    pause: () => pass((process) => process.pause()),
    resume: () => pass((process) => process.resume()),
  };
};
