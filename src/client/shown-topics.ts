/** Which topics are drawn one by one, where there are more than three machines can show. */
import type { ClusterState } from '../../server/protocol.ts';

type Partition = ClusterState['partitions'][number];

/** Topics that are drawn; a lesson's own are six. */
const MOST = 8;

/** Those in which something is amiss first, then by name. */
export const shownTopics = (partitions: readonly Partition[]): ReadonlySet<string> => {
  const topics = [...new Set(partitions.map(({ topic }) => topic))];
  if (topics.length <= MOST) return new Set(topics);
  const amiss = new Set(partitions.filter(isAmiss).map(({ topic }) => topic));
  const inTurn = [
    ...topics.filter((topic) => amiss.has(topic)),
    ...topics.filter((topic) => !amiss.has(topic)),
  ];
  return new Set(inTurn.slice(0, MOST));
};

const isAmiss = ({ leader, isr, replicas }: Partition): boolean =>
  leader === null || isr.length < replicas.length;
