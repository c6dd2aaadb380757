import { createGate, type Gate } from './gate.ts';
import type { Process } from './lab.ts';

/** What a shell reports for a command that Ctrl+C ended: 128 + SIGINT. */
export const INTERRUPTED = 130;

/**
 * An operation of the lab's own as a Process: it takes no input, and any signal aborts it.
 * `work` gives the exit code; when it throws because of the abort, the code is 130.
 *
 * Most print a few lines, which are worth no waiting; one that prints without end waits at `gate`
 * before each piece.
 */
export const task = (work: (abort: AbortSignal, gate: Gate) => Promise<number>): Process => {
  const controller = new AbortController();
  const gate = createGate(controller.signal);
  const exited = work(controller.signal, gate).catch((error: unknown) => {
    if (controller.signal.aborted) return INTERRUPTED;
    throw error;
  });
  return {
    exited,
    write: (data) => {
      // Ctrl+C typed into a terminal arrives as a byte.
      if (data.includes(0x03)) controller.abort();
    },
    unread: 0,
    end: () => {},
    resize: () => {},
    signal: () => controller.abort(),
    pause: gate.pause,
    resume: gate.resume,
  };
};
