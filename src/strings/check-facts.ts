/** What a step declares, as its page is built. */
import type { Check } from '../../server/lessons/check.ts';

export const checkFacts = {
  title: '이 단계가 성공하려면',
  hint: '힌트',
  solution: '해결',
} as const;

/** What must be true, for the reader to know before the click. */
export const factOf = (fact: Check): string => {
  if ('topic' in fact)
    return `${fact.topic} 토픽의 파티션이 ${fact.partitions}개, 복제본이 ${fact.replicationFactor}개씩`;
  if ('isr' in fact) return `${fact.isr.topic}의 모든 파티션에서 ISR이 ${fact.isr.size}개`;
  if ('down' in fact) return `${fact.down.join(', ')} 멈춤`;
  if ('up' in fact) return `${fact.up.join(', ')} 실행 중`;
  if ('leader' in fact) {
    const { topic, partition, not } = fact.leader;
    const led = partition === undefined ? `${topic}의 모든 파티션` : `${topic}-${partition}`;
    return `${led}의 리더가 ${not} 아닌 브로커`;
  }
  if ('preferred' in fact) return `${fact.preferred}의 모든 파티션에서 우선 리더가 리더`;
  if ('group' in fact) return `${fact.group}의 멤버가 ${fact.members}명, 상태 ${fact.state}`;
  if ('idle' in fact) return `${fact.idle} 그룹에 컨슈머 없음`;
  return `출력에 ${fact.output}`;
};
