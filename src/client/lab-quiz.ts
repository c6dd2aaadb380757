/** `<lab-quiz>`: one question; a wrong answer may be followed by another. The markup is `Quiz.astro`'s. */
import { quiz as strings } from '../strings/quiz.ts';
import { setText } from './keep.ts';
import { createKept } from './kept.ts';

/** By `chapter/id`, the answer that was given last. */
const answers = createKept('lab:quiz');

class LabQuiz extends HTMLElement {
  #life: AbortController | undefined;
  /** Answers that were tried on this page: what there is to know of each is shown. */
  readonly #tried = new Set<string>();

  connectedCallback(): void {
    this.#life = new AbortController();
    const listen = { signal: this.#life.signal };
    this.querySelector('form')?.addEventListener('submit', (event) => this.#answer(event), listen);
    this.#part('again')?.addEventListener('click', () => this.#again(), listen);
    const fieldset = this.querySelector('fieldset');
    if (fieldset !== null) fieldset.disabled = false;
    const kept = answers.get(this.#name);
    const input = this.#inputs.find(({ value }) => value === kept);
    // Of another edition of the question, nothing is known.
    if (input === undefined) return;
    input.checked = true;
    this.#tried.add(input.value);
    this.#render(input.value);
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  get #name(): string {
    return this.dataset.quiz ?? '';
  }

  get #inputs(): HTMLInputElement[] {
    return [...this.querySelectorAll('input')];
  }

  get #options(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.option')];
  }

  #part(name: string): HTMLElement | null {
    return this.querySelector(`[data-part="${name}"]`);
  }

  #answer(event: Event): void {
    event.preventDefault();
    const chosen = this.#inputs.find(({ checked }) => checked)?.value;
    if (chosen === undefined) {
      this.#inputs[0]?.focus();
      this.#say(strings.choose);
      return;
    }
    this.#tried.add(chosen);
    answers.set(this.#name, chosen);
    this.#render(chosen);
    this.#tell(chosen);
    // A button that vanishes would take the focus with it.
    if (this.dataset.state === 'right') this.#part('again')?.focus();
  }

  #again(): void {
    answers.set(this.#name, undefined);
    this.#tried.clear();
    for (const input of this.#inputs) input.checked = false;
    this.#render(undefined);
    this.#say('');
    this.#inputs[0]?.focus();
  }

  /** @param chosen the answer that was given last; the explanations of all are shown once it is right. */
  #render(chosen: string | undefined): void {
    const given = this.#options.find(({ dataset }) => dataset.answer === chosen);
    const isDone = given !== undefined && isRight(given);
    this.dataset.state = given === undefined ? 'open' : isDone ? 'right' : 'wrong';
    for (const option of this.#options) {
      const known = isDone || this.#tried.has(option.dataset.answer ?? '');
      option.toggleAttribute('data-known', known);
      const mark = option.querySelector('[data-part="mark"]');
      if (mark !== null)
        setText(mark, known ? (isRight(option) ? strings.isRight : strings.isWrong) : '');
      option.querySelector('[data-part="why"]')?.toggleAttribute('hidden', !known);
    }
    for (const input of this.#inputs) input.disabled = isDone;
    this.#part('answer')?.toggleAttribute('hidden', isDone);
    this.#part('again')?.toggleAttribute('hidden', !isDone);
  }

  #tell(chosen: string): void {
    const given = this.#options.find(({ dataset }) => dataset.answer === chosen);
    const why = given?.querySelector('[data-part="why"]')?.textContent?.trim() ?? '';
    const isDone = this.dataset.state === 'right';
    this.#say(isDone ? strings.right : `${strings.wrong} ${strings.retry}`, why);
  }

  /** @param why stands beside its answer for those who see. */
  #say(text: string, why = ''): void {
    const [verdict, said] = [this.#part('verdict'), this.#part('said')];
    if (verdict !== null) setText(verdict, text);
    if (said !== null) setText(said, why);
  }
}

const isRight = ({ dataset }: HTMLElement): boolean => dataset.right !== undefined;

customElements.define('lab-quiz', LabQuiz);
