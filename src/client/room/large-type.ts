/** Type that is read from the last row: larger, and nothing beside the lesson. As long as the tab presents. */
import { holdThrough, lineOfPage } from './hold.ts';

const REMEMBERED = 'lab:large';

export interface LargeType {
  readonly on: boolean;
  set(on: boolean): void;
}

export const createLargeType = (): LargeType => {
  const { dataset } = document.documentElement;
  const change = (on: boolean): void => {
    if (on) {
      dataset.large = '';
      sessionStorage.setItem(REMEMBERED, '');
    } else {
      delete dataset.large;
      sessionStorage.removeItem(REMEMBERED);
    }
  };
  const set = (on: boolean): void => {
    const place = placeOfReader();
    if (place === undefined) change(on);
    else holdThrough(place, () => change(on));
  };
  if (sessionStorage.getItem(REMEMBERED) !== null) set(true);
  return {
    get on() {
      return dataset.large !== undefined;
    },
    set,
  };
};

/** Pixels between two looks for it. */
const LOOK = 8;

/** The head of the step where the class is, if that is in sight, else what is read on top. */
const placeOfReader = (): Element | undefined => {
  // With its title on top, a page keeps that.
  if (scrollY === 0) return undefined;
  const line = lineOfPage();
  const here = document.querySelector('lab-step[data-here]');
  const head = here?.getBoundingClientRect().top ?? -1;
  if (here && head >= 0 && head < innerHeight) return here;
  const lesson = document.querySelector('.sl-markdown-content');
  if (!lesson) return undefined;
  const { left, width } = lesson.getBoundingClientRect();
  for (let y = line; y < innerHeight; y += LOOK) {
    const found = document.elementFromPoint(left + width / 2, y);
    // A terminal draws its rows anew.
    if (found && found !== lesson && lesson.contains(found))
      return found.closest('.screen') ?? found;
  }
  return undefined;
};
