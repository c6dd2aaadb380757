import { describe, expect, it } from 'vitest';
import type { RunStatus } from '../../../server/protocol.ts';
import { IDLE, receive, request, withdraw } from '../../../src/client/step-state.ts';

const statusOf = (run: string, status: RunStatus['status']): RunStatus => ({
  type: 'run.status',
  run,
  step: 'topics/list',
  status,
  background: false,
  stopping: null,
  startedAt: 0,
  duration: 0,
  exitCode: null,
  size: 0,
  dropped: 0,
  check: null,
  outcome: null,
  edition: 'e',
});

describe('what a step knows about its runs', () => {
  it('keeps what is on the screen while another run is only asked for', () => {
    const before = receive(IDLE, statusOf('a', 'passed'));
    expect(request(before, 'b')).toEqual({ shown: before.shown, requested: 'b' });
  });

  it('shows the run that was asked for once the sidecar speaks of it', () => {
    const running = statusOf('a', 'running');
    expect(receive(request(IDLE, 'a'), running)).toEqual({ shown: running, requested: undefined });
  });

  it('shows what it showed before when the run is refused', () => {
    const before = receive(IDLE, statusOf('a', 'passed'));
    expect(withdraw(request(before, 'b'), 'b')).toEqual(before);
  });

  it('forgets no newer request when an older one is refused late', () => {
    const state = request(IDLE, 'b');
    expect(withdraw(state, 'a')).toBe(state);
  });

  it('follows a run that another page started, and goes on waiting for its own', () => {
    const theirs = statusOf('b', 'running');
    expect(receive(request(IDLE, 'a'), theirs)).toEqual({ shown: theirs, requested: 'a' });
  });

  it('lets a run that has passed in the background end', () => {
    const up = receive(IDLE, { ...statusOf('a', 'passed'), background: true });
    const ended = statusOf('a', 'passed');
    expect(receive(up, ended)).toEqual({ shown: ended, requested: undefined });
  });

  it('never lets a run that has ended run again', () => {
    const ended = receive(IDLE, statusOf('a', 'failed'));
    expect(receive(ended, statusOf('a', 'running'))).toBe(ended);
  });
});
