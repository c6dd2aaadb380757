/** `<kafka-ui>`: offers the link when it leads somewhere, and says why when it does not. */
import type { Health } from '../../server/protocol.ts';
import { kafkaUi as strings } from '../strings/page.ts';
import { connection } from './connection.ts';

/** Milliseconds. */
const AGAIN = 5_000;

class KafkaUi extends HTMLElement {
  #life = new AbortController();
  #again: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener('lab:health', (event) => this.#render(event.detail), { signal });
    this.querySelector('button')?.addEventListener('click', openClusterView, { signal });
  }

  disconnectedCallback(): void {
    this.#life.abort();
    clearTimeout(this.#again);
  }

  #render({ lab, kafkaUi }: Health): void {
    const state = kafkaUi?.state ?? (lab === 'docker' ? 'unknown' : 'none');
    const link = this.querySelector('a');
    const line = this.querySelector('[role="status"]');
    if (link === null || line === null) return;
    this.dataset.state = state;
    link.hidden = state !== 'answers';
    if (kafkaUi !== null) link.href = kafkaUi.address;
    if (line.textContent !== strings[state]) line.textContent = strings[state];
    // It needs half a minute to start, and nothing else tells that it has.
    clearTimeout(this.#again);
    if (state === 'silent') this.#again = setTimeout(() => this.#askAgain(), AGAIN);
  }

  #askAgain(): void {
    // A page in the background asks when it is looked at again.
    if (document.visibilityState === 'visible') void connection.refreshHealth();
  }
}

/** What there is of a cluster to be seen in either lab. */
const openClusterView = (): void => {
  const details = document.querySelector<HTMLDetailsElement>('cluster-view > details');
  if (details === null) return;
  details.open = true;
  details.querySelector('summary')?.focus();
};

customElements.define('kafka-ui', KafkaUi);
