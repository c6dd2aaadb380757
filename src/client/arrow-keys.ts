/** The arrows of the keyboard, from button to button: Tab stops at a few of them only. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** In `toolbar`, until `signal`. At an end they go no further. */
export const moveByArrows = (toolbar: Element, signal: AbortSignal): void => {
  const move = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = STEPS[event.key];
    if (step === undefined || !(event.target instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const buttons = [...toolbar.querySelectorAll('button')];
    const to = buttons.indexOf(event.target) + step;
    buttons[Math.max(0, Math.min(to, buttons.length - 1))]?.focus();
  };
  toolbar.addEventListener('keydown', move, { signal });
};
