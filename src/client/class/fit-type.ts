/** The least that type is made smaller: below, nobody in the room reads it. */
const LEAST = 0.3;

/** Halvings of what is between it and the most. */
const STEPS = 7;

/**
 * Makes type as large as it may be, up to `most`, without anything of `box` being cut; in CSS it is `--fit`.
 *
 * @returns how large; 1 is as it was designed.
 */
export const fitType = (box: HTMLElement, most = 1): number => {
  const fits = (fit: number): boolean => {
    box.style.setProperty('--fit', String(fit));
    // No word is broken for type that is larger than it has to be.
    box.style.overflowWrap = fit > 1 ? 'normal' : '';
    return box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth;
  };
  if (fits(most)) return most;
  let [least, over] = fits(1) ? [1, most] : [LEAST, 1];
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (least + over) / 2;
    if (fits(middle)) least = middle;
    else over = middle;
  }
  fits(least);
  return least;
};
