import { timer as strings } from '../../strings/class.ts';
import { countdown } from '../countdown.ts';
import { setText } from '../keep.ts';
import { part, typed } from './parts.ts';
import type { Desk, View } from './view.ts';

export const createTimerView = (root: HTMLElement, desk: Desk): View => {
  const form = part<HTMLFormElement>(root, 'timer-form');
  const end = part(root, 'timer-end');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const seconds = Math.round(Number(typed(form, 'minutes')) * 60);
    desk.command({ kind: 'timer', seconds, label: typed(form, 'label') });
  });
  end.addEventListener('click', () => desk.command({ kind: 'timer', seconds: null, label: '' }));
  return {
    render: ({ room: { timer } }, at) => {
      const isOver = timer !== null && timer.until <= at;
      setText(part(root, 'face'), timer === null ? '' : countdown(timer.until - at));
      const label = isOver ? strings.over : timer?.label;
      setText(part(root, 'timer-label'), timer === null ? strings.none : (label ?? ''));
      part(root, 'timer-shown').toggleAttribute('data-on', timer !== null);
      part(root, 'timer-shown').toggleAttribute('data-over', isOver);
      end.hidden = timer === null;
    },
  };
};
