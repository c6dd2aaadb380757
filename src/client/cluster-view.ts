/** `<cluster-view>`: the cluster beside the lesson, or under it. The markup is `ClusterView.astro`'s. */
import { panel as strings } from '../strings/page.ts';

const REMEMBERED = 'lab:cluster-view';
/** Where it is beside the lesson, and not over it. */
const WIDE = '(min-width: 72rem)';

class ClusterView extends HTMLElement {
  #life: AbortController | undefined;
  #panel: Promise<void> | undefined;

  connectedCallback(): void {
    const life = new AbortController();
    const { signal } = life;
    this.#life = life;
    this.#panel = undefined;
    const details = this.querySelector('details');
    if (details === null) return;
    const wide = matchMedia(WIDE);
    /** As the window has opened or closed it, not the reader. */
    let adapted: boolean | undefined;
    const adapt = (): void => {
      adapted = remembered() !== 'closed' && wide.matches;
      details.open = adapted;
    };
    adapt();
    wide.addEventListener('change', adapt, { signal });
    const handleToggle = (): void => {
      const byReader = details.open !== adapted;
      adapted = undefined;
      // On a narrow page it covers the lesson: there it opens for the moment only.
      if (wide.matches && byReader) remember(details.open ? 'open' : 'closed');
      if (details.open) this.#panel ??= this.#load(details, signal);
    };
    details.addEventListener('toggle', handleToggle, { signal });
    if (details.open) this.#panel ??= this.#load(details, signal);
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  /** Loaded when it is opened for the first time. */
  async #load(details: HTMLDetailsElement, signal: AbortSignal): Promise<void> {
    try {
      const { openPanel } = await import('./cluster-panel.ts');
      if (!signal.aborted) openPanel(this, details, signal);
    } catch (error) {
      console.error(error);
      this.#panel = undefined;
      this.querySelector('[data-part="age"]')?.replaceChildren(strings.failed);
    }
  }
}

/** A browser may keep nothing for a site, and say so by throwing. */
const remembered = (): string | null => {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
};
const remember = (value: string): void => {
  try {
    localStorage.setItem(REMEMBERED, value);
  } catch {
    // Then it is as it was, the next time.
  }
};

customElements.define('cluster-view', ClusterView);
