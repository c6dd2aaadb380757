/** On each step, and on the chapter's title: all pages come here. */
import type { Place } from '../../../server/workshop/protocol.ts';
import { present as strings } from '../../strings/present.ts';
import { setText } from '../keep.ts';
import { siteUrl } from '../site-url.ts';
import { mark } from './go.ts';
import { makeButton } from './make.ts';
import type { Presenter } from './present.ts';

/** `index` for the first page. */
const chapterOfPage = (): string => {
  const path = location.pathname.slice(new URL(siteUrl('')).pathname.length);
  return path.split('/')[0] || 'index';
};

/** @returns how to take them away. */
export const gatherHere = (presenter: Presenter): (() => void) => {
  const chapter = chapterOfPage();
  const places = [...document.querySelectorAll<HTMLElement>('lab-step[data-step]')].map((step) => ({
    host: step.querySelector('.buttons'),
    title: step.ariaLabel ?? '',
    place: { chapter, step: step.dataset.step ?? null },
  }));
  const heading = document.querySelector('h1');
  const all = [
    {
      host: heading?.parentElement,
      title: heading?.textContent ?? '',
      place: { chapter, step: null },
    },
    ...places,
  ];
  const buttons = all.flatMap(({ host, title, place }) => {
    if (!host) return [];
    const button = makeButton('gather', '', () => {
      presenter.command({ kind: 'move', to: place });
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
