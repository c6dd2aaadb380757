/** On each step of a lesson, and on its title: all pages come here. */
import type { Place } from '../../../server/workshop/protocol.ts';
import { present as strings } from '../../strings/present.ts';
import { setText } from '../keep.ts';
import { mark, showUrl } from './go.ts';
import { makeButton } from './make.ts';
import type { Presenter } from './present.ts';

/** `undefined` where the page is none of the book's lessons: it is no place for a class. */
const lessonOfPage = (): string | undefined =>
  document.querySelector<HTMLElement>('lab-progress[data-lesson]')?.dataset.chapter;

/** What can be gone to on this page, and where its button stands. */
const placesOf = (chapter: string) => {
  const heading = document.querySelector('h1');
  return [
    {
      host: heading?.parentElement,
      title: heading?.textContent ?? '',
      place: { chapter, step: null },
    },
    ...[...document.querySelectorAll<HTMLElement>('lab-step[data-step]')].map((step) => ({
      host: step.querySelector('.buttons'),
      title: step.ariaLabel ?? '',
      place: { chapter, step: step.dataset.step ?? null },
    })),
  ];
};

/** @returns how to take them away. */
export const gatherHere = (presenter: Presenter): (() => void) => {
  const chapter = lessonOfPage();
  const places = chapter === undefined ? [] : placesOf(chapter);
  const buttons = places.flatMap(({ host, title, place }) => {
    if (!host) return [];
    const button = makeButton('gather', '', () => {
      presenter.command({ kind: 'move', to: place });
      showUrl(place);
    });
    host.append(button);
    return [{ button, place, title }];
  });

  const isHere = (place: Place): boolean => {
    const now = presenter.class?.room.place;
    return now?.chapter === place.chapter && now.step === place.step;
  };
  const render = (): void => {
    for (const { button, place, title } of buttons) {
      const here = isHere(place);
      button.toggleAttribute('data-now', here);
      const text = here ? strings.here : strings.everyone;
      setText(button, text);
      button.ariaLabel = strings.to(text, title);
      button.ariaDisabled = String(presenter.line.state !== 'open');
      if (here) button.ariaCurrent = 'location';
      else button.removeAttribute('aria-current');
    }
    const now = presenter.class?.room.place;
    if (now) mark(now);
  };
  presenter.subscribe(render);
  render();
  return () => {
    for (const { button } of buttons) button.remove();
    for (const step of document.querySelectorAll('lab-step[data-here]'))
      step.removeAttribute('data-here');
  };
};
