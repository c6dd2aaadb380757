/** How the processes ended that this process started: only a parent learns an exit code. */
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';

export interface Exit {
  /** As a shell's: 137 after SIGKILL. */
  readonly code: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A pid may come again; with the time of its start it does not. */
export interface Started {
  readonly pid: number;
  readonly startedAt: number;
}

/** Of all that this process has started; `undefined` while one runs. */
const exits = new Map<string, Exit | undefined>();
const keyOf = ({ pid, startedAt }: Started): string => `${pid}@${startedAt}`;

/** Remembers how `child` ends, then calls `done`. */
export const watchExit = (
  child: ChildProcess,
  started: Started,
  done: (exit: Exit) => void,
): void => {
  exits.set(keyOf(started), undefined);
  child.once('exit', (code, signal) => {
    const exit: Exit = {
      code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]),
      at: Date.now(),
    };
    exits.set(keyOf(started), exit);
    done(exit);
  });
};

/** Whether `exitOf` will tell its end. */
export const isWatched = (started: Started): boolean => exits.has(keyOf(started));

/** `undefined` while it runs, and for one that another process started. */
export const exitOf = (started: Started): Exit | undefined => exits.get(keyOf(started));
