/** What keeps people, and how many. */
import { causes as strings } from '../../strings/class.ts';
import { type Cause, causesOf } from './causes.ts';
import { renderChips } from './chips.ts';
import { titleOf } from './class-book.ts';
import { part } from './parts.ts';
import type { Desk, View } from './view.ts';

export const createCausesView = (root: HTMLElement, desk: Desk): View => {
  const textOf = ({ step, text, others }: Cause): string => {
    const said = `${text === '' ? strings.untold : text}${strings.others(others)}`;
    return step === null ? said : `${titleOf(desk.book, step)} — ${said}`;
  };
  return {
    render: ({ room }) => {
      const found = causesOf(room);
      renderChips(
        part(root, 'causes'),
        desk,
        found.map((cause) => ({
          key: cause.key,
          title: strings.cause(cause.people.length, textOf(cause)),
          people: (now) => causesOf(now.room).find(({ key }) => key === cause.key)?.people ?? [],
        })),
      );
      part(root, 'causes-none').hidden = found.length > 0;
    },
  };
};
