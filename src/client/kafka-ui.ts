/** `<kafka-ui>`: offers the link when it leads somewhere, and says why when it does not. */
import type { Health } from '../../server/protocol.ts';
import { kafkaUi as strings } from '../strings.ts';

class KafkaUi extends HTMLElement {
  #life = new AbortController();

  connectedCallback(): void {
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener('lab:health', (event) => this.#render(event.detail), { signal });
  }

  disconnectedCallback(): void {
    this.#life.abort();
  }

  #render({ kafkaUi }: Health): void {
    const state = kafkaUi === null ? 'none' : kafkaUi.answers ? 'answers' : 'silent';
    const link = this.querySelector('a');
    const line = this.querySelector('[role="status"]');
    if (link === null || line === null) return;
    this.dataset.state = state;
    link.hidden = state !== 'answers';
    if (kafkaUi !== null) link.href = kafkaUi.address;
    line.textContent = strings[state];
  }
}

customElements.define('kafka-ui', KafkaUi);
