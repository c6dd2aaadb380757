import type { RunId, Signal } from '../../server/protocol.ts';

/**
 * Milliseconds that a run has to end after 중지, before 강제 종료 is offered. By then the sidecar has
 * long ended by itself whatever may be ended by force, and a drill has put its brokers back (measured:
 * 17 s for one that was stopped in order).
 */
const GRACE = 45_000;

/**
 * Stops a run the way a terminal does: Ctrl+C first, and force only if the reader asks for it. The
 * sidecar terminates it then, and kills what survives that.
 */
export interface Stopper {
  /** The reader asks: for the first time, or again once the run has proved stubborn. */
  stop(run: RunId): void;
  /**
   * The sidecar says that `run` runs; perhaps it was to be stopped before it began.
   *
   * @param stopping milliseconds since it was told to stop, by whichever page; `null` if it was not.
   */
  handleRunning(run: RunId, stopping: number | null): void;
  /** Nobody knows whether the sidecar heard: it is asked again when it says that the run runs. */
  handleLost(): void;
  isStopping(run: RunId | undefined): boolean;
  isStubborn(run: RunId): boolean;
  reset(): void;
}

export interface StopperOptions {
  /** Whether it could be sent. */
  signal(run: RunId, signal: Signal): boolean;
  /** Whether the sidecar has said that `run` runs. */
  isRunning(run: RunId): boolean;
  handleStubborn(): void;
}

export const createStopper = (options: StopperOptions): Stopper => {
  /** The run to stop, and how far that has got. */
  let stopping: { run: RunId; stage: 'wanted' | 'asked' | 'stubborn' } | undefined;
  let grace: ReturnType<typeof setTimeout> | undefined;

  const wait = (run: RunId, milliseconds: number): void => {
    stopping = { run, stage: 'asked' };
    clearTimeout(grace);
    grace = setTimeout(() => {
      stopping = { run, stage: 'stubborn' };
      options.handleStubborn();
    }, milliseconds);
  };
  const interrupt = (run: RunId): void => {
    if (options.signal(run, 'interrupt')) wait(run, GRACE);
  };
  const isStubborn = (run: RunId): boolean =>
    stopping?.run === run && stopping.stage === 'stubborn';

  return {
    stop: (run) => {
      if (isStubborn(run)) {
        options.signal(run, 'terminate');
        return;
      }
      stopping = { run, stage: 'wanted' };
      if (options.isRunning(run)) interrupt(run);
    },
    handleRunning: (run, since) => {
      const stage = stopping?.run === run ? stopping.stage : undefined;
      if (since !== null && (stage === undefined || stage === 'wanted'))
        wait(run, Math.max(0, GRACE - since));
      else if (stage === 'wanted') interrupt(run);
    },
    handleLost: () => {
      if (stopping?.stage !== 'asked') return;
      clearTimeout(grace);
      stopping = { run: stopping.run, stage: 'wanted' };
    },
    isStopping: (run) => stopping !== undefined && stopping.run === run,
    isStubborn,
    reset: () => {
      clearTimeout(grace);
      stopping = undefined;
    },
  };
};
