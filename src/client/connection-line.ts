import type { Health } from '../../server/protocol.ts';
import { connection as strings } from '../strings/page.ts';
import { type ConnectionState, connection } from './connection.ts';

/** Where the chapters stand beside the lesson, with room below them. */
const WIDE = '(min-width: 50rem)';

/** `<lab-connection>`: one small line a page that says which lab answers, or why none does. */
class ConnectionLine extends HTMLElement {
  #life = new AbortController();
  #health: Health | undefined;

  connectedCallback(): void {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.setAttribute('role', 'status');
    this.popover = 'manual';
    matchMedia(WIDE).addEventListener('change', () => this.#render(), { signal });
    document.addEventListener('lab:health', (event) => this.#handleHealth(event.detail), {
      signal,
    });
    const leave = connection.subscribe({ handleConnection: () => this.#render() });
    signal.addEventListener('abort', leave);
    this.#render();
  }

  disconnectedCallback(): void {
    this.#life.abort();
  }

  #handleHealth(health: Health): void {
    this.#health = health;
    this.#render();
  }

  #render(): void {
    const { state } = connection;
    const text = lineText(state, this.#health);
    this.setAttribute('data-state', state);
    this.setAttribute('data-brokers', `${this.#health?.brokers ?? 0}`);
    const problem = state === 'open' ? (this.#health?.problem ?? '') : '';
    this.toggleAttribute('data-problem', problem !== '');
    this.title = problem;
    if (this.textContent !== text) this.textContent = text;
    // Above whatever else stands there, unless nothing has to be said where it would cover the text.
    const floats = matchMedia(WIDE).matches || state === 'lost' || problem !== '';
    if (this.isConnected) this.togglePopover(floats);
  }
}

const lineText = (state: ConnectionState, health: Health | undefined): string => {
  if (state === 'denied') return `${strings.denied}: ${strings.howToRun}`;
  if (state === 'mirrored' || state === 'stale') return strings[state];
  if (state === 'recorded') return health?.missing ?? strings.recorded;
  if (state === 'open' && health !== undefined) {
    // What to do about it is said by the steps, and by the title.
    if (health.problem !== null) return health.problem.replace(/(?<=다\.) .*/s, '');
    const { lab, brokers } = health;
    return `${strings.lab[lab]} · ${strings.cluster(strings.running[lab], brokers)}`;
  }
  return state === 'lost' ? strings.lost : strings.connecting;
};

/** Puts the line at the end of the lesson, where it sticks to the window while one reads. */
export const showConnectionLine = (step: HTMLElement): void => {
  if (document.querySelector('lab-connection') !== null) return;
  const lesson = step.closest('.sl-markdown-content') ?? document.body;
  lesson.append(document.createElement('lab-connection'));
};

customElements.define('lab-connection', ConnectionLine);
