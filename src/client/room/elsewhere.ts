/**
 * What the presenter runs where the class is not, or has just run, while it is not in sight: a link, which
 * takes nobody along.
 */
import { room as strings } from '../../strings/room.ts';
import { setText } from '../keep.ts';
import { stepOf, urlOf } from './go.ts';
import { make } from './make.ts';
import { createStepTitles } from './step-titles.ts';

export interface Elsewhere {
  readonly element: HTMLElement;
  /**
   * @param running the step; `null` where there is no such run.
   * @param ran one that has just ended.
   */
  render(running: string | null, ran: string | null): void;
}

export const createElsewhere = (): Elsewhere => {
  const link = make('a');
  const element = make('span', { 'data-part': 'elsewhere', role: 'status' }, link);
  let shown: string | null = null;
  let isOver = false;
  let isSeen = false;
  const observer = new IntersectionObserver((entries) => {
    isSeen = entries.at(-1)?.isIntersecting === true;
    draw();
  });
  const titleOf = createStepTitles(() => draw());
  const draw = (): void => {
    element.hidden = shown === null || isSeen;
    if (shown === null) return;
    link.href = urlOf({ chapter: shown.split('/')[0] ?? '', step: shown });
    setText(link, (isOver ? strings.elsewhereRan : strings.elsewhereRuns)(titleOf(shown)));
  };
  draw();
  return {
    element,
    render: (running, ran) => {
      const step = running ?? ran;
      isOver = running === null;
      if (step !== shown) {
        shown = step;
        observer.disconnect();
        const here = step === null ? null : stepOf({ step });
        // Until the observer has looked.
        isSeen = here !== null;
        if (here !== null) observer.observe(here);
      }
      draw();
    },
  };
};
