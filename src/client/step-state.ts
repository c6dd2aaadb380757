import type { RunId, RunStatus } from '../../server/protocol.ts';

/** What a step knows about its runs. The sidecar's word is the truth; the page only asks. */
export interface StepState {
  /** The run whose output is on the screen. */
  readonly shown: RunStatus | undefined;
  /** A run that was asked for, and that the sidecar has not spoken of yet. */
  readonly requested: RunId | undefined;
}

export const IDLE: StepState = { shown: undefined, requested: undefined };

export const isFinal = ({ status, background }: RunStatus): boolean =>
  status !== 'running' && !background;

/** The reader clicked: a run with this id was asked for. */
export const request = (state: StepState, run: RunId): StepState => ({ ...state, requested: run });

/** That run will not be: it was refused, or the reader took the click back. */
export const withdraw = (state: StepState, run: RunId): StepState =>
  state.requested === run ? { ...state, requested: undefined } : state;

/**
 * The sidecar speaks of a run of this step. It speaks of the newest only, so another run than the
 * one shown (started by another page, say) takes its place.
 */
export const receive = (state: StepState, status: RunStatus): StepState => {
  const { shown, requested } = state;
  // What has ended stays so: a late "running" was sent before the end.
  if (shown?.run === status.run && isFinal(shown) && !isFinal(status)) return state;
  return { shown: status, requested: requested === status.run ? undefined : requested };
};
