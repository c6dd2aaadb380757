/** Two boxes with the same columns: sideways, one goes where the other does. */
export const scrollTogether = (one: HTMLElement, other: HTMLElement): void => {
  /** Where each was put by the other: that it went there is no news. */
  const put = new WeakMap<HTMLElement, number>();
  const follow = (from: HTMLElement, to: HTMLElement): void =>
    from.addEventListener(
      'scroll',
      () => {
        if (from.scrollLeft === put.get(from)) return;
        put.delete(from);
        to.scrollLeft = from.scrollLeft;
        put.set(to, to.scrollLeft);
      },
      { passive: true },
    );
  follow(one, other);
  follow(other, one);
};
