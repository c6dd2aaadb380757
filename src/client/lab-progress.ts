/** `<lab-progress>`: how much of the chapter and of the book is done; beside each chapter in the sidebar, too. */
import { progress as strings } from '../strings/progress.ts';
import { setText } from './keep.ts';
import { type Count, countDone, progress, type Steps } from './progress.ts';

const chapterOf = (step: string): string => step.split('/')[0] ?? '';

class LabProgress extends HTMLElement {
  #life: AbortController | undefined;

  connectedCallback(): void {
    this.#life = new AbortController();
    void this.#show(this.#life.signal);
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  async #show(signal: AbortSignal): Promise<void> {
    const response = await fetch(this.dataset.steps ?? '', { signal }).catch(() => undefined);
    if (!response?.ok || signal.aborted) return;
    const steps = (await response.json()) as Steps;
    const render = (): void => this.#render(steps);
    signal.addEventListener('abort', progress.subscribe(render));
    // What another tab has done.
    addEventListener('storage', render, { signal });
    this.#part('clear')?.addEventListener('click', () => this.#ask(true), { signal });
    this.#part('keep')?.addEventListener('click', () => this.#ask(false), { signal });
    this.#part('sure')?.addEventListener(
      'click',
      () => {
        progress.clear(Date.now());
        this.#ask(false);
      },
      { signal },
    );
    render();
  }

  #part(name: string): HTMLElement | null {
    return this.querySelector(`[data-part="${name}"]`);
  }

  #ask(open: boolean): void {
    this.#part('question')?.toggleAttribute('hidden', !open);
    this.#part('clear')?.toggleAttribute('hidden', open);
    this.#part(open ? 'keep' : 'clear')?.focus();
  }

  #render(steps: Steps): void {
    const { done } = progress;
    const chapter = this.dataset.chapter ?? '';
    const own = countDone(steps, done, (step) => chapterOf(step) === chapter);
    const book = countDone(steps, done);
    const text = [
      ...(own.all > 0 ? [strings.chapter(own.done, own.all)] : []),
      strings.book(book.done, book.all),
      ...(progress.isKept ? [] : [progress.isFull ? strings.full : strings.notKept]),
    ];
    const words = this.#part('words');
    if (words !== null) setText(words, text.join(' · '));
    const shown = own.all > 0 ? own : book;
    const bar = this.querySelector('progress');
    if (bar !== null) Object.assign(bar, { max: shown.all, value: shown.done });
    this.dataset.known = '';
    for (const link of document.querySelectorAll<HTMLAnchorElement>(
      'nav.sidebar a, .lab-contents .chapter',
    )) {
      const id = link.pathname.split('/').at(-2) ?? '';
      const count = countDone(steps, done, (step) => chapterOf(step) === id);
      if (count.all > 0) markLink(link, count);
    }
  }
}

const markLink = (link: HTMLElement, { done, all }: Count): void => {
  let mark = link.querySelector<HTMLElement>('.lab-done');
  if (mark === null) {
    mark = document.createElement('span');
    mark.className = 'lab-done';
    link.append(' ', mark);
  }
  setText(mark, strings.count(done, all));
  mark.title = strings.chapter(done, all);
};

customElements.define('lab-progress', LabProgress);
