/** The process groups that this process has started, and their end. */
import type { Signal } from '../../protocol.ts';

export const SIGNALS: Record<Signal, NodeJS.Signals> = {
  interrupt: 'SIGINT',
  terminate: 'SIGTERM',
  kill: 'SIGKILL',
};

/** To the leader `pid` and all it has started; one that is gone already is what was wanted. */
export const signalGroup = (pid: number | undefined, signal: NodeJS.Signals): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH: the group has ended.
  }
};

const living = new Set<number>();

const killAll = (): void => {
  for (const pid of living) signalGroup(pid, 'SIGKILL');
};

/**
 * Ends the group with this process, should it exit first. Returns how to say that the leader has
 * been reaped, since its number may then be given to another process.
 */
export const outliveNothing = (pid: number | undefined): (() => void) => {
  if (pid === undefined) return () => {};
  if (living.size === 0) process.once('exit', killAll);
  living.add(pid);
  return () => {
    living.delete(pid);
    if (living.size === 0) process.off('exit', killAll);
  };
};
