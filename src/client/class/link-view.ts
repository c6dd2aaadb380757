/** What a presenter's page says of its hub; of a class that it does not lead any more, it shows nothing. */
import { dashboard as strings } from '../../strings/class.ts';
import { setText } from '../keep.ts';
import type { LinkState } from './link.ts';
import { part } from './parts.ts';

/** @param root has the state, for its styles. The result: whether there may be something to show. */
export const createLinkView = (root: HTMLElement): ((state: LinkState) => boolean) => {
  /** Since when it is so, by this page's clock. */
  let since = new Date();
  return (state) => {
    if (root.dataset.state !== state) since = new Date();
    root.dataset.state = state;
    setText(part(root, 'state'), state === 'lost' ? strings.lost(since) : strings[state]);
    const shows = state === 'connecting' || state === 'open' || state === 'lost';
    if (!shows) part(root, 'room').hidden = true;
    return shows;
  };
};
