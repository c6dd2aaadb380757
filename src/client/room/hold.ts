/** Keeps a step where its reader was taken: what is above it, and the bar, still grow after that. */

/** Milliseconds without a change, after which the page has its size. */
const QUIET = 5_000;
/** What of the reader's may scroll. */
const ACTS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

let held: AbortController | undefined;

export const isHolding = (): boolean => held?.signal.aborted === false;

export const letGo = (): void => held?.abort();

/**
 * Until the reader does something, or nothing has changed for a while.
 *
 * @param screen of the step, to be seen whole as well, if need be before the step's head.
 */
export const hold = (step: Element, screen?: Element): void => {
  letGo();
  const life = new AbortController();
  held = life;
  const { signal } = life;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  const place = (): void => {
    step.scrollIntoView({ block: 'start' });
    screen?.scrollIntoView({ block: 'nearest' });
    clearTimeout(quiet);
    quiet = setTimeout(letGo, QUIET);
  };
  // The bar's room is part of it.
  const page = new ResizeObserver(place);
  page.observe(document.body);
  signal.addEventListener('abort', () => {
    page.disconnect();
    clearTimeout(quiet);
  });
  for (const act of ACTS) addEventListener(act, letGo, { signal, passive: true });
  place();
};
