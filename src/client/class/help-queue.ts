import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import type { Hand, RoomState } from '../../../server/workshop/state.ts';

export interface Waiting extends Readonly<Hand> {
  readonly participant: ParticipantId;
  readonly nickname: string;
}

/** Hands that are up, in the order in which they went up. */
export const queueOf = ({ participants }: RoomState): Waiting[] =>
  Object.entries(participants)
    .flatMap(([participant, { nickname, hand }]) =>
      hand === null ? [] : [{ participant, nickname, ...hand }],
    )
    .sort((a, b) => a.since - b.since);
