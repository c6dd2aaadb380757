import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import type { Hand, Participant, RoomState } from '../../../server/workshop/state.ts';
import { latestOf, retryingSince, stuckSince } from './standing.ts';

export interface Waiting extends Readonly<Hand> {
  readonly participant: ParticipantId;
  readonly nickname: string;
  /** Not connected: nobody can be helped who is not there. */
  readonly isAway: boolean;
  /** Why they are stuck; empty where they are not, or nobody knows. */
  readonly reason: string;
}

/** Nobody goes to them yet. */
export const isWaiting = ({ hand }: Pick<Participant, 'hand'>): boolean =>
  hand !== null && !hand.claimed;

/** Hands that are up, in the order in which they went up; of who is away, after the others. */
export const queueOf = (
  { participants }: RoomState,
  away: ReadonlySet<ParticipantId> = new Set(),
): Waiting[] =>
  Object.entries(participants)
    .flatMap(([id, participant]) => {
      const { nickname, hand } = participant;
      if (hand === null) return [];
      // As in their row: where the class has gone on, and their hand with it, they may not have.
      const since = stuckSince(participant) ?? retryingSince(participant);
      const stuck = since === null ? undefined : latestOf(participant);
      const [step, reason] = [stuck?.step ?? hand.step, stuck?.reason?.text ?? ''];
      return [{ participant: id, nickname, ...hand, step, reason, isAway: away.has(id) }];
    })
    .sort((a, b) => Number(a.isAway) - Number(b.isAway) || a.since - b.since);
