/** A poll's options, and its answers as bars with their numbers; which of them has happened. */
import type { PollState } from '../../../server/workshop/state.ts';
import { poll as strings } from '../../strings/class.ts';
import { prediction } from '../../strings/prediction.ts';
import { keep, setText } from '../keep.ts';
import { barsOf } from './histogram.ts';
import { element, part } from './parts.ts';

/** @param isTold whether the answers may be seen. */
export const renderBars = (list: HTMLElement, poll: PollState, isTold: boolean): void => {
  keep(
    list,
    barsOf(poll),
    ({ value }) => `${poll.poll} ${value}`,
    (row, { value, label, count, share }) => {
      if (row.childElementCount === 0) {
        const [name, number, bar] = [element('span'), element('b'), element('i')];
        const [words, mark] = [element('span', 'label'), element('strong')];
        words.dataset.part = 'label';
        mark.dataset.part = 'actual';
        number.dataset.part = 'number';
        bar.dataset.part = 'bar';
        // A space, not a margin: on a line of its own, the mark begins where the words do.
        name.append(words, ' ', mark);
        row.append(name, number, bar);
      }
      setText(part(row, 'label'), label);
      setText(part(row, 'number'), isTold ? strings.bar(count, share) : '');
      // Its room is kept: what was read stays where it is.
      part(row, 'bar').style.visibility = isTold ? '' : 'hidden';
      setText(part(row, 'actual'), value === poll.outcome?.value ? prediction.actual : '');
      part(row, 'bar').style.setProperty('--length', String(share));
    },
    'li',
  );
};
