/** What the view of the cluster shows, while somebody looks. */
import './cluster-styles.ts';
import type { ClusterState } from '../../server/protocol.ts';
import { moveByArrows } from './arrow-keys.ts';
import { type ClusterWatcher, cluster } from './cluster.ts';
import { createClusterHelp } from './cluster-help.ts';
import { renderCluster } from './cluster-render.ts';
import { connection, type Subscriber } from './connection.ts';
import { renderGroups } from './group-render.ts';
import { createTimeline } from './timeline.ts';
import { renderTimeline } from './timeline-render.ts';
import { createKeysView } from './topic-keys.ts';

/** Milliseconds between two looks at the clock. */
const TICK = 1_000;

/** @param signal of the element's life. */
export const openPanel = (
  root: HTMLElement,
  details: HTMLDetailsElement,
  signal: AbortSignal,
): void => {
  let timeline = createTimeline();
  const keys = createKeysView(root, signal);
  const brokers = root.querySelector('[data-part="brokers"]');
  if (brokers !== null) moveByArrows(brokers, signal);
  const help = createClusterHelp(root, () => state, signal);
  /** `undefined` while nobody looks, and until the first word after that. */
  let state: ClusterState | undefined;
  /** When the last word came, by a clock that does not jump. */
  let heardAt = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let leave: (() => void)[] = [];

  const render = (): void => {
    renderCluster(root, state, performance.now() - heardAt);
    if (state !== undefined) renderGroups(root, state);
    renderTimeline(root, timeline, state);
    help.refresh();
  };
  const watcher: ClusterWatcher & Subscriber = {
    handleCluster: (next) => {
      state = next;
      keys.update(next);
      heardAt = performance.now();
      render();
    },
    handleMessage: (message) => {
      if (message.type === 'cluster.history') timeline = createTimeline(message.happenings);
      else if (message.type === 'cluster.happened') timeline.add(message.happening);
      else return;
      render();
    },
  };
  const unwatch = (): void => {
    clearInterval(timer);
    for (const each of leave) each();
    leave = [];
    state = undefined;
  };
  /** Only an open view that can be seen asks for anything. */
  const watch = (): void => {
    const looks = details.open && document.visibilityState === 'visible' && !signal.aborted;
    if (!looks) unwatch();
    else if (leave.length === 0) {
      leave = [cluster.watch(watcher), connection.subscribe(watcher)];
      timer = setInterval(render, TICK);
    }
    render();
  };

  // Of its own and of the table's, neither of which bubbles.
  root.addEventListener('toggle', watch, { signal, capture: true });
  document.addEventListener('visibilitychange', watch, { signal });
  signal.addEventListener('abort', unwatch);
  watch();
};
