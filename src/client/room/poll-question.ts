/** A question of the presenter, while it takes answers: one of each reader, which may be changed. */
import type { Poll } from '../../../server/workshop/protocol.ts';
import { poll as strings } from '../../strings/room.ts';
import { setText } from '../keep.ts';
import { closeByEscape, make, makeButton } from './make.ts';
import { votes } from './membership.ts';
import { answerOfStep, answerStep } from './own-question.ts';

export interface PollQuestion {
  readonly poll: string;
  readonly element: HTMLElement;
  /** Something is chosen that was not sent. */
  readonly isUnsent: boolean;
  /** What was said in its step is chosen here, too. */
  takeChoice(): void;
  /** Its step asks the same in sight: where there is little room, it is not asked twice. */
  yield(): void;
  /** Sends what is chosen. */
  submit(): void;
  /** Says what has become of the answer, wherever it was given. */
  render(): void;
}

export interface PollQuestionEvents {
  send(value: string): void;
  /** Says that an answer was sent. */
  voted(label: string): string;
  handleChoice(): void;
}

/** Little room, as the styles have it. */
const NARROW = '(max-width: 40em)';

export const createPollQuestion = (
  { poll, step, question: asking, options }: Poll,
  { send, voted, handleChoice }: PollQuestionEvents,
): PollQuestion => {
  // On the reader's own cluster, something else may happen.
  const question = step === null ? asking : strings.there(asking);
  const status = make('p', { role: 'status' });
  const given = () => options.find(({ value }) => value === votes.read()?.[poll]);
  /** The last answer that this page knows of. */
  let known = given()?.value;
  const submit = make('button', { type: 'submit' }, strings.vote);
  const radios = options.map(({ value }) =>
    make('input', { type: 'radio', name: 'room-poll', value }),
  );
  const choices = make(
    'fieldset',
    {},
    make('legend', {}, question),
    ...options.map(({ label }, index) => make('label', {}, radios[index] ?? '', ' ', label)),
  );
  const choose = (value: string | undefined): void => {
    for (const radio of radios) radio.checked = radio.value === value;
  };
  const chosen = () => radios.find(({ checked }) => checked)?.value;
  const takeChoice = (): void => {
    const said = answerOfStep(step);
    if (said !== undefined) choose(said);
  };
  // Where there is little room, it is cut.
  const asked = make('b', { title: question }, question);
  /** What was answered takes little room, until somebody thinks again; so does what is put off. */
  const unfold = makeButton('unfold-question', '', () => {
    set(true);
    (radios.find(({ checked }) => checked) ?? radios[0])?.focus();
  });
  const fold = makeButton('fold-question', strings.foldQuestion, () => close());
  const sayAnswer = (): void => {
    const label = given()?.label;
    if (choices.hidden && label !== undefined) setText(status, voted(label));
  };
  const set = (isOpen: boolean): void => {
    const label = given()?.label;
    for (const each of [choices, submit, fold]) each.hidden = !isOpen;
    for (const each of [asked, unfold]) each.hidden = isOpen;
    setText(unfold, label === undefined ? strings.unfoldQuestion : strings.again);
    setText(status, '');
    sayAnswer();
  };
  const putAway = (): void => {
    const hadFocus = form.contains(document.activeElement);
    set(false);
    if (hadFocus) unfold.focus();
  };
  const close = (): boolean => {
    if (choices.hidden) return false;
    putAway();
    return true;
  };
  const form = make(
    'form',
    {},
    choices,
    make('div', { class: 'line' }, asked, status, submit, fold, unfold),
  );
  choices.addEventListener('change', () => {
    const said = chosen();
    if (step !== null && said !== undefined) answerStep(step, said);
    handleChoice();
  });
  // Whoever thought again may leave it at what they have answered.
  closeByEscape(form, close);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const value = chosen();
    if (value === undefined) {
      setText(status, strings.choose);
      return;
    }
    known = value;
    send(value);
    votes.write({ ...votes.read(), [poll]: value });
    if (step !== null) answerStep(step, value);
    handleChoice();
    close();
  });
  choose(known);
  takeChoice();
  set(known === undefined);
  return {
    poll,
    element: form,
    get isUnsent() {
      return chosen() !== undefined && chosen() !== given()?.value;
    },
    takeChoice,
    yield: () => {
      if (matchMedia(NARROW).matches && !form.contains(document.activeElement)) set(false);
    },
    submit: () => form.requestSubmit(),
    render: () => {
      const now = given()?.value;
      // In another tab: it is this one's answer as well.
      if (now !== undefined && now !== known) {
        known = now;
        choose(now);
        if (step !== null) answerStep(step, now);
        putAway();
      }
      sayAnswer();
    },
  };
};
