/** `<lab-checkpoint>`: what its run would do now. Watches while it is open. The markup is `Checkpoint.astro`'s. */
import type { Checkpoint } from '../../server/cluster/lacking.ts';
import type { ClusterState } from '../../server/protocol.ts';
import { checkpoint as strings } from '../strings/checkpoint.ts';
import { differenceOf } from './checkpoint-difference.ts';
import { watchSight } from './cluster-sight.ts';
import { isOfPage } from './page-topics.ts';

class LabCheckpoint extends HTMLElement {
  #leave: (() => void) | undefined;
  #life: AbortController | undefined;

  connectedCallback(): void {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const details = this.querySelector('details');
    const follow = (): void => {
      this.#leave?.();
      this.#leave = details?.open ? watchSight((state) => this.#show(state)) : undefined;
    };
    details?.addEventListener('toggle', follow, { signal });
    follow();
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    this.#leave?.();
  }

  #show(state: ClusterState | undefined): void {
    const checkpoint = JSON.parse(this.dataset.needs ?? '') as Checkpoint;
    const shown = state && differenceOf(checkpoint, state, isOfPage);
    const lines = shown?.lines ?? [{ text: strings.looking }];
    // What is on the screen is what the click agrees to.
    const step = this.querySelector('lab-step');
    step?.setAttribute('data-removes', JSON.stringify(shown?.removes ?? []));
    this.toggleAttribute('data-ready', shown?.isReady === true);
    const list = this.querySelector('[data-part="difference"]');
    const text = lines.map((line) => line.text).join('\n');
    if (list === null || list.getAttribute('data-said') === text) return;
    list.setAttribute('data-said', text);
    list.replaceChildren(
      ...lines.map((line) => {
        const said = document.createElement('p');
        said.textContent = line.text;
        said.toggleAttribute('data-removal', line.isRemoval === true);
        return said;
      }),
    );
  }
}

customElements.define('lab-checkpoint', LabCheckpoint);
