/** The values that a reader may change in a step. */
export const params = {
  title: '값 바꿔 보기',
  range: (min: number, max: number) => `${min}~${max}`,
  fixed: '녹화에서는 처음 값으로 실행한 모습을 봅니다.',
  reset: '처음 값으로',
  wrong: (label: string, min: string, max: string) =>
    `${label}: ${min}에서 ${max}까지의 정수를 적어 주세요. 그전에는 실행되지 않습니다.`,
} as const;
