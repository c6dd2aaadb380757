/** All who are not connected, out of the room at once: after somebody with the code has filled it. */
import { away as strings } from '../../strings/class.ts';
import { awayOf } from './away.ts';
import { part } from './parts.ts';
import { createSurely } from './surely.ts';
import type { Desk, View } from './view.ts';

export const createAwayView = (root: HTMLElement, desk: Desk): View => {
  const removal = createSurely(strings.remove(0), () => desk.removeAway());
  part(root, 'tools').append(removal.element);
  return {
    render: (known, at) => {
      const away = awayOf(known, at).size;
      if (away === 0) removal.close();
      removal.element.hidden = away === 0;
      removal.say(strings.remove(away));
    },
  };
};
