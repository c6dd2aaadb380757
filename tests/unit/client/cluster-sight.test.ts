import { beforeEach, expect, it, vi } from 'vitest';
import type { ClusterState } from '../../../server/protocol.ts';
import type { ClusterWatcher } from '../../../src/client/cluster.ts';
import { watchSight } from '../../../src/client/cluster-sight.ts';
import { clusterOf } from '../../cluster-state.ts';

const watchers = vi.hoisted(() => new Set<ClusterWatcher>());
vi.mock('../../../src/client/cluster.ts', () => ({
  cluster: {
    watch: (watcher: ClusterWatcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  },
}));
beforeEach(() => vi.useFakeTimers());

it('shows containers that are seen, also if no broker has told for long, and nothing older', () => {
  const shown: (ClusterState | undefined)[] = [];
  const leave = watchSight((state) => shown.push(state));
  const quiet = clusterOf(60_000, { toldAt: 1_000 });
  const unseen = clusterOf(60_000, { seenAt: 1_000 });
  for (const state of [quiet, unseen]) for (const each of watchers) each.handleCluster(state);
  expect(shown).toEqual([undefined, quiet, undefined]);
  leave();
  expect(watchers.size).toBe(0);
});
