/** Who had the focus on what is gone has it on its neighbour: by the keyboard, nobody begins at the top again. */

const FOCUSABLE = 'button, [href], input, select, textarea, summary, [tabindex]';

interface Place {
  readonly parent: Element;
  readonly index: number;
}

/** @param draw may take away, or hide, what has the focus. */
export const holdFocus = (root: Element, draw: () => void): void => {
  const focused = document.activeElement;
  const places = focused !== null && root.contains(focused) ? placesOf(focused, root) : [];
  draw();
  const isLost =
    focused !== null &&
    !isThere(focused) &&
    [focused, document.body].includes(document.activeElement ?? document.body);
  if (!isLost) return;
  for (const { parent, index } of places) {
    const children = [...parent.children];
    for (const each of [...children.slice(index), ...children.slice(0, index).reverse()]) {
      const next = [each, ...each.querySelectorAll(FOCUSABLE)].find(
        (one): one is HTMLElement => one.matches(FOCUSABLE) && isThere(one),
      );
      if (next === undefined) continue;
      next.focus();
      return;
    }
  }
};

/** Where it stands, from within to without. */
const placesOf = (element: Element, root: Element): Place[] => {
  const parent = element === root ? null : element.parentElement;
  if (parent === null) return [];
  return [{ parent, index: [...parent.children].indexOf(element) }, ...placesOf(parent, root)];
};

const isThere = (element: Element): boolean =>
  element.isConnected && element.checkVisibility() && !element.matches(':disabled');
