/** How much time an exercise has left, by the hub's clock. */
import type { RoomView } from '../../../server/workshop/protocol.ts';
import { room as strings } from '../../strings/room.ts';
import { countdown } from '../countdown.ts';
import { setText } from '../keep.ts';
import { make, makeButton } from './make.ts';
import { endedTimer } from './membership.ts';

export interface Timer {
  readonly element: HTMLElement;
  set(timer: RoomView['timer']): void;
}

/**
 * @param now by the hub's clock.
 * @param handleDismiss the focus needs another place.
 */
export const createTimer = (now: () => number, handleDismiss: () => void): Timer => {
  const label = make('span');
  const face = make('span', { role: 'timer', class: 'face' });
  const over = make('span', { role: 'status' });
  const dismiss = makeButton('dismiss', '×', () => {
    if (shown !== null) endedTimer.write(shown.until);
    draw();
    handleDismiss();
  });
  dismiss.ariaLabel = strings.timer.close;
  dismiss.title = dismiss.ariaLabel;
  const element = make('span', { 'data-part': 'timer' }, label, ' ', face, over, dismiss);
  let shown: RoomView['timer'] = null;
  let ticking: ReturnType<typeof setInterval> | undefined;

  const draw = (): void => {
    const left = shown === null ? undefined : shown.until - now();
    const isOver = left !== undefined && left <= 0;
    element.hidden = left === undefined || (isOver && shown?.until === endedTimer.read());
    dismiss.hidden = !isOver;
    element.toggleAttribute('data-done', isOver);
    setText(label, shown?.label ?? '');
    // Where there is little room, it is cut.
    label.title = shown?.label ?? '';
    setText(face, left === undefined || isOver ? '' : countdown(left));
    face.ariaLabel = left === undefined ? '' : strings.timer.left(countdown(left));
    setText(over, isOver ? strings.timer.over : '');
    if (isOver) clearInterval(ticking);
  };
  draw();
  return {
    element,
    set: (timer) => {
      const isSame = timer?.until === shown?.until && timer?.label === shown?.label;
      shown = timer;
      if (!isSame) {
        clearInterval(ticking);
        if (timer !== null) ticking = setInterval(draw, 250);
      }
      draw();
    },
  };
};
