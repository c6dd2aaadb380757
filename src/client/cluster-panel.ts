/** What the view of the cluster shows, while somebody looks. */
import './cluster-styles.ts';
import type { ClusterState } from '../../server/protocol.ts';
import { moveByArrows } from './arrow-keys.ts';
import { type ClusterWatcher, cluster } from './cluster.ts';
import { OLD } from './cluster-facts.ts';
import { createClusterHelp } from './cluster-help.ts';
import { renderCluster } from './cluster-render.ts';
import { connection, isBorrowed, isMirrored, type Subscriber } from './connection.ts';
import { renderGroups } from './group-render.ts';
import { setText } from './keep.ts';
import { isOfPage } from './page-topics.ts';
import { createTimeline, type TimelineEntry } from './timeline.ts';
import { renderTimeline } from './timeline-render.ts';
import { createKeysView } from './topic-keys.ts';

/** Milliseconds between two looks at the clock. */
const TICK = 1_000;

/** What was recorded does not grow old. */
const isStale = (since: number): boolean => since > OLD && connection.state !== 'recorded';

const runningIn = ({ brokers }: ClusterState): number =>
  brokers.filter(({ container }) => container === 'running').length;

/** @param signal of the element's life. */
export const openPanel = (
  root: HTMLElement,
  details: HTMLDetailsElement,
  signal: AbortSignal,
): void => {
  let timeline = createTimeline([], isOfPage);
  const keys = createKeysView(root, signal);
  const brokers = root.querySelector('[data-part="brokers"]');
  if (brokers !== null) moveByArrows(brokers, signal);
  const help = createClusterHelp(root, () => state, signal);
  const handleReset = (): void =>
    void import('./lab-reset.ts').then(({ askReset }) => askReset(state));
  const reset = root.querySelector<HTMLElement>('[data-part="reset"]');
  reset?.addEventListener('click', handleReset, { signal });
  /** As it was told last; `undefined` until then. */
  let state: ClusterState | undefined;
  /** When the last word came, and since when somebody looks, by a clock that does not jump. */
  let heardAt = 0;
  let lookedAt = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let frame: number | undefined;
  let leave: (() => void)[] = [];

  const draw = (): void => {
    frame = undefined;
    const now = performance.now();
    const since = now - heardAt;
    renderCluster(root, state, { since, waited: Math.min(since, now - lookedAt) });
    if (state !== undefined) renderGroups(root, state);
    renderTimeline(root, timeline, isStale(since) ? undefined : state);
    help.refresh();
    // What is not one's own cannot be reset.
    if (reset !== null) reset.hidden = isBorrowed(connection.state);
  };
  /** With the next frame: what comes together is drawn together. */
  const render = (): void => {
    frame ??= requestAnimationFrame(draw);
  };
  /** For those who do not see what moves. */
  const announce = (entries: readonly TimelineEntry[]): void => {
    const news = root.querySelector('[data-part="news"]');
    const changes = entries.filter(({ kind }) => kind === 'changes').map(({ text }) => text);
    if (news !== null && changes.length > 0) setText(news, changes.join('. '));
  };
  let mirrored = isMirrored(connection.state);
  /** From now on it is another cluster: of this one, nothing stays. */
  const handleConnection = (): void => {
    if (mirrored !== isMirrored(connection.state)) {
      mirrored = !mirrored;
      state = undefined;
      timeline = createTimeline([], isOfPage);
      const rows = '[data-part="brokers"], tbody, [data-part="groups"]';
      for (const part of root.querySelectorAll(rows)) part.replaceChildren();
    }
    render();
  };
  const watcher: ClusterWatcher & Subscriber = {
    handleConnection,
    handleCluster: (next) => {
      // The line that tells of the lab is not to say something else.
      if (state !== undefined && runningIn(state) !== runningIn(next))
        void connection.refreshHealth();
      state = next;
      keys.update(next);
      heardAt = performance.now();
      render();
    },
    handleMessage: (message) => {
      if (message.type === 'cluster.history') {
        timeline = createTimeline(message.happenings, isOfPage);
        // What was said last may be so no more.
        root.querySelector('[data-part="news"]')?.replaceChildren();
      } else if (message.type === 'cluster.happened') announce(timeline.add(message.happening));
      else return;
      render();
    },
  };
  const unwatch = (): void => {
    clearInterval(timer);
    for (const each of leave) each();
    leave = [];
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    // Nothing is known of now: in the line that stays there is no number.
    root.querySelector('[data-part="brief"]')?.replaceChildren();
  };
  /** Only an open view that can be seen asks for anything. */
  const watch = (): void => {
    const looks = details.open && document.visibilityState === 'visible' && !signal.aborted;
    if (!looks) {
      unwatch();
      return;
    }
    if (leave.length === 0) {
      lookedAt = performance.now();
      // First: what stands in answers at once what the cluster is asked with.
      leave = [connection.subscribe(watcher), cluster.watch(watcher)];
      timer = setInterval(render, TICK);
    }
    render();
  };

  // What has moved may move again.
  const settle = ({ target }: Event): void => {
    if (target instanceof HTMLElement) target.removeAttribute('data-changed');
  };
  root.addEventListener('animationend', settle, { signal });
  // Of its own and of the table's, neither of which bubbles.
  root.addEventListener('toggle', watch, { signal, capture: true });
  document.addEventListener('visibilitychange', watch, { signal });
  signal.addEventListener('abort', unwatch);
  watch();
};
