/** Keeps in its place what a reader was taken to, or reads: what is above it, and the bar, still grow. */

/** Milliseconds without a change, after which the page has its size. */
const QUIET = 5_000;
/** What of the reader's may scroll. */
const ACTS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

let held: AbortController | undefined;

export const isHolding = (): boolean => held?.signal.aborted === false;

export const letGo = (): void => held?.abort();

/** @param screen of the step, to be seen whole as well, if need be before the step's head. */
export const hold = (step: Element, screen?: Element): void =>
  keepPlacing(() => {
    step.scrollIntoView({ block: 'start' });
    screen?.scrollIntoView({ block: 'nearest' });
  });

/** Where the element is before a change of the whole page, it is after it. */
export const holdThrough = (element: Element, change: () => void): void => {
  const before = heightOf(element);
  change();
  keepPlacing(() => scrollBy(0, heightOf(element) - before));
};

/** Pixels under what is fixed above the page. */
const heightOf = (element: Element): number => element.getBoundingClientRect().top - lineOfPage();

/** Pixels from the window's upper edge to where the page is read. */
export const lineOfPage = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;

/** Until the reader does something, or nothing has changed for a while. */
const keepPlacing = (place: () => void): void => {
  letGo();
  const life = new AbortController();
  held = life;
  const { signal } = life;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  const placeAgain = (): void => {
    place();
    clearTimeout(quiet);
    quiet = setTimeout(letGo, QUIET);
  };
  // The bar's room is part of it.
  const page = new ResizeObserver(placeAgain);
  page.observe(document.body);
  signal.addEventListener('abort', () => {
    page.disconnect();
    clearTimeout(quiet);
  });
  for (const act of ACTS) addEventListener(act, letGo, { signal, passive: true });
  placeAgain();
};
