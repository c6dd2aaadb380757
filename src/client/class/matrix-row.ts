/** One person's row. What is as it was is not even looked at: most rows are, most of the time. */
import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import { type Participant, runs } from '../../../server/workshop/state.ts';
import { matrix as strings } from '../../strings/class.ts';
import { keep, setText } from '../keep.ts';
import { cellOf } from './cell.ts';
import { type ClassBook, type ClassChapter, runnableIn, titleOf } from './class-book.ts';
import type { Class } from './feed.ts';
import { button, element, part, setAttribute } from './parts.ts';
import { latestOf, retryingSince, slowSince, stuckSince } from './standing.ts';

/** What each row was made of. */
const made = new WeakMap<HTMLElement, readonly unknown[]>();

const MINUTE = 60_000;

export const renderRow = (
  row: HTMLElement,
  id: ParticipantId,
  { room }: Class,
  chapter: ClassChapter,
  at: number,
  book: ClassBook,
  isAway: boolean,
): void => {
  const person = room.participants[id];
  if (person === undefined) return;
  const stuck = stuckSince(person);
  const latest = latestOf(person);
  const runnable = runnableIn(chapter);
  const of = [
    chapter,
    room.place?.step,
    isAway,
    person.lab,
    person.hand,
    person.hand?.claimed,
    stuck,
    // Of what is counted in minutes, and of what runs.
    !isAway && (stuck !== null || latest?.status === 'running') ? Math.floor(at / (MINUTE / 6)) : 0,
    latest?.since,
    latest?.background,
    // A report puts a new one in its place.
    ...runnable.map(({ id }) => person.steps[id]),
  ];
  const before = made.get(row);
  if (before?.length === of.length && of.every((each, index) => each === before[index])) return;
  made.set(row, of);
  setAttribute(row, 'role', 'row');
  setAttribute(row, 'data-participant', id);
  setAttribute(row, 'data-stuck', stuck === null || isAway ? null : '');
  setAttribute(row, 'data-away', isAway ? '' : null);
  keep(
    row,
    ['name', 'now', ...runnable.map((step) => step.id)],
    (column) => column,
    (cell, column) => {
      if (column === 'name') renderName(cell, person, at, isAway);
      else if (column === 'now') renderNow(cell, person, at, book, isAway);
      else {
        const title = titleOf(book, column);
        renderCell(cell, column, title, person, at, room.place?.step === column, isAway);
      }
    },
    'td',
  );
};

const renderName = (cell: HTMLElement, person: Participant, at: number, isAway: boolean): void => {
  if (cell.childElementCount === 0) {
    cell.className = 'name';
    cell.setAttribute('role', 'rowheader');
    const name = button(person.nickname, () => {});
    name.tabIndex = -1;
    name.dataset.part = 'nickname';
    name.setAttribute('aria-label', strings.person(person.nickname));
    const presence = element('span', 'presence');
    presence.dataset.part = 'presence';
    presence.setAttribute('role', 'img');
    const [lab, standing] = [element('small', 'lab'), element('small', 'standing')];
    lab.dataset.part = 'lab';
    standing.dataset.part = 'standing';
    const hand = element('span', 'hand');
    hand.dataset.part = 'hand';
    cell.append(presence, name, hand, lab, standing);
  }
  const presence = part(cell, 'presence');
  setAttribute(presence, 'aria-label', isAway ? strings.offline : strings.online);
  setAttribute(presence, 'data-online', isAway ? null : '');
  setText(part(cell, 'lab'), isAway ? strings.offline : strings.lab(person.lab));
  // Narrow, there is no column for it.
  setText(part(cell, 'standing'), howOf(person, at, isAway));
  const { hand } = person;
  setText(part(cell, 'hand'), hand === null ? '' : hand.claimed ? strings.claimed : strings.hand);
  setAttribute(part(cell, 'hand'), 'data-claimed', hand?.claimed ? '' : null);
};

const renderNow = (
  cell: HTMLElement,
  person: Participant,
  at: number,
  book: ClassBook,
  isAway: boolean,
): void => {
  if (cell.childElementCount === 0) {
    cell.className = 'now';
    cell.setAttribute('role', 'gridcell');
    cell.tabIndex = -1;
    const [how, where] = [element('b'), element('span')];
    how.dataset.part = 'how';
    where.dataset.part = 'where';
    cell.append(how, where);
  }
  const latest = latestOf(person);
  setAttribute(cell, 'data-status', latest?.status ?? 'idle');
  setText(part(cell, 'where'), latest === undefined ? '' : titleOf(book, latest.step));
  const how = howOf(person, at, isAway);
  setText(part(cell, 'how'), how);
  const said = latest === undefined ? how : cellOf(latest, at, { isAway }).label;
  setAttribute(cell, 'data-label', said);
};

/** In a word. Of who is away, nobody knows for how long. */
const howOf = (person: Participant, at: number, isAway: boolean): string => {
  const [latest, stuck, slow] = [latestOf(person), stuckSince(person), slowSince(person, at)];
  const retrying = retryingSince(person);
  if (latest === undefined) return runs(person) ? strings.nothing : strings.reads;
  if (stuck !== null) return isAway ? strings.stuckThen : strings.stuck(at - stuck);
  if (isAway && (latest.status === 'running' || latest.background)) return strings.runningThen;
  if (latest.background) return strings.passedAndRuns;
  if (retrying !== null) return strings.retrying(at - retrying);
  return slow === null ? strings[latest.status] : strings.slow(at - slow);
};

const renderCell = (
  cell: HTMLElement,
  step: string,
  title: string,
  person: Participant,
  at: number,
  isHere: boolean,
  isAway: boolean,
): void => {
  if (cell.childElementCount === 0) {
    cell.className = 'cell';
    cell.setAttribute('role', 'gridcell');
    cell.tabIndex = -1;
    cell.append(element('span'));
    cell.dataset.title = title;
  }
  const { status, mark, label } = cellOf(person.steps[step], at, {
    reads: !runs(person),
    isAway,
  });
  setAttribute(cell, 'data-status', status);
  setAttribute(cell, 'data-here', isHere ? '' : null);
  setAttribute(cell, 'data-label', label);
  setAttribute(cell, 'aria-label', strings.cell(person.nickname, title, label));
  const [sign] = cell.children;
  // Drawn, not said: the cell's name says more.
  if (sign !== undefined) setAttribute(sign, 'data-mark', mark === '' ? null : mark);
};
