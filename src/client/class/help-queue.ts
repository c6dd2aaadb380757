import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import type { Hand, RoomState } from '../../../server/workshop/state.ts';

export interface Waiting extends Readonly<Hand> {
  readonly participant: ParticipantId;
  readonly nickname: string;
  /** Why the step that they are at has failed; empty where it has not, or nobody knows. */
  readonly reason: string;
}

/** Hands that are up, in the order in which they went up. */
export const queueOf = ({ participants }: RoomState): Waiting[] =>
  Object.entries(participants)
    .flatMap(([participant, { nickname, hand, steps }]) => {
      if (hand === null) return [];
      const at = hand.step === null ? undefined : steps[hand.step];
      const reason = (at?.status === 'failed' && at.reason?.text) || '';
      return [{ participant, nickname, reason, ...hand }];
    })
    .sort((a, b) => a.since - b.since);
