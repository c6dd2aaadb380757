/** Who shows something now, whatever else is looked at. */
import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import { look as strings } from '../../strings/class.ts';
import { keep, setText } from '../keep.ts';
import { createFew } from './few.ts';
import { button, element, part } from './parts.ts';
import type { Share, Shares } from './shares.ts';
import type { Desk, View } from './view.ts';

/** What is looked at at once: what is below is not to be pushed away. */
const MOST = 2;

export const createSharesView = (root: HTMLElement, desk: Desk, shares: Shares): View => {
  let nameOf = (_participant: ParticipantId): string => '';
  const render = createFew<Share>(part(root, 'shares'), {
    rest: ({ length }) => strings.rest(length),
    draw: (list, shown) =>
      keep(
        list,
        shown,
        ({ participant }) => participant,
        (row, { participant }) => {
          if (row.childElementCount === 0) {
            row.append(
              element('span'),
              button(strings.view, () => desk.open(participant)),
            );
          }
          const nickname = nameOf(participant);
          const [text, view] = row.children;
          if (text !== undefined) setText(text, strings.strip(nickname));
          view?.setAttribute('aria-label', `${strings.view}: ${nickname}`);
        },
        'li',
      ),
  });
  return {
    render: ({ room }) => {
      nameOf = (participant) => room.participants[participant]?.nickname ?? '';
      render(shares.people, MOST);
    },
  };
};
