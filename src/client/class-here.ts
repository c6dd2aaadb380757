/** `<class-here>`: what a page says to a class whose hub serves it, in the place of what it says to others. */
import { askHub } from './ask-hub.ts';
import { askHealth } from './health.ts';

class ClassHere extends HTMLElement {
  connectedCallback(): void {
    void this.#begin();
  }

  async #begin(): Promise<void> {
    if ((await askHealth()) !== 'absent') return;
    const hub = await askHub();
    if (typeof hub !== 'object' || hub.presenter) return;
    for (const part of this.querySelectorAll<HTMLElement>(':scope > [data-part]'))
      part.hidden = part.dataset.part !== 'class';
  }
}

customElements.define('class-here', ClassHere);
