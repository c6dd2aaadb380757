/** How a person stands, and who needs somebody first. */
import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import type { Participant, RoomState, StepState } from '../../../server/workshop/state.ts';

/** Milliseconds after which a run that has not ended is no longer only slow. */
export const LONG = 120_000;

export interface Latest extends StepState {
  readonly step: string;
}

/** What this person did last. */
export const latestOf = ({ steps }: Participant): Latest | undefined => {
  let latest: Latest | undefined;
  for (const [step, state] of Object.entries(steps)) {
    if (latest === undefined || state.since >= latest.since) latest = { step, ...state };
  }
  return latest;
};

const STUCK: ReadonlySet<StepState['status']> = new Set(['failed', 'refused', 'unknown']);

/** Whether a step that ended so leads no further. */
export const isStuckAt = (status: StepState['status']): boolean => STUCK.has(status);

/** Since when this person gets no further; `null` for who does. Milliseconds since 1970. */
export const stuckSince = (participant: Participant): number | null => {
  const latest = latestOf(participant);
  return latest !== undefined && isStuckAt(latest.status) ? (latest.trying ?? latest.since) : null;
};

/** Since when this person tries what they run now again: it may pass this time. */
export const retryingSince = (participant: Participant): number | null => {
  const latest = latestOf(participant);
  return latest?.status === 'running' ? (latest.trying ?? null) : null;
};

/** Since when this person runs something, where that takes long: nothing of it has failed. */
export const slowSince = (participant: Participant, now: number): number | null => {
  const latest = latestOf(participant);
  if (latest?.status !== 'running' || retryingSince(participant) !== null) return null;
  return now - latest.since >= LONG ? latest.since : null;
};

const { compare } = new Intl.Collator('ko', { numeric: true });

/**
 * Hands first, the oldest on top; then who is stuck, also while they try again, or runs something, for
 * longest; then by name. Who is away comes after all others.
 *
 * @param now by the hub's clock.
 */
export const inOrder = (
  { participants }: RoomState,
  now: number,
  away: ReadonlySet<ParticipantId> = new Set(),
): ParticipantId[] => {
  return Object.entries(participants)
    .map(([id, participant]) => ({
      id,
      nickname: participant.nickname,
      away: Number(away.has(id)),
      hand: participant.hand?.since ?? Number.POSITIVE_INFINITY,
      stuck:
        stuckSince(participant) ??
        retryingSince(participant) ??
        slowSince(participant, now) ??
        Number.POSITIVE_INFINITY,
    }))
    .sort(
      (a, b) =>
        a.away - b.away ||
        ascending(a.hand, b.hand) ||
        ascending(a.stuck, b.stuck) ||
        compare(a.nickname, b.nickname) ||
        (a.id < b.id ? -1 : 1),
    )
    .map(({ id }) => id);
};

/** Of two infinities, the difference is no number. */
const ascending = (a: number, b: number): number => (a === b ? 0 : a - b);
