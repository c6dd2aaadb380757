/** Where the class is, while this page is elsewhere: a link, which takes nobody along. */
import type { Place } from '../../../server/workshop/protocol.ts';
import { room as strings } from '../../strings/room.ts';
import { setText } from '../keep.ts';
import { isOnPage, stepOf, urlOf } from './go.ts';
import { make } from './make.ts';

export interface Where {
  readonly element: HTMLElement;
  /** @param place `null` before the presenter has led the class anywhere. */
  render(place: Place | null): void;
}

export const createWhere = (): Where => {
  const element = make('a', { 'data-part': 'where' });
  return {
    element,
    render: (place) => {
      const isElsewhere = place !== null && !isOnPage(place);
      element.hidden = !isElsewhere;
      if (!isElsewhere) return;
      const chapter = chapterOf(place.chapter);
      // Of another edition of the book, perhaps.
      element.hidden = chapter === '';
      element.href = urlOf(place);
      setText(element, strings.where(chapter));
    },
  };
};

/** As the book's contents have it; empty where they have no such chapter. */
const chapterOf = (chapter: string): string => {
  const { pathname } = new URL(urlOf({ chapter, step: null }));
  const links = [...document.querySelectorAll<HTMLAnchorElement>('nav.sidebar a')];
  const link = links.find((each) => each.pathname === pathname);
  return link?.querySelector('span')?.textContent?.trim() ?? '';
};

/** Its step on this page, or its chapter; empty where there is none. */
export const titleOf = (place: Place | null): string => {
  if (place === null) return '';
  const step = isOnPage(place) ? stepOf(place) : null;
  return step?.ariaLabel || chapterOf(place.chapter);
};
