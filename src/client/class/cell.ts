/** One person at one step, as its cell shows it. */
import type { StepState } from '../../../server/workshop/state.ts';
import { matrix as strings } from '../../strings/class.ts';

export interface Cell {
  readonly status: 'idle' | 'reads' | StepState['status'];
  /** A word beside the sign. */
  readonly mark: string;
  /** All of it, for who hears it and for who points at it. */
  readonly label: string;
}

const IDLE: Cell = { status: 'idle', mark: '', label: strings.idle };
/** Of who runs nothing, here or elsewhere. */
const READS: Cell = { status: 'reads', mark: '', label: strings.reads };

/** @param now by the hub's clock: milliseconds since 1970. */
export const cellOf = (
  state: StepState | undefined,
  now: number,
  { reads = false, isAway = false } = {},
): Cell => {
  if (state === undefined) return reads ? READS : IDLE;
  const { status, background, since, reason } = state;
  const at = new Date(since);
  switch (status) {
    case 'running':
      return {
        status,
        // Nobody knows whether it still runs.
        mark: isAway ? strings.cut : strings.ago(now - since),
        label: `${strings.running} · ${strings.since(at)}`,
      };
    case 'passed':
      return {
        status,
        mark: background ? (isAway ? strings.cut : strings.running) : '',
        label: [
          `${strings.passed} · ${strings.at(at)}`,
          ...(background ? [isAway ? strings.runningThen : strings.background] : []),
        ].join(' · '),
      };
    case 'failed':
    case 'refused':
      return {
        status,
        mark: strings.kind(reason?.kind) ?? strings[status],
        label: `${strings[status]} · ${strings.at(at)} · ${reason?.text ?? strings.untold}`,
      };
    default:
      return {
        status,
        mark: strings[status],
        label: `${strings[status]} · ${strings.at(at)}`,
      };
  }
};
