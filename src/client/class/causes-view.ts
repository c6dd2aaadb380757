/** What keeps people, and how many. */
import { causes as strings } from '../../strings/class.ts';
import { awayOf } from './away.ts';
import { type Cause, causesOf } from './causes.ts';
import { renderChips } from './chips.ts';
import { titleOf } from './class-book.ts';
import { createFew } from './few.ts';
import { part } from './parts.ts';
import type { Desk, Filter, View } from './view.ts';

/** As many as are taken in at a glance. */
const MOST = 5;

export const createCausesView = (root: HTMLElement, desk: Desk): View => {
  const textOf = ({ step, text, others }: Cause): string => {
    const said = `${text === '' ? strings.untold : text}${strings.others(others)}`;
    return step === null ? said : `${titleOf(desk.book, step)} — ${said}`;
  };
  const render = createFew<Filter>(part(root, 'causes'), {
    rest: ({ length }) => strings.rest(length),
    draw: (list, groups) => renderChips(list, desk, groups),
  });
  return {
    render: (known, at) => {
      const found = causesOf(known.room, awayOf(known, at));
      render(
        found.map((cause) => ({
          key: cause.key,
          title: strings.cause(cause.people.length, textOf(cause), cause.away),
          people: (now) => causesOf(now.room).find(({ key }) => key === cause.key)?.people ?? [],
        })),
        MOST,
      );
      part(root, 'causes-none').hidden = found.length > 0;
    },
  };
};
