/** Why a check does not hold of the cluster as it was seen, in words for the reader. */
import { object, subject } from '../lab/korean.ts';
import { BROKERS, type Broker, brokerId } from '../lab/lab.ts';
import type { ClusterCheck } from '../lessons/check.ts';
import type { ClusterState } from '../protocol.ts';
import { keyOf } from './changes.ts';

type Partition = ClusterState['partitions'][number];

export interface Unmet {
  /** Korean, with the values seen. */
  readonly reason: string;
  /**
   * No waiting will help. A single broker may still be started from beside while the step is checked:
   * for that, it is waited. What makes the whole cluster is refused meanwhile.
   */
  readonly hopeless: boolean;
}

/**
 * @param among all that is declared with it: a broker that is to be down is in nobody's way.
 * @param since what brokers have told before that proves nothing: milliseconds, as `state.toldAt`.
 * @returns `undefined` while it holds.
 */
export const unmet = (
  check: ClusterCheck,
  state: ClusterState,
  since = 0,
  among: readonly ClusterCheck[] = [],
): Unmet | undefined => {
  const down = among.flatMap((each) => ('down' in each ? each.down : []));
  const reason = reasonOf(check, state, since, down);
  if (reason === undefined) return undefined;
  const obstacle = 'down' in check ? undefined : obstacleIn(state);
  return {
    reason: obstacle ?? reason,
    hopeless: obstacle !== undefined || isSettled(check, state, since),
  };
};

const obstacleIn = ({ brokers, zookeeper }: ClusterState): string | undefined => {
  if (brokers.every(({ container }) => isOff(container))) return CLUSTER_DOWN;
  return isOff(zookeeper) ? ZOOKEEPER_DOWN : undefined;
};

const isOff = (container: ClusterState['zookeeper']): boolean =>
  container === 'absent' || container === 'exited';

/** A topic that a step was to make may still come; how it was made, and that another is not there, stays so. */
const isSettled = (check: ClusterCheck, state: ClusterState, since: number): boolean => {
  if ('down' in check || 'up' in check || 'group' in check || 'idle' in check) return false;
  if (!hasTold(state, since)) return false;
  const made = state.partitions.filter(({ topic }) => topic === topicOf(check));
  if ('topic' in check) return made.length > 0;
  if ('isr' in check && made.some(({ replicas }) => replicas.length < check.isr.size)) return true;
  return made.length === 0;
};

const topicOf = (
  check: Exclude<
    ClusterCheck,
    { down: unknown } | { up: unknown } | { group: unknown } | { idle: unknown }
  >,
): string => {
  if ('topic' in check) return check.topic;
  if ('isr' in check) return check.isr.topic;
  return 'leader' in check ? check.leader.topic : check.preferred;
};

const hasTold = ({ toldAt }: ClusterState, since: number): boolean =>
  toldAt !== null && toldAt >= since;

const reasonOf = (
  check: ClusterCheck,
  state: ClusterState,
  since: number,
  down: readonly Broker[],
): string | undefined => {
  if ('down' in check) return first(check.down, (name) => stillRuns(name, state));
  if (!hasTold(state, since))
    return state.brokers.some((each) => each.state === 'up') ? LOOKING : NOBODY_ANSWERS;
  if ('up' in check) return first(check.up, (name) => notUp(name, state));
  if ('group' in check) return groupReason(check, state);
  if ('idle' in check) return idleReason(check.idle, state);
  if ('topic' in check) return topicReason(check, state);
  const topic = topicOf(check);
  const partitions = state.partitions.filter((each) => each.topic === topic);
  if (partitions.length === 0) return `${noTopic(topic)} ${NEEDS_TOPIC}`;
  if ('isr' in check)
    return first(partitions, (each) => isrReason(each, check.isr.size, state, down));
  if ('preferred' in check) return first(partitions, preferredReason);
  const { partition, not } = check.leader;
  const asked = partitions.filter(
    (each) => partition === undefined || each.partition === partition,
  );
  if (asked.length === 0) return `${topic} 토픽에 ${partition}번 파티션이 없습니다.`;
  return first(asked, (each) => leaderReason(each, not));
};

const first = <T>(
  of: readonly T[],
  reason: (each: T) => string | undefined,
): string | undefined => {
  for (const each of of) {
    const why = reason(each);
    if (why !== undefined) return why;
  }
  return undefined;
};

const brokerIn = (name: Broker, { brokers }: ClusterState) =>
  brokers.find((each) => each.name === name);

const stillRuns = (name: Broker, state: ClusterState): string | undefined => {
  const container = brokerIn(name, state)?.container;
  if (container === 'running') return `${subject(name)} 아직 실행 중입니다.`;
  return container === 'paused'
    ? `${subject(name)} 멈춘 것이 아니라 일시 정지되어 있습니다.`
    : undefined;
};

const notUp = (name: Broker, state: ClusterState): string | undefined => {
  const broker = brokerIn(name, state);
  if (broker === undefined || broker.state === 'up') return undefined;
  return `${subject(name)} ${broker.container === 'paused' ? '일시 정지되어 있습니다' : STATES[broker.state]}.`;
};

const groupReason = (
  { group, members, state: wanted }: Extract<ClusterCheck, { group: string }>,
  { groups }: ClusterState,
): string | undefined => {
  const found = groups.find(({ id }) => id === group);
  if (found === undefined) return `${group} 그룹이 아직 없습니다.`;
  if (found.stale) return `${group} 그룹의 코디네이터가 지금 응답하지 않습니다.`;
  if (found.members.length !== members)
    return `${group} 그룹의 멤버가 ${found.members.length}명입니다. ${members}명이어야 합니다.`;
  return found.state === wanted
    ? undefined
    : `${group} 그룹의 상태가 ${found.state}입니다. ${wanted} 상태가 되어야 합니다.`;
};

const idleReason = (group: string, { groups }: ClusterState): string | undefined => {
  const found = groups.find(({ id }) => id === group);
  if (found?.stale) return `${group} 그룹의 코디네이터가 지금 응답하지 않습니다.`;
  if (found === undefined || found.members.length === 0) return undefined;
  return `${group} 그룹에 컨슈머가 ${found.members.length}개 있습니다. 그 컨슈머를 실행한 단계를 중지해 주세요.`;
};

const topicReason = (
  { topic, partitions, replicationFactor }: Extract<ClusterCheck, { topic: string }>,
  state: ClusterState,
): string | undefined => {
  const found = state.partitions.filter((each) => each.topic === topic);
  if (found.length === 0) return noTopic(topic);
  if (found.length !== partitions)
    return `${topic} 토픽의 파티션이 ${found.length}개입니다. ${partitions}개여야 합니다.`;
  return first(found, ({ replicas }) =>
    replicas.length === replicationFactor
      ? undefined
      : `${topic} 토픽의 복제본이 ${replicas.length}개씩입니다. ${replicationFactor}개씩이어야 합니다.`,
  );
};

const isrReason = (
  partition: Partition,
  size: number,
  state: ClusterState,
  down: readonly Broker[],
): string | undefined => {
  const { isr, replicas } = partition;
  if (isr.length === size) return undefined;
  const seen = `${keyOf(partition)}의 ISR이 [${isr.toSorted().join(',')}]입니다.`;
  if (isr.length > size) return `${seen} ${size}개로 줄어야 합니다.`;
  const behind = BROKERS.filter((name) => {
    const id = brokerId(name);
    return replicas.includes(id) && !isr.includes(id) && !down.includes(name);
  });
  const off = behind.filter((name) => isOff(brokerIn(name, state)?.container ?? 'absent'));
  // Enough of the others are on their way.
  const needed = isr.length + behind.length - off.length < size ? off : [];
  return [
    `${seen} ${size}개여야 합니다.`,
    ...behind.map((name) => notUp(name, state) ?? `${subject(name)} 아직 따라잡는 중입니다.`),
    ...(needed.length > 0 ? [`먼저 ${object(...needed)} 시작해 주세요.`] : []),
  ].join(' ');
};

const preferredReason = (partition: Partition): string | undefined => {
  const [preferred] = partition.replicas;
  if (partition.leader === preferred) return undefined;
  return `${leaderOf(partition)} 우선 리더는 ${nameOf(preferred)}입니다.`;
};

const leaderReason = (partition: Partition, not: Broker): string | undefined => {
  if (partition.leader === null) return leaderOf(partition);
  return partition.leader === brokerId(not)
    ? `${keyOf(partition)}의 리더가 아직 ${not}입니다.`
    : undefined;
};

const leaderOf = (partition: Partition): string =>
  partition.leader === null
    ? `${keyOf(partition)}에 지금 리더가 없습니다.`
    : `${keyOf(partition)}의 리더가 ${nameOf(partition.leader)}입니다.`;

const nameOf = (id: number | undefined): string =>
  BROKERS.find((name) => brokerId(name) === id) ?? String(id);

const noTopic = (topic: string): string => `${topic} 토픽이 없습니다.`;
const NEEDS_TOPIC = '그 토픽을 먼저 만들어 주세요.';

const STATES = {
  starting: '아직 준비 중입니다',
  stopping: '클러스터에 등록되어 있지 않습니다',
  silent: '응답하지 않습니다',
  down: '멈춰 있습니다',
} as const;

const CLUSTER_DOWN =
  '떠 있는 브로커가 없습니다. docker-compose up -d로 클러스터를 시작한 뒤 다시 실행해 주세요.';
const ZOOKEEPER_DOWN =
  'ZooKeeper가 멈춰 있어 컨트롤러가 새 리더를 정하지 못합니다. docker-compose up -d로 다시 시작해 주세요.';
/** Some answered the look before; the next one is under way. */
const LOOKING = '클러스터를 살펴보고 있습니다.';
const NOBODY_ANSWERS = '브로커의 답을 기다리고 있습니다. 아직 어느 브로커도 답하지 않았습니다.';
