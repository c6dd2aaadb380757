/** What the view of the cluster shows, while somebody looks. */
import { difference } from '../../server/cluster/changes.ts';
import type { ClusterState } from '../../server/protocol.ts';
import { type ClusterWatcher, cluster } from './cluster.ts';
import { createClusterHelp } from './cluster-help.ts';
import { renderCluster } from './cluster-render.ts';
import { connection, type Subscriber } from './connection.ts';
import { renderGroups } from './group-render.ts';
import { createTimeline } from './timeline.ts';
import { renderTimeline } from './timeline-render.ts';

/** Milliseconds between two looks at the clock. */
const TICK = 1_000;

/** @param signal of the element's life. */
export const openPanel = (
  root: HTMLElement,
  details: HTMLDetailsElement,
  signal: AbortSignal,
): void => {
  const timeline = createTimeline();
  let state: ClusterState | undefined;
  /** When the last word came, by a clock that does not jump. */
  let heardAt = 0;
  let leave: (() => void)[] = [];

  const render = (): void => {
    renderCluster(root, state, performance.now() - heardAt);
    if (state !== undefined) renderGroups(root, state);
    renderTimeline(root, timeline.entries);
  };
  const watcher: ClusterWatcher & Subscriber = {
    handleCluster: (next, changes) => {
      // The whole state once more: what led there, nobody here has seen.
      if (changes.length === 0 && state !== undefined)
        timeline.missed(next, difference(state, next).changes);
      else timeline.change(next, changes);
      state = next;
      heardAt = performance.now();
      render();
    },
    handleMessage: (message) => {
      if (message.type !== 'run.status') return;
      timeline.run(message, titleOf(message.step));
      render();
    },
  };
  const unwatch = (): void => {
    for (const each of leave) each();
    leave = [];
  };
  /** Only an open view that can be seen asks for anything. */
  const watch = (): void => {
    const looks = details.open && document.visibilityState === 'visible' && !signal.aborted;
    if (!looks) unwatch();
    else if (leave.length === 0) leave = [cluster.watch(watcher), connection.subscribe(watcher)];
    render();
  };

  // Of its own and of the table's, neither of which bubbles.
  root.addEventListener('toggle', watch, { signal, capture: true });
  document.addEventListener('visibilitychange', watch, { signal });
  const timer = setInterval(render, TICK);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    unwatch();
  });
  createClusterHelp(root, () => state, signal);
  watch();
};

/** As the lesson calls it; the step of another chapter goes by its name. */
const titleOf = (step: string): string =>
  document.querySelector(`[data-step="${CSS.escape(step)}"]`)?.ariaLabel ?? step;
