/** The keys of every page: between chapters, and what keys there are. Those of a step are its own. */

/** Where these keys mean something else: what is typed, what scrolls, and what has arrows of its own. */
const OWN =
  'input, textarea, select, [contenteditable], pre, dialog, cluster-view, [role="region"], [role="toolbar"]';

const TO: Readonly<Record<string, string>> = { ArrowLeft: 'prev', ArrowRight: 'next' };

const handleKey = (event: KeyboardEvent): void => {
  const { key, target, defaultPrevented, isComposing, altKey, ctrlKey, metaKey } = event;
  if (defaultPrevented || isComposing || altKey || ctrlKey || metaKey) return;
  if (target instanceof Element && target.closest(OWN) !== null) return;
  if (key === '?') {
    event.preventDefault();
    // Loaded when somebody asks.
    void import('./keys-help.ts').then(({ showKeys }) => showKeys());
  }
  const to = event.shiftKey ? undefined : TO[key];
  if (to !== undefined) document.querySelector<HTMLAnchorElement>(`a[rel="${to}"]`)?.click();
};

/** From now on, for as long as this page stands. */
export const listenForKeys = (): void => document.addEventListener('keydown', handleKey);
