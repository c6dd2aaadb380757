/** The least that type is made smaller: below, nobody in the room reads it. */
const LEAST = 0.3;

/** Halvings of what is between it and the whole. */
const STEPS = 6;

/** Makes type smaller, as little as it takes, until nothing of `box` is cut; in CSS it is `--fit`. */
export const fitType = (box: HTMLElement): void => {
  const fits = (fit: number): boolean => {
    box.style.setProperty('--fit', String(fit));
    return box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth;
  };
  if (fits(1)) return;
  let [least, most] = [LEAST, 1];
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (least + most) / 2;
    if (fits(middle)) least = middle;
    else most = middle;
  }
  fits(least);
};
