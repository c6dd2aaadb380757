/** Words from elsewhere that name the page where one joins a class: they lead there. */
import { room as strings } from '../../strings/room.ts';
import { siteUrl } from '../site-url.ts';
import { make } from './make.ts';

/** Does not touch what says so already, as `setText`. */
export const sayPage = (element: Element, text: string): void => {
  if (element.textContent === text) return;
  const words = text
    .split(strings.page)
    .flatMap((part) => [make('a', { href: siteUrl('workshop/') }, strings.page), part]);
  element.replaceChildren(...words.slice(1));
};
