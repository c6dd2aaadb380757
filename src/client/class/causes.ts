/** What keeps people, failed or never begun, together where it has one cause. */
import { isOfAStep } from '../../../server/workshop/causes.ts';
import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import type { Participant, RoomState, StepState } from '../../../server/workshop/state.ts';
import { firstSentence, type Gathered, gather } from './gathered.ts';
import { isStuckAt, stuckSince } from './standing.ts';

export interface Cause extends Gathered {
  /** Where it is the step's own. */
  readonly step: string | null;
  /** How many of its people are not connected. */
  readonly away: number;
}

/** What a lab refuses for many reasons, under one name. */
const OF_A_TEXT: ReadonlySet<string> = new Set(['unavailable', 'internal']);

/** Of nothing that was told. */
const UNTOLD = { kind: 'unknown', text: '' };

/** Of the most people who are there first. Who has got further since is not among them. */
export const causesOf = (
  { participants }: RoomState,
  away: ReadonlySet<ParticipantId> = new Set(),
): Cause[] => {
  const steps = new Map<string, string | null>();
  const told = Object.entries(participants).flatMap(([person, participant]) =>
    failuresOf(participant).map(([failed, { reason }]) => {
      const { kind, text } = reason ?? UNTOLD;
      const step = isOfAStep(kind) ? failed : null;
      const key = [kind, step ?? '', OF_A_TEXT.has(kind) ? firstSentence(text) : '']
        .join(' ')
        .trim();
      steps.set(key, step);
      return { key, text, person };
    }),
  );
  return gather(told)
    .map((each) => ({
      ...each,
      step: steps.get(each.key) ?? null,
      away: each.people.filter((id) => away.has(id)).length,
    }))
    .sort((a, b) => presentIn(b) - presentIn(a));
};

const presentIn = ({ people, away }: Cause): number => people.length - away;

/**
 * What this person failed at since anything last passed: the first of it may be the cause of the rest. Of who
 * gets further, nothing.
 */
const failuresOf = (participant: Participant): (readonly [step: string, StepState])[] => {
  if (stuckSince(participant) === null) return [];
  const steps = Object.entries(participant.steps);
  const passed = steps.filter(([, { status }]) => status === 'passed');
  const passedAt = Math.max(...passed.map(([, { since }]) => since));
  return steps.filter(([, { status, since }]) => isStuckAt(status) && since >= passedAt);
};
