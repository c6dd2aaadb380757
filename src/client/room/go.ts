/** To a place of the book. */
import type { Place } from '../../../server/workshop/protocol.ts';
import { room as strings } from '../../strings/room.ts';
import { siteUrl } from '../site-url.ts';
import { hold, isHolding, letGo } from './hold.ts';

const pathOf = (chapter: string): string => (chapter === 'index' ? '' : `${chapter}/`);

export const urlOf = ({ chapter, step }: Place): string => {
  const id = step?.split('/')[1];
  return siteUrl(`${pathOf(chapter)}${id === undefined ? '' : `#${id}`}`);
};

export const isOnPage = ({ chapter }: Place): boolean =>
  new URL(siteUrl(pathOf(chapter))).pathname === location.pathname;

/** Whether this page is where one joins a class: no link need lead there. */
export const isJoinPage = (): boolean =>
  new URL(siteUrl('workshop/')).pathname === location.pathname;

export const stepOf = ({ step }: Pick<Place, 'step'>): HTMLElement | null =>
  step === null ? null : document.querySelector(`lab-step[data-step="${CSS.escape(step)}"]`);

/** Marks where the class is, on this page only. @param place `null` for whoever is in no class. */
export const mark = (place: Place | null): void => {
  const here = place !== null && isOnPage(place) ? stepOf(place) : null;
  for (const each of document.querySelectorAll('lab-step[data-here]')) {
    if (each === here) continue;
    each.removeAttribute('data-here');
    each.removeAttribute('aria-current');
  }
  here?.setAttribute('data-here', strings.here);
  here?.setAttribute('aria-current', 'step');
};

/** Where a link, or the presenter, led to: before the bar took its room, or the type grew. */
export const holdTarget = (): void => {
  if (document.readyState !== 'complete') {
    // The browser itself has not gone there yet.
    addEventListener('load', holdTarget, { once: true });
    return;
  }
  // The presenter has gone on since.
  if (isHolding()) return;
  const target = document.querySelector('lab-step:target');
  // The reader has not gone on since.
  if (target && Math.abs(target.getBoundingClientRect().top) < innerHeight / 2) hold(target);
};

/** The class looks at what the presenter runs: so does whoever has the head of that step in sight. */
export const showRun = (id: string): void => {
  const step = document.querySelector(`lab-step[data-here][data-step="${CSS.escape(id)}"]`);
  const screen = step?.querySelector('[data-part="screen"]');
  const top = step?.getBoundingClientRect().top ?? -1;
  if (step && screen && top >= 0 && top < innerHeight) hold(step, screen);
};

/** In a field, or in a terminal. */
export const isTyping = (): boolean =>
  document.activeElement?.matches('input, textarea, select') === true;

/** What is copied from the address bar leads there. */
export const showUrl = (place: Place): void =>
  history.replaceState(history.state, '', urlOf(place));

/** @returns whether that is on this page: then the reader is there now. */
export const goTo = (place: Place): boolean => {
  if (!isOnPage(place)) {
    location.assign(urlOf(place));
    return false;
  }
  showUrl(place);
  const step = stepOf(place);
  if (step === null) {
    letGo();
    scrollTo({ top: 0 });
  } else {
    const folded = step.closest('details');
    if (folded !== null) folded.open = true;
    hold(step);
    // Who is typing goes on typing. And nobody scrolls by a key that would press the button.
    const typing = isTyping();
    step.tabIndex = -1;
    if (!typing) step.focus({ preventScroll: true });
  }
  return true;
};

/** Milliseconds for which who has come to a page has only just come: later, they read it. */
const ARRIVAL = 30_000;

/** Whether the reader has come to the head of its page, by a link or an address, and has not gone on. */
export const isAtHead = (place: Place): boolean => {
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const isNew = visit?.type === 'navigate' && location.hash === '' && performance.now() < ARRIVAL;
  return isNew && scrollY === 0 && !isTyping() && stepOf(place) !== null;
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
