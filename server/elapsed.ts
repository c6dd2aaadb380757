/** How long a run has taken, told again later: whoever hears it goes on from there by a clock of their own. */
import type { RunStatus } from './protocol.ts';

/** @param toldAt when this was told, by `performance.now()`. */
export const statusNow = (status: RunStatus, toldAt: number): RunStatus =>
  status.status === 'running' || status.background
    ? { ...status, duration: status.duration + performance.now() - toldAt }
    : status;
