import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import type { Hand, Participant, RoomState } from '../../../server/workshop/state.ts';

export interface Waiting extends Readonly<Hand> {
  readonly participant: ParticipantId;
  readonly nickname: string;
  /** Why that step has failed; empty where it has not, or nobody knows. */
  readonly reason: string;
}

/** Hands that are up, in the order in which they went up. */
export const queueOf = ({ participants }: RoomState): Waiting[] =>
  Object.entries(participants)
    .flatMap(([participant, { nickname, hand, steps }]) => {
      if (hand === null) return [];
      const step = stuckAt(steps, hand.step);
      const reason = (step !== null && steps[step]?.reason?.text) || '';
      return [{ participant, nickname, ...hand, step, reason }];
    })
    .sort((a, b) => a.since - b.since);

/** Where the hand went up, if that has failed; else what failed last: the class may have gone on without them. */
const stuckAt = (steps: Participant['steps'], at: string | null): string | null => {
  const failed = Object.entries(steps).filter(([, { status }]) => status === 'failed');
  if (failed.some(([step]) => step === at)) return at;
  return failed.toSorted(([, a], [, b]) => a.since - b.since).at(-1)?.[0] ?? at;
};
