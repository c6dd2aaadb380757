/** `<cluster-view>`: what the cluster looks like, while somebody looks. The markup is `ClusterView.astro`'s. */
import type { ClusterDifference, ClusterState, ServerMessage } from '../../server/protocol.ts';
import { type ClusterWatcher, cluster } from './cluster.ts';
import { createClusterHelp } from './cluster-help.ts';
import { renderCluster } from './cluster-render.ts';
import { connection, type Subscriber } from './connection.ts';
import { renderGroups } from './group-render.ts';
import { createTimeline } from './timeline.ts';
import { renderTimeline } from './timeline-render.ts';

const REMEMBERED = 'lab:cluster-view';
/** Where it is beside the lesson, and not over it. */
const WIDE = '(min-width: 72rem)';
/** Milliseconds between two looks at the clock. */
const TICK = 1_000;

class ClusterView extends HTMLElement implements ClusterWatcher, Subscriber {
  #life: AbortController | undefined;
  #leave: (() => void)[] = [];
  /** When the last word came, by a clock that does not jump. */
  #heardAt = 0;
  #state: ClusterState | undefined;
  readonly #timeline = createTimeline();

  get #details(): HTMLDetailsElement | null {
    return this.querySelector('details');
  }

  connectedCallback(): void {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const details = this.#details;
    if (details === null) return;
    details.open = localStorage.getItem(REMEMBERED) !== 'closed' && matchMedia(WIDE).matches;
    details.addEventListener('toggle', () => this.#handleToggle(details.open), { signal });
    // Of the table, which does not bubble.
    this.addEventListener('toggle', () => this.#render(), { signal, capture: true });
    document.addEventListener('visibilitychange', () => this.#watch(), { signal });
    const timer = setInterval(() => this.#render(), TICK);
    signal.addEventListener('abort', () => clearInterval(timer));
    createClusterHelp(this, () => this.#state, signal);
    this.#watch();
    this.#render();
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    this.#unwatch();
  }

  handleCluster(state: ClusterState, changes: readonly ClusterDifference[]): void {
    this.#state = state;
    this.#heardAt = performance.now();
    this.#timeline.change(state, changes);
    this.#render();
  }

  handleMessage(message: ServerMessage): void {
    if (message.type !== 'run.status') return;
    this.#timeline.run(message, titleOf(message.step));
    this.#render();
  }

  #handleToggle(open: boolean): void {
    // On a narrow page it covers the lesson: there it opens for the moment only.
    if (matchMedia(WIDE).matches) localStorage.setItem(REMEMBERED, open ? 'open' : 'closed');
    this.#watch();
  }

  /** Only an open view that can be seen asks for anything. */
  #watch(): void {
    const looks = this.#details?.open === true && document.visibilityState === 'visible';
    if (!looks) this.#unwatch();
    else if (this.#leave.length === 0)
      this.#leave = [cluster.watch(this), connection.subscribe(this)];
  }

  #unwatch(): void {
    for (const leave of this.#leave) leave();
    this.#leave = [];
  }

  #render(): void {
    renderCluster(this, this.#state, performance.now() - this.#heardAt);
    if (this.#state !== undefined) renderGroups(this, this.#state);
    renderTimeline(this, this.#timeline.entries);
  }
}

/** As the lesson calls it; the step of another chapter goes by its name. */
const titleOf = (step: string): string =>
  document.querySelector(`[data-step="${CSS.escape(step)}"]`)?.ariaLabel ?? step;

customElements.define('cluster-view', ClusterView);
