/** `<lab-book>`: puts what this reader's runs have printed into the whole book, to print or to keep. */
import type { RunStatus } from '../../server/protocol.ts';
import { book as strings } from '../strings/book.ts';
import { checkText } from '../strings/check.ts';
import { duration } from '../strings/duration.ts';
import { step as stepStrings } from '../strings/page.ts';
import type { ConnectionState } from './connection.ts';
import { setText } from './keep.ts';
import { answerTo, labelIn, type Verdict, verdictOf } from './prediction-verdict.ts';
import { readOutputs } from './run-outputs.ts';

/** Lines of one output, the last ones: three pages of paper. */
const LINES = 200;

class LabBook extends HTMLElement {
  #life: AbortController | undefined;
  /** By step, when the run began whose output stands there. */
  readonly #shown = new Map<string, number>();

  connectedCallback(): void {
    const life = new AbortController();
    const { signal } = life;
    this.#life = life;
    this.#say(strings.connecting);
    this.#setReading(true);
    this.#listen('print', print, signal);
    this.#listen('save', () => void this.#save(), signal);
    const leave = readOutputs({
      handleConnection: (state) => this.#handleConnection(state),
      handleProgress: (read, all) => {
        this.#setReading(read < all);
        this.#say(read < all ? strings.reading(read, all) : strings.ready(this.#shown.size));
      },
      handleStatus: (run) => this.#judge(run.step, run),
      handleRunning: ({ step }) => this.#show(step, '', strings.running),
      handleOutput: (run, text) => {
        this.#shown.set(run.step, run.startedAt);
        this.#show(run.step, lastLines(text), endText(run));
      },
      handleReset: (at) => {
        for (const [step, startedAt] of this.#shown) if (startedAt < at) this.#forget(step);
        this.#say(strings.ready(this.#shown.size));
      },
    });
    signal.addEventListener('abort', leave);
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  #listen(name: string, act: () => void, signal: AbortSignal): void {
    const handleClick = ({ currentTarget }: Event): void => {
      if (currentTarget instanceof Element && currentTarget.ariaDisabled !== 'true') act();
    };
    this.#part(name)?.addEventListener('click', handleClick, { signal });
  }

  /** What is printed or kept then would lack the rest without a word. */
  #setReading(reading: boolean): void {
    for (const name of ['print', 'save'])
      this.#part(name)?.setAttribute('aria-disabled', String(reading));
  }

  #part(name: string): Element | null {
    return this.querySelector(`[data-part="${name}"]`);
  }

  #say(text: string): void {
    const status = this.#part('status');
    if (status !== null) setText(status, text);
  }

  #handleConnection(state: ConnectionState): void {
    if (state === 'denied') this.#say(strings.denied);
    if (state === 'recorded') this.#say(strings.recorded);
    if (state === 'lost') this.#say(strings.lost);
    // While it connects, nobody knows yet whether there is something to wait for.
    if (state !== 'open' && state !== 'connecting') this.#setReading(false);
  }

  #forget(step: string): void {
    this.#shown.delete(step);
    this.#show(step, '', '');
    this.#judge(step, undefined);
  }

  /** What its check, and its question, have turned out to be. */
  #judge(step: string, run: RunStatus | undefined): void {
    const element = stepOf(step);
    const check = element?.querySelector('[data-part="check"]');
    if (element && check) {
      setText(check, checkText(run?.check));
      element.dataset.check = run?.check?.state ?? 'none';
    }
    const verdict = element?.querySelector<HTMLElement>('[data-part="verdict"]');
    const question = element?.querySelector('[data-part="predict"]');
    if (!verdict || !question) return;
    const { state, text } = run?.outcome
      ? verdictOf(run.outcome, answerTo(run), labelIn(question))
      : UNJUDGED;
    verdict.dataset.verdict = state;
    // The question itself is not there to be read.
    const asked = question.querySelector('legend')?.textContent ?? '';
    setText(verdict, text && `${asked} ${text}`);
  }

  #show(step: string, text: string, end: string): void {
    const element = stepOf(step);
    const output = element?.querySelector<HTMLElement>('[data-part="output"]');
    const result = element?.querySelector('[data-part="result"]');
    if (!output || !result) return;
    output.textContent = text;
    output.hidden = text === '';
    // A long one scrolls: by the keyboard, too.
    output.tabIndex = 0;
    setText(result, end);
  }

  /** Loaded when somebody wants to. */
  async #save(): Promise<void> {
    try {
      const { saveBook } = await import('./save-book.ts');
      await saveBook();
      this.#say(strings.saved);
    } catch (error) {
      console.error(error);
      this.#say(strings.notSaved);
    }
  }
}

const UNJUDGED: Verdict = { state: 'none', text: '' };

const stepOf = (step: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`lab-step[data-step="${CSS.escape(step)}"]`);

const lastLines = (text: string): string => {
  const lines = text.split('\n');
  const left = lines.length - LINES;
  return left > 0 ? [strings.leftOut(left), ...lines.slice(left)].join('\n') : text;
};

const endText = ({ status, duration: took, startedAt }: RunStatus): string =>
  strings.ended(
    status === 'unknown' ? stepStrings.lost : stepStrings[status],
    duration(took),
    new Date(startedAt),
  );

customElements.define('lab-book', LabBook);
