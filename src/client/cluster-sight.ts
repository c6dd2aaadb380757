/**
 * The cluster for those who show what would be done to it: its containers as they are now, or not at all.
 * What brokers have told may be old.
 */
import type { ClusterState } from '../../server/protocol.ts';
import { cluster } from './cluster.ts';
import { isSeen, OLD } from './cluster-facts.ts';

/**
 * @param see is given nothing while nothing is known, or what is known is old.
 * @returns how to stop.
 */
export const watchSight = (see: (state: ClusterState | undefined) => void): (() => void) => {
  let late: ReturnType<typeof setTimeout> | undefined;
  const lose = (): void => see(undefined);
  lose();
  const leave = cluster.watch({
    handleCluster: (state) => {
      clearTimeout(late);
      late = setTimeout(lose, OLD);
      see(isSeen(state) ? state : undefined);
    },
  });
  return () => {
    clearTimeout(late);
    leave();
  };
};
