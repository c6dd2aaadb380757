/** A poll's options, and its answers as bars with their numbers. */
import type { PollState } from '../../../server/workshop/state.ts';
import { poll as strings } from '../../strings/class.ts';
import { keep, setText } from '../keep.ts';
import { barsOf } from './histogram.ts';
import { element, part } from './parts.ts';

/** @param isTold whether the answers may be seen. */
export const renderBars = (list: HTMLElement, poll: PollState, isTold: boolean): void => {
  keep(
    list,
    barsOf(poll),
    ({ value }) => `${poll.poll} ${value}`,
    (row, { label, count, share }) => {
      if (row.childElementCount === 0) {
        const [name, number, bar] = [element('span', 'label'), element('b'), element('i')];
        name.dataset.part = 'label';
        number.dataset.part = 'number';
        bar.dataset.part = 'bar';
        row.append(name, number, bar);
      }
      setText(part(row, 'label'), label);
      setText(part(row, 'number'), isTold ? strings.bar(count, share) : '');
      part(row, 'bar').hidden = !isTold;
      part(row, 'bar').style.setProperty('--length', String(share));
    },
    'li',
  );
};
