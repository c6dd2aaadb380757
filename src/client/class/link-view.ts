/** What a presenter's page says of its hub; of a class that it does not lead any more, it shows nothing. */
import { setText } from '../keep.ts';
import type { LinkState } from './link.ts';
import { part } from './parts.ts';

/** What a page says of each state, or of since when it is so, and of the hub's last word. */
export type LinkWords = Readonly<
  Record<LinkState, string | ((since: Date, word: string) => string)>
>;

/** @param root has the state, for its styles. The result: whether there may be something to show. */
export const createLinkView = (
  root: HTMLElement,
  words: LinkWords,
): ((state: LinkState, word: string) => boolean) => {
  /** Since when it is so, by this page's clock. */
  let since = new Date();
  return (state, word) => {
    if (root.dataset.state !== state) since = new Date();
    root.dataset.state = state;
    const said = words[state];
    setText(part(root, 'state'), typeof said === 'string' ? said : said(since, word));
    const shows = state !== 'absent' && state !== 'denied' && state !== 'over';
    if (!shows) part(root, 'room').hidden = true;
    return shows;
  };
};
