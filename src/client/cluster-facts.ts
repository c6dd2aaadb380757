/** What a state of the cluster says of a broker or a partition. */
import { brokerId } from '../../server/lab/lab.ts';
import type { ClusterState } from '../../server/protocol.ts';
import { cluster as strings } from '../strings/cluster.ts';

type Broker = ClusterState['brokers'][number];
type Partition = ClusterState['partitions'][number];

/** Milliseconds without news after which what is shown is called old: news comes every second. */
export const OLD = 3_000;

/** Whether what is shown was seen and told a moment ago; of a cluster that is not there, nobody tells. */
export const isFresh = (state: ClusterState): boolean =>
  isSeen(state) && (state.toldAt === null || isTold(state));

/** Whether the containers were seen a moment ago: of those that are stopped, there is no more to know. */
export const isSeen = ({ at, seenAt }: ClusterState): boolean =>
  seenAt !== null && at - seenAt <= OLD;

/** Whether a broker has told a moment ago. */
export const isTold = ({ at, toldAt }: ClusterState): boolean =>
  toldAt !== null && at - toldAt <= OLD;

/** Only of one that answers: of another, nobody knows whether it still is. */
export const isController = (broker: Broker, state: ClusterState): boolean =>
  state.controller === brokerId(broker.name) && broker.state === 'up' && isFresh(state);

export const wordFor = (
  { container, state, registered }: Broker,
  cluster: ClusterState,
): string => {
  // Dead, and the others do not know: until its session expires, nobody takes its place.
  const counted = registered === true && cluster.brokers.some((each) => each.state === 'up');
  if (state === 'down' && counted && isFresh(cluster)) {
    const words = cluster.zookeeper === 'running' ? strings.expiring : strings.unnoticed;
    return words(strings.containers[container]);
  }
  if (container === 'paused' || container === 'absent') return strings.containers[container];
  return strings.states[state];
};

export const roleOf = ({ leader, isr }: Partition, id: number): keyof typeof strings.roles => {
  // Only who is in the ISR may lead when it comes back.
  if (leader === null && isr.includes(id)) return 'leaderless';
  if (leader === id) return 'leader';
  return isr.includes(id) ? 'follower' : 'behind';
};

/** How far it has grown. */
export const endText = ({ end }: Pick<Partition, 'end'>): string =>
  end === null ? strings.unknown : end.toLocaleString('ko');
