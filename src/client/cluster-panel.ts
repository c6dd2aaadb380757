/** What the view of the cluster shows, while somebody looks. */
import './cluster-styles.ts';
import { difference, onlySeen } from '../../server/cluster/changes.ts';
import type { ClusterState } from '../../server/protocol.ts';
import { type ClusterWatcher, cluster } from './cluster.ts';
import { createClusterHelp } from './cluster-help.ts';
import { renderCluster } from './cluster-render.ts';
import { connection, type Subscriber } from './connection.ts';
import { renderGroups } from './group-render.ts';
import { createTimeline } from './timeline.ts';
import { renderTimeline } from './timeline-render.ts';
import { keepForNext, takeKept } from './timeline-store.ts';
import { createKeysView } from './topic-keys.ts';

/** Milliseconds between two looks at the clock. */
const TICK = 1_000;

/** @param signal of the element's life. */
export const openPanel = (
  root: HTMLElement,
  details: HTMLDetailsElement,
  signal: AbortSignal,
): void => {
  const kept = takeKept();
  const timeline = createTimeline(kept?.timeline);
  const keys = createKeysView(root, signal);
  const help = createClusterHelp(root, () => state, signal);
  /** `undefined` while nobody looks, and until the first word after that. */
  let state: ClusterState | undefined;
  let last: ClusterState | undefined = kept?.last;
  /** When the last word came, by a clock that does not jump. */
  let heardAt = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let leave: (() => void)[] = [];

  const render = (): void => {
    renderCluster(root, state, performance.now() - heardAt);
    if (state !== undefined) renderGroups(root, state);
    renderTimeline(root, timeline);
    help.refresh();
  };
  const watcher: ClusterWatcher & Subscriber = {
    handleCluster: (next, changes) => {
      if (changes !== undefined) timeline.change(next, onlySeen(state ?? next, next, changes));
      else if (last !== undefined && wasAway(last, next)) {
        timeline.missed(next, onlySeen(last, next, difference(last, next).changes));
      }
      state = next;
      last = next;
      keys.update(next);
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

  window.addEventListener('pagehide', () => keepForNext({ timeline: timeline.memory, last }), {
    signal,
  });
  // Of its own and of the table's, neither of which bubbles.
  root.addEventListener('toggle', watch, { signal, capture: true });
  document.addEventListener('visibilitychange', watch, { signal });
  signal.addEventListener('abort', unwatch);
  watch();
};

/** Milliseconds: a page is turned in less. */
const AWAY = 5_000;

/** Whether something may have happened between the two that nobody here saw. */
const wasAway = (last: ClusterState, next: ClusterState): boolean =>
  next.at - last.at > AWAY || difference(last, next).changes.length > 0;

/** As the lesson calls it; the step of another chapter goes by its name. */
const titleOf = (step: string): string =>
  document.querySelector(`[data-step="${CSS.escape(step)}"]`)?.ariaLabel ?? step;
