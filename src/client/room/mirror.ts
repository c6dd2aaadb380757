/** While a page without a lab follows, the presenter's stands in for it. */
import { connection } from '../connection.ts';
import { createMirrored } from './mirrored.ts';
import type { Room } from './room.ts';

export const mirrorPresenter = (room: Room): void => {
  const { line, follower, subscribe } = room;
  const step = document.querySelector<HTMLElement>('lab-step[data-step]')?.dataset.step;
  // A page without steps shows none of it.
  if (step === undefined) return;
  const [chapter = ''] = step.split('/');
  let end: (() => void) | undefined;
  const adapt = (): void => {
    const wanted = follower.on && line.state !== 'ended';
    if (wanted === (end !== undefined)) return;
    end?.();
    end = wanted
      ? connection.mirror((events) =>
          createMirrored(
            events,
            line,
            chapter,
            () => follower.set(false),
            () => room.view?.presented !== false && room.view?.shown !== false,
          ),
        )
      : undefined;
  };
  subscribe(adapt);
  adapt();
};
