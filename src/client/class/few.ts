/** The first of a list, and the others on demand: however many there are, what is below it stays near. */
import { setText } from '../keep.ts';
import { element } from './parts.ts';

export interface FewOptions<Item> {
  /** What the others are called. */
  readonly rest: (others: readonly Item[]) => string;
  readonly draw: (list: HTMLElement, items: readonly Item[]) => void;
}

/**
 * @param list has the others right after it: once opened, they stay so.
 * The result draws all, the first `most` of them in `list`.
 */
export const createFew = <Item>(
  list: HTMLElement,
  { rest, draw }: FewOptions<Item>,
): ((items: readonly Item[], most: number) => void) => {
  const [others, summary] = [element('details', 'others'), element('summary')];
  const more = list.cloneNode() as HTMLElement;
  delete more.dataset.part;
  others.append(summary, more);
  list.after(others);
  return (items, most) => {
    draw(list, items.slice(0, most));
    const left = items.slice(most);
    draw(more, left);
    setText(summary, rest(left));
    others.hidden = left.length === 0;
  };
};
