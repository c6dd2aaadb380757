/** What a class has answered, and in the end what has happened. */
import type { Poll } from '../../../server/workshop/protocol.ts';
import { prediction } from '../../strings/prediction.ts';
import { poll as strings } from '../../strings/room.ts';
import { setText } from '../keep.ts';
import { closeByEscape, make, makeButton } from './make.ts';
import { votes } from './membership.ts';

export interface PollResult {
  /** @param isUnsent whether something else was chosen here, and not sent, when it ended. */
  draw(poll: Poll, isUnsent: boolean): void;
  /** The next one begins as a line. */
  fold(): void;
}

const percent = (count: number, all: number): string => `${all === 0 ? 0 : (100 * count) / all}%`;

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

/** What is said before: it was chosen, and nobody was told. */
const unsentOf = ({ options }: Poll, mine: string | undefined): string => {
  const counted = options.find(({ value }) => value === mine)?.label;
  return counted === undefined ? strings.notSent : strings.changeNotSent(counted);
};

/**
 * @param element where it is drawn.
 * @param handleHide its reader has seen enough of it.
 */
export const createPollResult = (
  element: HTMLElement,
  handleHide: (poll: Poll) => void,
): PollResult => {
  /** Whether all of it is shown also where there is little room. */
  let open = false;
  /** There before it says something: what comes into it is read out. */
  const verdict = make('p', { 'data-part': 'verdict', role: 'status' });
  let foldResult = (): void => {};
  closeByEscape(element, () => {
    if (!open) return false;
    foldResult();
    return true;
  });
  const draw: PollResult['draw'] = (poll, isUnsent) => {
    const { question, options, counts, outcome } = poll;
    const all = Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);
    const mine = votes.read()?.[poll.poll];
    const own = options.find(({ value }) => value === mine);
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
      handleHide(poll);
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
          ...(own === undefined ? [] : [make('span', { class: 'own' }, strings.voted(own.label))]),
        ),
        unfold,
        hide,
      ),
      verdict,
      make('ul', { role: 'list' }, ...rows),
    );
    [unfold, hide].find((each) => each.dataset.part === focused)?.focus();
    const said = verdictOf(poll, mine);
    setText(verdict, isUnsent ? `${unsentOf(poll, mine)} ${said}`.trim() : said);
  };
  return {
    draw,
    fold: () => {
      open = false;
    },
  };
};
