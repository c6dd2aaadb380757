/** What a step asks beforehand, asked of the whole class. */
import type { PollState } from '../../../server/workshop/state.ts';
import { present as strings } from '../../strings/present.ts';
import { setText } from '../keep.ts';
import { uuid } from '../uuid.ts';
import { make, makeButton } from './make.ts';
import type { Presenter } from './present.ts';

/** Options that a poll may have. */
const MOST = 8;

interface Question {
  readonly fieldset: HTMLElement;
  readonly step: string;
  readonly question: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

const questionsOfPage = (): Question[] =>
  [...document.querySelectorAll<HTMLElement>('lab-step [data-part="predict"]')].map((fieldset) => ({
    fieldset,
    step: fieldset.closest('lab-step')?.getAttribute('data-step') ?? '',
    question: fieldset.querySelector('legend')?.textContent?.trim() ?? '',
    options: [...fieldset.querySelectorAll('input')].map(({ value, nextElementSibling }) => ({
      value,
      label: nextElementSibling?.textContent?.trim() || value,
    })),
  }));

/** @returns how to take them away. */
export const askHere = (presenter: Presenter): (() => void) => {
  const lines = questionsOfPage()
    .filter(({ options }) => options.length >= 2 && options.length <= MOST)
    .map(({ fieldset, step, question, options }) => {
      const pollOf = (): PollState | undefined =>
        presenter.class?.room.polls.findLast((poll) => poll.step === step);
      const ask = makeButton('ask', strings.ask, () =>
        presenter.command({ kind: 'poll', poll: uuid(), step, question, options: [...options] }),
      );
      const close = makeButton('close', strings.close, () => {
        const poll = pollOf();
        if (poll?.open) presenter.command({ kind: 'poll-end', poll: poll.poll });
      });
      const words = make('span', { role: 'status' });
      const element = make('p', { class: 'how', 'data-part': 'ask-here' }, ask, close, words);
      fieldset.after(element);
      const render = (): void => {
        const poll = pollOf();
        const isOpen = poll?.open === true;
        // A button that vanishes would take the focus with it.
        const [shown, hidden] = isOpen ? [close, ask] : [ask, close];
        shown.hidden = false;
        if (document.activeElement === hidden) shown.focus();
        hidden.hidden = true;
        setText(words, poll === undefined ? '' : textOf(poll));
        // This page may be on the wall.
        fieldset.dataset.asked = isOpen ? 'open' : 'ended';
      };
      presenter.subscribe(render);
      render();
      return { element, fieldset };
    });
  return () => {
    for (const { element, fieldset } of lines) {
      element.remove();
      delete fieldset.dataset.asked;
    }
  };
};

const textOf = ({ open, options, votes }: PollState): string => {
  const answers = Object.values(votes);
  if (open) return strings.asking(answers.length);
  const results = options.map(({ value, label }) =>
    strings.result(label, answers.filter((answer) => answer === value).length),
  );
  return strings.asked(results.join(' · '));
};
