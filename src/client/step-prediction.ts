/** What the reader has said beforehand: locked at the click, and compared with what has come of it. */
import type { RunId, RunStatus } from '../../server/protocol.ts';
import { prediction as strings } from '../strings/prediction.ts';
import { connection, isMirrored } from './connection.ts';
import { setText } from './keep.ts';
import {
  answerTo,
  choiceFor,
  keepAnswer,
  keepChoice,
  labelIn,
  type Verdict,
  verdictOf,
} from './prediction-verdict.ts';

export interface StepPrediction {
  /** The click has become this run: what is chosen now is the answer. */
  lock(run: RunId): void;
  /** @param isOpen the step may be run: an answer may be given. */
  render(run: RunStatus | undefined, isOpen: boolean): void;
}

/** @param fieldset not before this can anything be chosen in it. */
export const createStepPrediction = (
  step: string,
  fieldset: HTMLFieldSetElement,
  verdict: HTMLElement,
): StepPrediction => {
  const choices = [...fieldset.querySelectorAll('input')];
  const labelOf = labelIn(fieldset);
  /** What is chosen is the answer to this one. */
  let locked: RunId | undefined;
  const chosen = (): string | undefined => choices.find(({ checked }) => checked)?.value;
  /** Also what was chosen before this page was there. */
  const showChoice = (): void => {
    const choice = choiceFor(step);
    for (const each of choices) each.checked = each.value === choice;
  };
  const lock = (run: RunId): void => {
    keepAnswer(step, run, chosen());
    keepChoice(step, undefined);
    fieldset.disabled = true;
    locked = run;
  };
  fieldset.addEventListener('change', () => keepChoice(step, chosen()));
  showChoice();

  return {
    lock,
    render: (run, isOpen) => {
      // Who has no lab has the presenter's click instead of one of their own.
      const isTheirScreen = isMirrored(connection.state);
      // Whose run it is may be asked of them again: then, the page of the class says so.
      fieldset.toggleAttribute('data-mirrored', isTheirScreen);
      fieldset.toggleAttribute('data-run', run !== undefined);
      const isTheirs = isTheirScreen && run?.status === 'running';
      if (isTheirs && locked !== run.run && chosen() !== undefined) lock(run.run);
      const outcome = run?.outcome ?? null;
      const isSettled = run === undefined || outcome !== null;
      fieldset.disabled = !isOpen || !isSettled;
      const answer = run && answerTo(run);
      if (run === undefined || outcome === null) {
        const text = answer === undefined ? '' : strings.locked(labelOf(answer));
        return setVerdict(verdict, { state: 'none', text });
      }
      if (locked === run.run) {
        // The next answer is another one.
        locked = undefined;
        showChoice();
      }
      setVerdict(verdict, verdictOf(outcome, answer, labelOf));
    },
  };
};

const setVerdict = (element: HTMLElement, { state, text }: Verdict): void => {
  element.dataset.verdict = state;
  setText(element, text);
};
