/** Failures that have one cause, together. */
import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import type { Participant, RoomState } from '../../../server/workshop/state.ts';
import { latestOf } from './standing.ts';

export interface Cause {
  readonly key: string;
  readonly kind: string;
  /** Where it is the step's own. */
  readonly step: string | null;
  /** What most of them were told. */
  readonly text: string;
  /** Other texts of the same kind. */
  readonly others: number;
  readonly people: readonly ParticipantId[];
}

/** Of these, each step has causes of its own. */
const OF_A_STEP: ReadonlySet<string> = new Set(['check', 'exit', 'other', 'unknown']);

/** What a lab refuses for many reasons, under one name. */
const OF_A_TEXT: ReadonlySet<string> = new Set(['unavailable', 'internal']);

/** Of nothing that was told. */
const UNTOLD = { kind: 'unknown', text: '' };

/** The most people first. Who has got further since is not among them. */
export const causesOf = ({ participants }: RoomState): Cause[] => {
  const found = new Map<
    string,
    { kind: string; step: string | null; told: Map<string, ParticipantId[]> }
  >();
  for (const [id, participant] of Object.entries(participants)) {
    const failure = failureOf(participant);
    if (failure === undefined) continue;
    const { kind, text } = failure.reason ?? UNTOLD;
    const step = OF_A_STEP.has(kind) ? failure.step : null;
    const key = [kind, step ?? '', OF_A_TEXT.has(kind) ? text : ''].join(' ').trim();
    const cause = found.get(key) ?? { kind, step, told: new Map<string, ParticipantId[]>() };
    found.set(key, cause);
    cause.told.set(text, [...(cause.told.get(text) ?? []), id]);
  }
  return [...found]
    .map(([key, { kind, step, told }]) => {
      const texts = [...told].sort(([, a], [, b]) => b.length - a.length);
      const people = texts.flatMap(([, ids]) => ids);
      return { key, kind, step, text: texts[0]?.[0] ?? '', others: texts.length - 1, people };
    })
    .sort((a, b) => b.people.length - a.people.length || (a.key < b.key ? -1 : 1));
};

/** What this person failed at last, and has not left behind. */
const failureOf = (participant: Participant) => {
  const latest = latestOf(participant);
  return latest?.status === 'failed' || latest?.status === 'unknown' ? latest : undefined;
};
