import type { RunStatus } from '../server/protocol.ts';

/** A run that has just begun, as a sidecar tells of it; `more` is what is different. */
export const statusOf = (run: string, more: Partial<RunStatus> = {}): RunStatus => ({
  type: 'run.status',
  run,
  step: 'topics/list',
  edition: '',
  status: 'running',
  background: false,
  stopping: null,
  startedAt: 1,
  duration: 0,
  exitCode: null,
  size: 0,
  dropped: 0,
  check: null,
  outcome: null,
  ...more,
});
