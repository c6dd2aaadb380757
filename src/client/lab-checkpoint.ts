/** `<lab-checkpoint>`: what its run would do now. Watches while it is open. The markup is `Checkpoint.astro`'s. */
import { type Checkpoint, lacking, lacksNothing } from '../../server/cluster/lacking.ts';
import type { ClusterState, TopicShape } from '../../server/protocol.ts';
import { checkpoint as strings } from '../strings/checkpoint.ts';
import { messagesIn } from './blast-radius.ts';
import { OLD } from './cluster-facts.ts';
import { watchSight } from './cluster-sight.ts';

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
    const shown = state && differenceOf(checkpoint, state);
    const lines = shown?.lines ?? [strings.looking];
    // What is on the screen is what the click agrees to.
    const step = this.querySelector('lab-step');
    step?.setAttribute('data-removes', JSON.stringify(shown?.removes ?? []));
    this.toggleAttribute('data-ready', shown?.isReady === true);
    this.toggleAttribute('data-removing', (shown?.removes.length ?? 0) > 0);
    const list = this.querySelector('[data-part="difference"]');
    if (list === null || list.getAttribute('data-said') === lines.join('\n')) return;
    list.setAttribute('data-said', lines.join('\n'));
    list.replaceChildren(
      ...lines.map((line) => {
        const said = document.createElement('p');
        said.textContent = line;
        return said;
      }),
    );
  }
}

interface Difference {
  readonly lines: readonly string[];
  readonly removes: readonly TopicShape[];
  readonly isReady: boolean;
}

const differenceOf = (checkpoint: Checkpoint, state: ClusterState): Difference => {
  const lack = lacking(checkpoint, state, state.at - OLD);
  if (lacksNothing(lack)) return { lines: [strings.nothing], removes: [], isReady: true };
  const { unpause, start, coming, topics, stop, busy } = lack;
  const some = <T>(of: readonly T[] | undefined, say: (of: readonly T[]) => string): string[] =>
    of === undefined || of.length === 0 ? [] : [say(of)];
  const removes = topics?.remove ?? [];
  return {
    lines: [
      ...some(unpause, strings.unpause),
      ...some(start, strings.start),
      ...some(coming, strings.coming),
      ...some(
        removes.map((shape) => ({
          shape,
          messages: messagesIn(state.partitions.filter(({ topic }) => topic === shape.topic)),
        })),
        strings.remove,
      ),
      ...(removes.length > 0 ? [strings.why] : []),
      ...some(topics?.create, strings.create),
      ...some(topics?.prepare, strings.prepare),
      ...some(stop, strings.stop),
      ...busy.map(({ group, members }) => strings.busy(group, members)),
      ...(topics === undefined ? [strings.later] : []),
    ],
    removes,
    isReady: false,
  };
};

customElements.define('lab-checkpoint', LabCheckpoint);
