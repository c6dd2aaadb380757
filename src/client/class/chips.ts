/** Groups of people, each a button that shows only their rows. */
import { keep, setText } from '../keep.ts';
import { button } from './parts.ts';
import type { Desk, Filter } from './view.ts';

/** What each button filters by, as it was last shown. */
const filters = new WeakMap<Element, Filter>();

export const renderChips = (list: HTMLElement, desk: Desk, groups: readonly Filter[]): void =>
  keep(
    list,
    groups,
    ({ key }) => key,
    (row, group) => {
      filters.set(row, group);
      const chip =
        row.querySelector('button') ??
        row.appendChild(button('', () => desk.filter(filters.get(row))));
      chip.dataset.key = group.key;
      setText(chip, group.title);
    },
    'li',
  );
