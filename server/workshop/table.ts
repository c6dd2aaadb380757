/** Participants and steps as a table for spreadsheets. */
import type { Participant, RoomState, StepState } from './state.ts';

/** After class: what never ended runs no more, for all that is known. */
export const STATUS: Readonly<Record<StepState['status'], string>> = {
  running: '끝을 모름',
  passed: '성공',
  failed: '실패',
  stopped: '중지',
  unknown: '끝을 모름',
  refused: '실행하지 않음',
};

export const LABS: Readonly<Record<Participant['lab'], string>> = {
  local: '로컬',
  docker: 'Docker',
  none: '브라우저만',
};

/** Whoever came first, first. */
export const peopleOf = ({ participants }: RoomState): Participant[] =>
  Object.values(participants).toSorted((left, right) => left.joinedAt - right.joinedAt);

/** Everybody's, a row each. */
export const csvOf = (
  room: RoomState,
  steps: readonly string[],
  titleOf: (step: string) => string,
): string => {
  const rows = peopleOf(room).map((person) => [
    person.nickname,
    LABS[person.lab],
    // As spreadsheets take it for a time: 2026-11-27 18:55:01, of where the class was.
    new Date(person.joinedAt).toLocaleString('sv-SE'),
    ...steps.map((step) => cellOf(person.steps[step])),
  ]);
  const lines = [['이름', '실습 환경', '들어온 때', ...steps.map(titleOf)], ...rows];
  // The mark at its beginning tells Excel that it is UTF-8.
  return `\uFEFF${lines.map((line) => line.map(quote).join(',')).join('\r\n')}\r\n`;
};

const cellOf = (step: StepState | undefined): string => {
  if (step === undefined) return '';
  const { status, reason } = step;
  return reason === null ? STATUS[status] : `${STATUS[status]}: ${reason.text}`;
};

/** A spreadsheet would take what begins so, also in full width, for a formula: then it begins with an apostrophe. */
const quote = (text: string): string =>
  `"${text.replace(/^(?=[=+\-@＝＋－＠\t\r])/, "'").replaceAll('"', '""')}"`;
