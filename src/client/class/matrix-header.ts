/**
 * The steps of the chapter, each with how many have passed it, and the way there for all; before them
 * what only those run who need it.
 */
import { type RoomState, runs } from '../../../server/workshop/state.ts';
import { matrix as strings } from '../../strings/class.ts';
import { keep, setText } from '../keep.ts';
import type { ClassChapter } from './class-book.ts';
import type { Class } from './feed.ts';
import { button, element, part, setAttribute } from './parts.ts';
import type { Desk } from './view.ts';

interface Column {
  readonly id: string;
  readonly title: string;
  readonly isStep: boolean;
}

const FIRST: readonly Column[] = [
  { id: 'name', title: strings.name, isStep: false },
  { id: 'now', title: strings.now, isStep: false },
];

export const renderHeader = (
  row: HTMLElement,
  { room }: Class,
  chapter: ClassChapter,
  desk: Desk,
): void => {
  const all = Object.values(room.participants).filter(runs).length;
  keep(
    row,
    [
      ...FIRST,
      ...chapter.checkpoints.map((checkpoint) => ({ ...checkpoint, isStep: false })),
      ...chapter.steps.map((step) => ({ ...step, isStep: true })),
    ],
    ({ id }) => id,
    (cell, { id, title, isStep }) => {
      if (cell.childElementCount === 0) build(cell, id, title, isStep, chapter, desk);
      if (!isStep) return;
      const isHere = room.place?.step === id;
      setAttribute(cell, 'aria-current', isHere ? 'step' : null);
      const passed = countPassed(room, id);
      setText(
        part(cell, 'passed'),
        all === 0 ? strings.passedByNobody : strings.passedBy(passed, all),
      );
      setAttribute(
        cell,
        'data-label',
        all === 0 ? strings.passedByNobody : strings.passedByFull(passed, all),
      );
      part(cell, 'fill').style.setProperty('--share', String(all === 0 ? 0 : passed / all));
      const move = part(cell, 'move');
      move.classList.toggle('primary', isHere);
      setText(move, isHere ? strings.here : strings.go);
      setAttribute(move, 'aria-label', isHere ? strings.hereAt(title) : strings.moveTo(title));
    },
    'th',
  );
};

const build = (
  cell: HTMLElement,
  id: string,
  title: string,
  isStep: boolean,
  chapter: ClassChapter,
  desk: Desk,
): void => {
  cell.setAttribute('scope', 'col');
  cell.setAttribute('role', 'columnheader');
  cell.append(element('span', 'title', title));
  if (!FIRST.some((column) => column.id === id)) {
    cell.dataset.title = title;
    cell.dataset.label = '';
  }
  if (!isStep) {
    cell.tabIndex = -1;
    return;
  }
  const passed = element('span', 'passed');
  passed.dataset.part = 'passed';
  const bar = element('i');
  bar.dataset.part = 'fill';
  const move = button(strings.go, () =>
    desk.command({ kind: 'move', to: { chapter: chapter.id, step: id } }),
  );
  move.dataset.part = 'move';
  move.tabIndex = -1;
  cell.append(bar, passed, move);
};

const countPassed = ({ participants }: RoomState, step: string): number => {
  let passed = 0;
  for (const { steps } of Object.values(participants)) {
    if (steps[step]?.status === 'passed') passed += 1;
  }
  return passed;
};
