/** What a poll asks, its step asks each reader as well: who has answered one need not answer the other. */
import { poll as strings } from '../../strings/room.ts';
import { setText } from '../keep.ts';
import { choiceFor, keepChoice, labelIn } from '../prediction-verdict.ts';
import { make, makeButton } from './make.ts';

const QUESTION = '[data-part="predict"]';

const questionOf = (step: string): HTMLFieldSetElement | null =>
  document.querySelector(`lab-step[data-step="${CSS.escape(step)}"] ${QUESTION}`);

/** As if it had been said there: on this page, or once its reader comes to the step. */
export const answerStep = (step: string, value: string): void => {
  keepChoice(step, value);
  const question = questionOf(step);
  if (question === null || question.disabled) return;
  for (const each of question.querySelectorAll('input')) each.checked = each.value === value;
};

/** What was said there is chosen here, too; to send it is another thing. */
export const answerOfStep = (step: string | null): string | undefined =>
  step === null ? undefined : choiceFor(step);

export const watchSteps = (handleChoice: () => void): void =>
  document.addEventListener('change', ({ target }) => {
    if (target instanceof Element && target.closest(QUESTION) !== null) handleChoice();
  });

/** The presenter's last question. `answer`: what was sent. */
interface Asked {
  readonly step: string | null;
  readonly open: boolean;
  readonly answer: string | undefined;
}

export interface OwnQuestion {
  render(asked: Asked | null): void;
}

/**
 * Says in the step that its question is the class's now, and sends from there, too.
 *
 * @param submit what is chosen.
 * @param voted says that an answer was sent.
 * @param handleSeen its button is in sight.
 */
export const createOwnQuestion = (
  submit: () => void,
  voted: (label: string) => string,
  handleSeen: () => void,
): OwnQuestion => {
  const send = makeButton('vote-here', strings.vote, () => {
    const chosen = now?.querySelector<HTMLInputElement>('input:checked');
    if (!chosen) return setText(words, strings.choose);
    submit();
    // The button is gone by now.
    chosen.focus();
  });
  const words = make('span', { role: 'status' });
  const line = make('p', { class: 'how', 'data-part': 'in-step' }, send, words);
  const sight = new IntersectionObserver((entries) => {
    if (entries.at(-1)?.isIntersecting) handleSeen();
  });
  sight.observe(send);
  let now: HTMLFieldSetElement | null = null;
  return {
    render: (asked) => {
      const question = asked?.step ? questionOf(asked.step) : null;
      if (now !== question) now?.removeAttribute('data-asked');
      now = question;
      if (asked === null || question === null || !asked.open) line.remove();
      if (asked === null || question === null) return;
      question.dataset.asked = asked.open ? 'open' : 'ended';
      if (!asked.open) return;
      if (line.previousElementSibling !== question) question.after(line);
      const { answer } = asked;
      const chosen = question.querySelector<HTMLInputElement>('input:checked')?.value ?? answer;
      const isSent = answer !== undefined && chosen === answer;
      send.hidden = isSent;
      const sent = answer === undefined ? undefined : voted(labelIn(question)(answer));
      if (sent === undefined) setText(words, strings.inStep);
      else setText(words, isSent ? sent : strings.changed(sent));
    },
  };
};
