/** Groups of people, each a button that shows only their rows. */
import { keep, setText } from '../keep.ts';
import { button, element, part, setAttribute } from './parts.ts';
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
      if (row.childElementCount === 0) {
        const chip = button('', () => desk.filter(filters.get(row)));
        chip.dataset.part = 'chip';
        const label = element('span');
        label.dataset.part = 'label';
        chip.append(label);
        row.append(chip);
      }
      setAttribute(part(row, 'chip'), 'data-key', group.key);
      // Of what is long, it shows the beginning.
      setAttribute(part(row, 'chip'), 'title', group.title);
      setText(part(row, 'label'), group.title);
    },
    'li',
  );
