/** A new element, with what is in it. Text stays text. */
export const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

export const makeButton = (
  part: string,
  text: string,
  handleClick: () => void,
): HTMLButtonElement => {
  const button = make('button', { type: 'button', 'data-part': part }, text);
  button.addEventListener('click', handleClick);
  return button;
};

/** Esc in it closes it. @param close whether there was something to close. */
export const closeByEscape = (element: HTMLElement, close: () => boolean): void =>
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && close()) event.stopPropagation();
  });
