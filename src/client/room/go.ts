/** To a place of the book. */
import type { Place } from '../../../server/workshop/protocol.ts';
import { room as strings } from '../../strings/room.ts';
import { siteUrl } from '../site-url.ts';

const pathOf = (chapter: string): string => (chapter === 'index' ? '' : `${chapter}/`);

export const urlOf = ({ chapter, step }: Place): string => {
  const id = step?.split('/')[1];
  return siteUrl(`${pathOf(chapter)}${id === undefined ? '' : `#${id}`}`);
};

export const isOnPage = ({ chapter }: Place): boolean =>
  new URL(siteUrl(pathOf(chapter))).pathname === location.pathname;

const stepOf = ({ step }: Place): HTMLElement | null =>
  step === null ? null : document.querySelector(`lab-step[data-step="${CSS.escape(step)}"]`);

/** Marks where the class is, on this page only. */
export const mark = (place: Place): void => {
  const here = isOnPage(place) ? stepOf(place) : null;
  for (const each of document.querySelectorAll('lab-step[data-here]')) {
    if (each === here) continue;
    each.removeAttribute('data-here');
    each.removeAttribute('aria-current');
  }
  here?.setAttribute('data-here', strings.here);
  here?.setAttribute('aria-current', 'step');
};

/** Where a link led to, before the bar took its room: it is not to be under it. */
export const keepTargetInSight = (): void => {
  const target = document.querySelector('lab-step:target');
  const top = target?.getBoundingClientRect().top ?? 0;
  // The reader has not gone on since.
  if (target && Math.abs(top) < innerHeight / 2) target.scrollIntoView({ block: 'start' });
};

/** @returns whether that is on this page: then the reader is there now. */
export const goTo = (place: Place): boolean => {
  if (!isOnPage(place)) {
    location.assign(urlOf(place));
    return false;
  }
  const step = stepOf(place);
  if (step === null) scrollTo({ top: 0 });
  else {
    step.scrollIntoView({ block: 'start' });
    // Who is typing goes on typing.
    const typing = document.activeElement?.matches('input, textarea, select') === true;
    if (!typing)
      step.querySelector<HTMLElement>('[data-part="run"]')?.focus({ preventScroll: true });
  }
  return true;
};

/** "여기서 시작" of where the class is: of its step, if that has one, else of its chapter. */
export const checkpointOf = (place: Place): HTMLElement | null => {
  const before = stepOf(place)?.previousElementSibling ?? null;
  if (before instanceof HTMLElement && before.localName === 'lab-checkpoint') return before;
  return document.querySelector('lab-checkpoint:not(.sl-markdown-content *)');
};

export const openCheckpoint = (checkpoint: HTMLElement): void => {
  const details = checkpoint.querySelector('details');
  if (details === null) return;
  details.open = true;
  details.scrollIntoView({ block: 'start' });
  details.querySelector('summary')?.focus({ preventScroll: true });
};
