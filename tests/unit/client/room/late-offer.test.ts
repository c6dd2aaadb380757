import { beforeEach, expect, it, vi } from 'vitest';
import type { Checkpoint } from '../../../../server/cluster/lacking.ts';
import type { ClusterState } from '../../../../server/protocol.ts';
import type { ClusterWatcher } from '../../../../src/client/cluster.ts';
import { createLateOffer } from '../../../../src/client/room/late-offer.ts';
import { clusterOf } from '../../../cluster-state.ts';

/** The page's cluster, and who watches it. */
const cluster = vi.hoisted(() => ({
  known: undefined as unknown,
  watchers: new Set<ClusterWatcher>(),
}));

vi.mock('../../../../src/client/cluster.ts', () => ({
  cluster: {
    watch: (watcher: ClusterWatcher) => {
      cluster.watchers.add(watcher);
      if (cluster.known !== undefined) watcher.handleCluster(cluster.known as ClusterState);
      return () => cluster.watchers.delete(watcher);
    },
  },
}));

beforeEach(() => {
  cluster.known = undefined;
  cluster.watchers.clear();
});

const tell = (state: ClusterState): void => {
  for (const each of cluster.watchers) each.handleCluster(state);
};
const UP: Checkpoint = { needs: [{ up: ['kafka1', 'kafka2', 'kafka3'] }], makes: [] };
const checkpointOf = (checkpoint: Checkpoint): HTMLElement =>
  ({ dataset: { needs: JSON.stringify(checkpoint) } }) as unknown as HTMLElement;
const WITHOUT = clusterOf(1_000, {
  brokers: clusterOf(0).brokers.map((each) =>
    each.name === 'kafka3'
      ? { ...each, container: 'exited', state: 'down', registered: false }
      : each,
  ),
});

/** As a room: once it is settled, none is due. */
const open = () => {
  const said: string[] = [];
  let due: HTMLElement | undefined = checkpointOf(UP);
  const offer = createLateOffer(
    () => said.push('change'),
    () => {
      said.push('ready');
      due = undefined;
      offer.lacks(due);
    },
  );
  return { said, lacks: () => offer.lacks(due) };
};

it('a cluster that lacks something is offered it, once that is known', () => {
  const { said, lacks } = open();
  expect(lacks()).toBe(false);
  tell(WITHOUT);
  expect(said).toEqual(['change']);
  expect(lacks()).toBe(true);
  expect(cluster.watchers.size).toBe(1);
});

it('a cluster that is there already is no offer, and is looked at no more', () => {
  const { said, lacks } = open();
  expect(lacks()).toBe(false);
  tell(clusterOf(1_000));
  expect(said).toEqual(['ready']);
  expect(lacks()).toBe(false);
  expect(cluster.watchers.size).toBe(0);
});

it('nor is one of which the page knows that before it is asked', () => {
  cluster.known = clusterOf(1_000);
  const { said, lacks } = open();
  expect(lacks()).toBe(false);
  expect(said).toEqual(['ready']);
  expect(cluster.watchers.size).toBe(0);
});
