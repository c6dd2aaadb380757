/** What a step asks before it is run, as its page is built. */
import { subject } from '../../server/lab/korean.ts';
import { NOBODY, type Predict } from '../../server/lessons/predict.ts';

export const questionOf = (predict: Predict): string => {
  if ('leader' in predict) {
    const { topic, preferred } = predict.leader;
    return `실행하고 나면 ${subject(preferred)} 우선 리더인 ${topic} 파티션을 누가 이끌까요?`;
  }
  if ('isr' in predict) {
    const { topic, partition } = predict.isr;
    return `실행하고 나면 ${topic}-${partition}의 ISR에는 브로커가 몇 대 남을까요?`;
  }
  if ('leaderless' in predict) {
    const { topic, partitions } = predict.leaderless;
    return `실행하고 나면 ${topic}의 파티션 ${partitions}개 가운데 리더가 없는 것은 몇 개일까요?`;
  }
  if ('spread' in predict) {
    const { topic, partitions } = predict.spread;
    return `이번에 보낼 메시지는 ${topic}의 파티션 ${partitions}개 가운데 몇 개에 들어갈까요?`;
  }
  return `실행하고 나면 ${predict.idle.group}에서 파티션을 받지 못하고 쉬는 멤버는 몇 명일까요?`;
};

export const labelOf = (predict: Predict, option: string): string => {
  if (option === NOBODY) return '리더 없음';
  if ('leader' in predict) return option;
  if ('isr' in predict) return `${option}대`;
  return 'idle' in predict ? `${option}명` : `${option}개`;
};

export const predict = {
  invite: '먼저 예상해 보세요. 답하지 않아도 실행할 수 있습니다.',
} as const;
