/** The parts of the dashboard's markup, by name. */

/** @throws where `ClassRoom.astro` has it no longer. */
export const part = <Wanted extends Element = HTMLElement>(
  root: ParentNode,
  name: string,
): Wanted => {
  const found = root.querySelector<Wanted>(`[data-part="${name}"]`);
  if (found === null) throw new Error(`no part is named ${name}`);
  return found;
};

/** What was typed into a field of `form`. */
export const typed = (form: HTMLFormElement, name: string): string =>
  String(new FormData(form).get(name) ?? '').trim();

/** One element with words in it, as text. */
export const element = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  text = '',
): HTMLElementTagNameMap[Tag] => {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  if (text !== '') made.textContent = text;
  return made;
};

export const button = (text: string, handleClick: () => void): HTMLButtonElement => {
  const made = element('button', '', text);
  made.type = 'button';
  made.addEventListener('click', handleClick);
  return made;
};

/** Does not touch what is so already: nothing is drawn, or said, anew. */
export const setAttribute = (target: Element, name: string, value: string | null): void => {
  if (target.getAttribute(name) === value) return;
  if (value === null) target.removeAttribute(name);
  else target.setAttribute(name, value);
};
