/** What a step's question has turned out to be, and why, from the cluster as it was seen. */
import { subject } from '../lab/korean.ts';
import { BROKERS, brokerId } from '../lab/lab.ts';
import { NOBODY, type Predict } from '../lessons/predict.ts';
import type { ClusterState, Outcome } from '../protocol.ts';
import { keyOf } from './changes.ts';
import type { Course } from './effect.ts';

type Partition = ClusterState['partitions'][number];

/** Nobody has seen it. */
export const UNSEEN: Outcome = { value: null, reason: '' };

/** @param course `undefined` where nobody saw it to its end. */
export const outcomeOf = (predict: Predict, course: Course | undefined): Outcome => {
  if (course === undefined) return UNSEEN;
  const { before, after } = course;
  if ('leader' in predict) {
    const { topic, preferred } = predict.leader;
    const first = brokerId(preferred);
    const is = (each: Partition) => each.topic === topic && each.replicas[0] === first;
    const found = after.partitions.find(is);
    if (found !== undefined) return leaderOutcome(before.partitions.find(is), found, after);
    return missing(topic, `${subject(preferred)} 우선 리더인 파티션`, after);
  }
  if ('isr' in predict) {
    const found = after.partitions.find((each) => keyOf(each) === keyOf(predict.isr));
    return found === undefined
      ? missing(predict.isr.topic, `${predict.isr.partition}번 파티션`, after)
      : isrOutcome(found, after);
  }
  if ('leaderless' in predict) return leaderlessOutcome(predict.leaderless.topic, after);
  // Ends and members are looked at last: when it was cut, that may have been before.
  if (course.cut) return UNSEEN;
  if ('spread' in predict) return spreadOutcome(predict.spread.topic, before, after);
  return idleOutcome(predict.idle.group, after);
};

/** It was seen, and there is nothing to say it of. */
const nothing = (reason: string): Outcome => ({ value: null, reason });

const noTopic = (topic: string): Outcome => nothing(`${topic} 토픽이 없습니다.`);

/** @param wanted of the topic, where that is there. */
const missing = (topic: string, wanted: string, { partitions }: ClusterState): Outcome =>
  partitions.some((each) => each.topic === topic)
    ? nothing(`${topic} 토픽에 ${wanted}이 없습니다.`)
    : noTopic(topic);

const leaderOutcome = (was: Partition | undefined, is: Partition, state: ClusterState): Outcome => {
  if (is.leader === null)
    return {
      value: NOBODY,
      reason: `${keyOf(is)}의 ISR에 남은 ${namesOf(is.isr)}의 응답이 없어, 이어받을 브로커가 없습니다.`,
    };
  // Kafka may not know yet that it is gone.
  if (!isUp(is.leader, state)) return UNSEEN;
  return { value: nameOf(is.leader), reason: whyLeader(was, is, is.leader, state) };
};

const whyLeader = (
  was: Partition | undefined,
  is: Partition,
  leader: number,
  state: ClusterState,
): string => {
  const [preferred = leader] = is.replicas;
  const own = `${keyOf(is)}의`;
  const before = was?.leader ?? null;
  if (before === leader) {
    return preferred !== leader && isUp(preferred, state)
      ? `${own} 우선 리더인 ${nameOf(preferred)} 대신 ${subjectOf(leader)} 계속 이끕니다. 돌아온 브로커는 팔로워로 시작하고, 리더 자리를 곧바로 되찾지는 않습니다.`
      : `${own} 리더인 ${subjectOf(leader)} 멈추지 않아 리더가 바뀔 까닭이 없었습니다.`;
  }
  if (before === null) return `${own} ISR에 있던 ${subjectOf(leader)} 리더가 되었습니다.`;
  if (!isUp(before, state))
    return `${own} 리더였던 ${subjectOf(before)} 멈춰, ISR에 남은 ${subjectOf(leader)} 이어받았습니다.`;
  return leader === preferred
    ? `${own} 우선 리더인 ${subjectOf(leader)} 리더 자리를 되찾았습니다.`
    : `${subjectOf(before)} 맡던 ${own} 리더 자리를 ${subjectOf(leader)} 넘겨받았습니다.`;
};

const isrOutcome = (partition: Partition, state: ClusterState): Outcome => {
  const { isr, replicas } = partition;
  const out = replicas.filter((id) => !isr.includes(id));
  const [stopped, behind] = [
    out.filter((id) => !isUp(id, state)),
    out.filter((id) => isUp(id, state)),
  ];
  const why =
    out.length === 0
      ? '복제본이 모두 리더를 따라잡고 있습니다.'
      : [
          ...(stopped.length > 0 ? [`멈춘 ${namesOf(stopped)}의 복제본이 빠졌습니다.`] : []),
          ...(behind.length > 0 ? [`${namesOf(behind)}의 복제본은 아직 따라잡지 못했습니다.`] : []),
        ].join(' ');
  return {
    value: String(isr.length),
    reason: `${keyOf(partition)}의 ISR은 [${isr.toSorted().join(',')}]입니다. ${why}`,
  };
};

const leaderlessOutcome = (topic: string, { partitions }: ClusterState): Outcome => {
  const own = partitions.filter((each) => each.topic === topic);
  if (own.length === 0) return noTopic(topic);
  const lost = own.filter(({ leader }) => leader === null);
  const replicas = (each: Partition) => `${keyOf(each)} [${each.replicas.join(',')}]`;
  return {
    value: String(lost.length),
    reason:
      lost.length === 0
        ? '파티션마다 ISR에 남은 브로커가 있어 리더를 세울 수 있습니다.'
        : `복제본을 가진 브로커가 모두 멈춘 파티션입니다: ${lost.map(replicas).join(', ')}.`,
  };
};

const spreadOutcome = (topic: string, before: ClusterState, after: ClusterState): Outcome => {
  const own = after.partitions.filter((each) => each.topic === topic);
  const grown = own.map((each) => {
    const was = before.partitions.find((other) => keyOf(other) === keyOf(each));
    // Made since, it has got all that is in it since.
    const from = was === undefined ? 0 : was.end;
    return from === null || each.end === null ? null : each.end - from;
  });
  if (own.length === 0) return noTopic(topic);
  if (grown.includes(null)) return UNSEEN;
  if (grown.every((messages) => messages === 0))
    return nothing(`이번 실행에서 ${topic} 토픽에 들어온 메시지가 없습니다.`);
  const each = own.map(({ partition }, index) => `${partition}번에 ${grown[index]}건`);
  return {
    value: String(grown.filter((messages) => messages !== 0).length),
    reason: `파티션 ${each.join(', ')}이 들어갔습니다.`,
  };
};

const idleOutcome = (id: string, { groups }: ClusterState): Outcome => {
  const group = groups.find((each) => each.id === id);
  if (group === undefined) return nothing(`${id} 그룹이 없습니다.`);
  if (group.stale) return UNSEEN;
  if (group.state === 'Empty') return nothing(`${id} 그룹에 멤버가 없습니다.`);
  if (group.state !== 'Stable') return UNSEEN;
  const { members } = group;
  const idle = members.filter(({ assigned }) => assigned.length === 0);
  const partitions = members.reduce((sum, { assigned }) => sum + assigned.length, 0);
  return {
    value: String(idle.length),
    reason: `멤버 ${members.length}명이 파티션 ${partitions}개를 나누었습니다. 한 파티션은 그룹 안에서 한 멤버만 읽습니다.`,
  };
};

const isUp = (id: number, { brokers }: ClusterState): boolean =>
  brokers.some(({ name, state }) => brokerId(name) === id && state === 'up');

const brokerOf = (id: number) => BROKERS.find((name) => brokerId(name) === id);
const nameOf = (id: number): string => brokerOf(id) ?? String(id);
/** kafka1이, kafka2가. */
const subjectOf = (id: number): string => {
  const broker = brokerOf(id);
  return broker === undefined ? `${id}번 브로커가` : subject(broker);
};
const namesOf = (ids: readonly number[]): string => ids.toSorted().map(nameOf).join(', ');
