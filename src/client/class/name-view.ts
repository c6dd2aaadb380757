/** Which class this is: a name that was mistyped opened another one. */
import { dashboard as strings } from '../../strings/class.ts';
import { setText } from '../keep.ts';
import type { View } from './view.ts';

/** @param heading the page's own. */
export const createNameView = (heading: Element | null): View => ({
  render: ({ room }) => {
    const title = strings.of(room.name);
    if (heading !== null) setText(heading, title);
    if (document.title !== title) document.title = title;
  },
});
