const UNSEEN = '클러스터가 안정되는 것을 끝까지 볼 수 없었습니다.';

/** What has become of a reader's prediction. */
export const prediction = {
  locked: (answer: string) =>
    `예상: ${answer}. 실행이 끝나고 클러스터가 안정되면 실제와 비교합니다.`,
  right: (answer: string, reason: string) => `예상이 맞았습니다: ${answer}. ${reason}`,
  wrong: (answer: string, found: string, reason: string) =>
    `예상과 다릅니다. 예상: ${answer}, 실제: ${found}. ${reason}`,
  /** @param reason empty where nobody has seen it; so below. */
  unknown: (answer: string, reason: string) =>
    `예상: ${answer}, 실제: 알 수 없음. ${reason || UNSEEN}`,
  /** To who has predicted nothing; so is `unseen`. */
  found: (found: string, reason: string) => `실제: ${found}. ${reason}`,
  unseen: (reason: string) => `실제: 알 수 없음. ${reason || UNSEEN}`,
  /** Beside what has happened, among what might have. */
  actual: '실제 결과',
} as const;
