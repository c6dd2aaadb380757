/** All who came since a moment, out of the room at once: after somebody with the code has filled it. */
import { late as strings } from '../../strings/class.ts';
import { keep, setText } from '../keep.ts';
import { type Late, lateOf } from './late.ts';
import { element, part } from './parts.ts';
import { createSurely } from './surely.ts';
import type { Desk, View } from './view.ts';

export const createLateView = (root: HTMLElement, desk: Desk): View => {
  const choice = element('label', '', strings.since);
  const select = element('select');
  choice.append(select);
  let times: readonly Late[] = [];
  const chosen = (): Late | undefined => times.find(({ since }) => String(since) === select.value);
  const removal = createSurely(
    strings.remove(new Date(0), 0),
    () => {
      const time = chosen();
      if (time !== undefined) desk.removeSince(time.since);
    },
    choice,
  );
  part(root, 'tools').append(removal.element);
  const say = (): void => {
    const time = chosen();
    if (time !== undefined) removal.say(strings.remove(new Date(time.since), time.count));
  };
  select.addEventListener('change', say);
  return {
    render: ({ room }, at) => {
      times = lateOf(room, at);
      const [first] = times.toSorted((left, right) => right.crowd - left.crowd);
      const before = select.value;
      keep(
        select,
        times,
        ({ since }) => String(since),
        (option, { since, count }) => {
          setText(option, strings.time(new Date(since), count));
          if (option instanceof HTMLOptionElement) option.value = String(since);
        },
        'option',
      );
      // What is asked is about the same moment, until there is an answer.
      const stays = removal.asks && times.some(({ since }) => String(since) === before);
      if (!stays) removal.close();
      select.value = stays ? before : String(first?.since);
      removal.element.hidden = first === undefined;
      say();
    },
  };
};
