import { BROKERS } from '../server/lab/lab.ts';
import type { ClusterState } from '../server/protocol.ts';

/** Three brokers that are up, and nothing in them; `more` is what is different. */
export const clusterOf = (at: number, more: Partial<ClusterState> = {}): ClusterState => ({
  type: 'cluster.state',
  at,
  seenAt: at,
  zookeeper: 'running',
  brokers: BROKERS.map((name) => ({ name, container: 'running', state: 'up', registered: true })),
  toldAt: at,
  controller: 1,
  partitions: [],
  groups: [],
  ...more,
});
