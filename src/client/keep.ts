const keys = new WeakMap<Element, string>();

/**
 * One child for each item, in order. Those that are there already stay: what changes moves, and the
 * focus stays where it is.
 */
export const keep = <Item>(
  parent: Element,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  render: (element: HTMLElement, item: Item) => void,
  tag = 'div',
): void => {
  const present = new Map<string, HTMLElement>();
  for (const child of parent.children) {
    if (child instanceof HTMLElement) present.set(keys.get(child) ?? '', child);
  }
  const wanted = items.map((item) => {
    const key = keyOf(item);
    const element = present.get(key) ?? document.createElement(tag);
    keys.set(element, key);
    render(element, item);
    return element;
  });
  for (const [index, element] of wanted.entries()) {
    const there = parent.children[index];
    if (there !== element) parent.insertBefore(element, there ?? null);
  }
  while (parent.children.length > wanted.length) parent.lastElementChild?.remove();
};

/** Does not touch what says so already: a screen reader would say it again. */
export const setText = (element: Element, text: string): void => {
  if (element.textContent !== text) element.textContent = text;
};
