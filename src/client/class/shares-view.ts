/** Who shows something now, whatever else is looked at. */
import { look as strings } from '../../strings/class.ts';
import { keep, setText } from '../keep.ts';
import { button, element, part } from './parts.ts';
import type { Shares } from './shares.ts';
import type { Desk, View } from './view.ts';

export const createSharesView = (root: HTMLElement, desk: Desk, shares: Shares): View => ({
  render: ({ room }) =>
    keep(
      part(root, 'shares'),
      shares.all,
      ({ run }) => run,
      (row, { participant }) => {
        if (row.childElementCount === 0) {
          row.append(
            element('span'),
            button(strings.view, () => desk.open(participant)),
          );
        }
        const nickname = room.participants[participant]?.nickname ?? '';
        const [text, view] = row.children;
        if (text !== undefined) setText(text, strings.strip(nickname));
        view?.setAttribute('aria-label', `${strings.view}: ${nickname}`);
      },
      'li',
    ),
});
