import type { Outcome, RunId, RunStatus } from '../../server/protocol.ts';
import { prediction as strings } from '../strings/prediction.ts';
import { createKept } from './kept.ts';

/** By step, the run that the answer is about, and the answer. */
const answers = createKept('lab:predictions');

export const keepAnswer = (step: string, run: RunId, answer: string | undefined): void =>
  answers.set(step, answer && `${run} ${answer}`);

export const answerTo = ({ step, run }: Pick<RunStatus, 'step' | 'run'>): string | undefined => {
  const [about, answer] = answers.get(step)?.split(' ') ?? [];
  return about === run ? answer : undefined;
};

/** By step, what is chosen for the run that is still to come. */
const choices = createKept('lab:choices');

export const keepChoice = (step: string, choice: string | undefined): void =>
  choices.set(step, choice);

/** Somebody else may sit here by now. */
export const forgetChoices = (): void => choices.clear();

export const choiceFor = (step: string): string | undefined => choices.get(step);

/** As the question's choices name it. */
export const labelIn =
  (question: Element) =>
  (value: string): string =>
    [...question.querySelectorAll('input')].find((each) => each.value === value)?.nextElementSibling
      ?.textContent ?? value;

export interface Verdict {
  readonly state: 'none' | 'right' | 'wrong' | 'unknown';
  readonly text: string;
}

/**
 * What has become of an answer; of none, what has happened.
 *
 * @param labelOf how a value is said to the reader.
 */
export const verdictOf = (
  { value, reason }: Outcome,
  answer: string | undefined,
  labelOf: (value: string) => string,
): Verdict => {
  if (answer === undefined) {
    if (value !== null) return { state: 'none', text: strings.found(labelOf(value), reason) };
    // Who has not asked need not hear that nobody knows.
    return { state: 'none', text: reason && strings.unseen(reason) };
  }
  const said = labelOf(answer);
  if (value === null) return { state: 'unknown', text: strings.unknown(said, reason) };
  if (value === answer) return { state: 'right', text: strings.right(said, reason) };
  return { state: 'wrong', text: strings.wrong(said, labelOf(value), reason) };
};
