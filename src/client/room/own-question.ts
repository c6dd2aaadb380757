/** What a poll asks, its step asks each reader as well: who has answered one need not answer the other. */
import { choiceFor, keepChoice } from '../prediction-verdict.ts';

const QUESTION = '[data-part="predict"]';

/** As if it had been said there: on this page, or once its reader comes to the step. */
export const answerStep = (step: string, value: string): void => {
  keepChoice(step, value);
  const question = `lab-step[data-step="${CSS.escape(step)}"] ${QUESTION}:enabled`;
  for (const each of document.querySelectorAll<HTMLInputElement>(`${question} input`))
    each.checked = each.value === value;
};

/** What was said there is chosen here, too; to send it is another thing. */
export const answerOfStep = (step: string | null): string | undefined =>
  step === null ? undefined : choiceFor(step);

export const watchSteps = (handleChoice: () => void): void =>
  document.addEventListener('change', ({ target }) => {
    if (target instanceof Element && target.closest(QUESTION) !== null) handleChoice();
  });
