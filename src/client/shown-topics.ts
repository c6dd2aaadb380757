/** Which topics are drawn one by one, where there are more than three machines can show. */
import type { ClusterState } from '../../server/protocol.ts';

type Partition = ClusterState['partitions'][number];

/** Topics that are drawn; the guide's own are eight, and a drill has one of its own. */
const MOST = 10;

/** Those that the page is about first, then those in which something is amiss, then by name. */
export const shownTopics = (
  partitions: readonly Partition[],
  isOfPage: (topic: string) => boolean,
): ReadonlySet<string> => {
  const topics = [...new Set(partitions.map(({ topic }) => topic))];
  if (topics.length <= MOST) return new Set(topics);
  const amiss = new Set(partitions.filter(isAmiss).map(({ topic }) => topic));
  const rank = (topic: string): number => (isOfPage(topic) ? 0 : amiss.has(topic) ? 1 : 2);
  return new Set(topics.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST));
};

const isAmiss = ({ leader, isr, replicas }: Partition): boolean =>
  leader === null || isr.length < replicas.length;
