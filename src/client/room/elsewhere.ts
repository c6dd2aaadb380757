/** What the presenter runs where the class is not, while it is not in sight: a link, which takes nobody along. */
import { room as strings } from '../../strings/room.ts';
import { setText } from '../keep.ts';
import { stepOf, urlOf } from './go.ts';
import { make } from './make.ts';
import { createStepTitles } from './step-titles.ts';

export interface Elsewhere {
  readonly element: HTMLElement;
  /** @param step `null` where there is no such run. */
  render(step: string | null): void;
}

export const createElsewhere = (): Elsewhere => {
  const link = make('a');
  const element = make('span', { 'data-part': 'elsewhere', role: 'status' }, link);
  let running: string | null = null;
  let isSeen = false;
  const observer = new IntersectionObserver((entries) => {
    isSeen = entries.at(-1)?.isIntersecting === true;
    draw();
  });
  const titleOf = createStepTitles(() => draw());
  const draw = (): void => {
    element.hidden = running === null || isSeen;
    if (running === null) return;
    link.href = urlOf({ chapter: running.split('/')[0] ?? '', step: running });
    setText(link, strings.elsewhereRuns(titleOf(running)));
  };
  draw();
  return {
    element,
    render: (step) => {
      if (step === running) return;
      running = step;
      observer.disconnect();
      const here = step === null ? null : stepOf({ step });
      // Until the observer has looked.
      isSeen = here !== null;
      if (here !== null) observer.observe(here);
      draw();
    },
  };
};
