/** Whose hand is up, the longest first. */
import { help as strings } from '../../strings/class.ts';
import { keep, setText } from '../keep.ts';
import { awayOf } from './away.ts';
import { titleOf } from './class-book.ts';
import { createFew } from './few.ts';
import { queueOf, type Waiting } from './help-queue.ts';
import { button, element, part, setAttribute } from './parts.ts';
import type { Desk, View } from './view.ts';

/** Who wait for somebody, and are shown at once. */
const MOST = 3;

export interface HelpView extends View {
  /** On who waits for longest. */
  focus(): void;
}

export const createHelpView = (root: HTMLElement, desk: Desk): HelpView => {
  const build = (row: HTMLElement, { participant, nickname }: Waiting): void => {
    const name = button(nickname, () => desk.open(participant));
    name.className = 'name';
    name.setAttribute('aria-label', strings.look(nickname));
    const claim = button(strings.claim, () => desk.command({ kind: 'claim', participant }));
    claim.dataset.part = 'claim';
    claim.setAttribute('aria-label', strings.claimOf(nickname));
    const done = button(strings.done, () => desk.command({ kind: 'help-done', participant }));
    done.setAttribute('aria-label', strings.doneOf(nickname));
    const where = element('span', 'where');
    where.dataset.part = 'where';
    const why = element('span', 'reason');
    why.dataset.part = 'why';
    const buttons = element('span', 'buttons');
    buttons.append(claim, done);
    row.append(name, where, buttons, why);
  };
  let now = 0;
  const render = createFew<Waiting>(part(root, 'queue'), {
    rest: (others) => strings.rest(waitingIn(others)),
    draw: (list, queue) =>
      keep(
        list,
        queue,
        ({ participant, since }) => `${participant} ${since}`,
        (row, waiting) => {
          if (row.childElementCount === 0) build(row, waiting);
          row.toggleAttribute('data-claimed', waiting.claimed);
          row.toggleAttribute('data-away', waiting.isAway);
          const step = waiting.step === null ? strings.anywhere : titleOf(desk.book, waiting.step);
          const since = waiting.claimed ? strings.claimed : strings.waiting(now - waiting.since);
          setText(part(row, 'where'), `${step} · ${waiting.isAway ? strings.away : since}`);
          setText(part(row, 'why'), waiting.reason);
          // It has one line.
          setAttribute(part(row, 'why'), 'title', waiting.reason);
          part(row, 'claim').hidden = waiting.claimed;
        },
        'li',
      ),
  });
  return {
    focus: () => part(root, 'queue').querySelector('button')?.focus(),
    render: (known, at) => {
      now = at;
      const queue = queueOf(known.room, awayOf(known, at));
      render(queue, howMany(queue));
      part(root, 'help-none').hidden = queue.length > 0;
      const waiting = waitingIn(queue);
      const count = part(root, 'help-count');
      setText(count, strings.count(waiting, queue.length - waiting));
      count.toggleAttribute('data-waiting', waiting > 0);
    },
  };
};

const waitingIn = (queue: readonly Waiting[]): number =>
  queue.filter(({ claimed }) => !claimed).length;

/** Who is gone to stays where they were, and takes the place of nobody who waits. */
const howMany = (queue: readonly Waiting[]): number => {
  const waiting = queue.flatMap(({ claimed }, index) => (claimed ? [] : [index]));
  return waiting[MOST] ?? queue.length;
};
