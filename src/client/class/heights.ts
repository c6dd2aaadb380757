/** What stays in sight takes room from what is laid out below it: its styles know how much. */
export const tellHeight = (
  root: HTMLElement,
  name: `--${string}`,
  element: HTMLElement,
  life: AbortSignal,
): void => {
  const observer = new ResizeObserver(() =>
    root.style.setProperty(name, `${element.offsetHeight}px`),
  );
  observer.observe(element);
  life.addEventListener('abort', () => observer.disconnect());
};
