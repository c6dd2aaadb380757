/**
 * A question of the presenter: one answer, which may be changed; when it has ended, how many gave which,
 * and in the end what has happened.
 */
import type { Poll } from '../../../server/workshop/protocol.ts';
import { prediction } from '../../strings/prediction.ts';
import { poll as strings } from '../../strings/room.ts';
import { isAsked } from '../class/asked.ts';
import { setText } from '../keep.ts';
import { closeByEscape, make, makeButton } from './make.ts';
import { askedPoll, hiddenPoll, votes } from './membership.ts';
import { answerOfStep, answerStep, createOwnQuestion, watchSteps } from './own-question.ts';
import type { Room } from './room.ts';

export interface PollView {
  readonly element: HTMLElement;
  render(): void;
}

const percent = (count: number, all: number): string => `${all === 0 ? 0 : (100 * count) / all}%`;

/** Put away before it was known what has happened, it comes once more. */
const nameOf = ({ poll, outcome }: Poll): string => (outcome === null ? poll : `${poll} outcome`);

/** @param mine what this reader has answered. */
const verdictOf = ({ options, outcome }: Poll, mine: string | undefined): string => {
  if (outcome === null) return '';
  const { value, reason } = outcome;
  const labelOf = (wanted: string | null) => options.find((each) => each.value === wanted)?.label;
  const [found, said] = [labelOf(value), labelOf(mine ?? null)];
  if (found === undefined)
    return said === undefined ? prediction.unseen(reason) : prediction.unknown(said, reason);
  if (said === undefined) return reason;
  return mine === value ? prediction.right(said, reason) : prediction.wrong(said, found, reason);
};

/**
 * In a line: what most have answered, and what has happened. Where there is little room, the first is cut
 * before the second, and no number is.
 */
const shortOf = ({ options, counts, outcome }: Poll): HTMLElement => {
  const given = options.map(({ value }) => counts?.[value] ?? 0);
  const most = Math.max(...given);
  const all = given.reduce((sum, count) => sum + count, 0);
  const leading = options.filter((_, index) => all > 0 && given[index] === most);
  const happened = options.find(({ value }) => value === outcome?.value);
  const [first] = leading;
  const words: HTMLElement[] = [];
  const say = (text: string, name = ''): void => {
    words.push(make('span', { class: name }, text));
  };
  if (first === undefined) say(strings.nobody);
  else if (leading.length > 1) say(strings.tie(leading.length));
  else say(first.label, 'cut first');
  if (first !== undefined) say(strings.percent(most, all));
  if (happened !== undefined && happened === first && leading.length === 1)
    say(strings.happenedToo);
  else if (happened !== undefined) say(strings.happened(happened.label), 'cut');
  return make('span', { class: 'short' }, ...words.flatMap((each) => [each, ' ']));
};

export const createPoll = (room: Pick<Room, 'view' | 'vote' | 'line'>): PollView => {
  const element = make('div', { 'data-part': 'poll' });
  /** What is drawn: drawn anew, a choice that was not sent would be lost. */
  let drawn = '';
  /** Whether all of a result is shown also where there is little room. */
  let open = false;
  /** There before it says something: what comes into it is read out. */
  const verdict = make('p', { 'data-part': 'verdict', role: 'status' });

  /** What is said in the step of the question that is drawn. */
  let takeChoice = (): void => {};
  const voted = (label: string): string => {
    const isWaiting = room.line.waiting.some(({ kind }) => kind === 'vote');
    const isLater = isWaiting && room.line.state !== 'open';
    return isLater ? strings.votedLater(label) : strings.voted(label);
  };
  /** Says what has become of an answer. */
  let sayAnswer = (): void => {};
  let submitAnswer = (): void => {};
  const ownQuestion = createOwnQuestion(() => submitAnswer(), voted);
  const renderStep = (): void => {
    const { poll = null } = room.line.state === 'ended' ? {} : (room.view ?? {});
    ownQuestion.render(poll && { ...poll, answer: votes.read()?.[poll.poll] });
  };
  watchSteps(() => {
    takeChoice();
    renderStep();
  });
  /** The last poll that ended while its choice here was not sent. */
  let unsent = '';

  const drawQuestion = ({ poll, step, question: asking, options }: Poll): void => {
    // On the reader's own cluster, something else may happen.
    const question = step === null ? asking : strings.there(asking);
    const status = make('p', { role: 'status' });
    const given = () => options.find(({ value }) => value === votes.read()?.[poll]);
    const submit = make('button', { type: 'submit' }, strings.vote);
    const choices = make(
      'fieldset',
      {},
      make('legend', {}, question),
      ...options.map(({ value, label }) => {
        const radio = make('input', { type: 'radio', name: 'room-poll', value });
        radio.checked = value === given()?.value;
        return make('label', {}, radio, ' ', label);
      }),
    );
    takeChoice = () => {
      const said = answerOfStep(step);
      if (said === undefined) return;
      for (const radio of choices.querySelectorAll('input')) radio.checked = radio.value === said;
    };
    takeChoice();
    // Where there is little room, it is cut.
    const asked = make('b', { title: question }, question);
    /** What was answered takes little room, until somebody thinks again; so does what is put off. */
    const unfold = makeButton('unfold-question', '', () => {
      set(true);
      const radios = [...choices.querySelectorAll('input')];
      (radios.find(({ checked }) => checked) ?? radios[0])?.focus();
    });
    const fold = makeButton('fold-question', strings.foldQuestion, () => close());
    sayAnswer = () => {
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
    const close = (): boolean => {
      if (choices.hidden) return false;
      const hadFocus = element.contains(document.activeElement);
      set(false);
      if (hadFocus) unfold.focus();
      return true;
    };
    const form = make(
      'form',
      {},
      choices,
      make('div', { class: 'line' }, asked, status, submit, fold, unfold),
    );
    submitAnswer = () => form.requestSubmit();
    choices.addEventListener('change', () => {
      const said = choices.querySelector<HTMLInputElement>('input:checked')?.value;
      if (step !== null && said !== undefined) answerStep(step, said);
      renderStep();
    });
    // Whoever thought again may leave it at what they have answered.
    closeByEscape(form, close);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const value = new FormData(form).get('room-poll');
      const chosen = options.find((option) => option.value === value);
      if (chosen === undefined) {
        setText(status, strings.choose);
        return;
      }
      room.vote(poll, chosen.value);
      votes.write({ ...votes.read(), [poll]: chosen.value });
      if (step !== null) answerStep(step, chosen.value);
      renderStep();
      close();
    });
    set(given() === undefined);
    element.replaceChildren(form);
  };
  let foldResult = (): void => {};
  closeByEscape(element, () => {
    if (!open) return false;
    foldResult();
    return true;
  });
  const drawResult = (poll: Poll): void => {
    const { question, options, counts, outcome } = poll;
    const all = Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);
    const mine = votes.read()?.[poll.poll];
    const rows = options.map(({ value, label }) => {
      const count = counts?.[value] ?? 0;
      const bar = make('span', { class: 'bar', 'aria-hidden': 'true' });
      bar.style.setProperty('--part', percent(count, all));
      const own = value === mine ? ` · ${strings.mine}` : '';
      return make(
        'li',
        value === mine ? { 'data-mine': '' } : {},
        make(
          'span',
          {},
          `${label}${own}`,
          ...(value === outcome?.value ? [' ', make('b', {}, strings.actual)] : []),
        ),
        bar,
        make('span', { class: 'count' }, strings.count(count, all)),
      );
    });
    const unfold = makeButton('unfold-poll', '', () => set(!open));
    const set = (next: boolean): void => {
      open = next;
      element.toggleAttribute('data-open', open);
      setText(unfold, open ? strings.fold : strings.unfold);
      unfold.ariaExpanded = String(open);
    };
    set(open);
    foldResult = () => {
      set(false);
      unfold.focus();
    };
    const hide = makeButton('hide-poll', '×', () => {
      hiddenPoll.write(nameOf(poll));
      render();
    });
    hide.ariaLabel = strings.hide;
    hide.title = strings.hide;
    const focused = element.querySelector<HTMLElement>('button:focus')?.dataset.part;
    element.replaceChildren(
      make(
        'div',
        { class: 'line' },
        make(
          'p',
          {},
          make('b', {}, `${strings.results}: `),
          make('span', { class: 'whole' }, question),
          shortOf(poll),
        ),
        unfold,
        hide,
      ),
      verdict,
      make('ul', { role: 'list' }, ...rows),
    );
    [unfold, hide].find((each) => each.dataset.part === focused)?.focus();
    const isUnsent = mine === undefined && unsent === poll.poll;
    const said = verdictOf(poll, mine);
    setText(verdict, isUnsent ? `${strings.notSent} ${said}`.trim() : said);
  };
  const render = (): void => {
    const { poll = null, moves = 0 } = room.view ?? {};
    renderStep();
    sayAnswer();
    const shows = poll !== null && isAsked(poll, moves, askedPoll);
    // Of a class that is not led now, nothing is asked.
    element.hidden = !shows || room.line.isElsewhere || hiddenPoll.read() === nameOf(poll);
    if (!shows) return;
    const next = `${poll.poll} ${poll.open} ${JSON.stringify([poll.counts, poll.outcome])}`;
    if (next === drawn) return;
    if (!drawn.startsWith(poll.poll)) open = false;
    else if (!poll.open && element.querySelector('input:checked') !== null) unsent = poll.poll;
    drawn = next;
    if (poll.open) drawQuestion(poll);
    else drawResult(poll);
  };
  return { element, render };
};
