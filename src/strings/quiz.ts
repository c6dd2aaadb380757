/** A question at a chapter's end. */
export const quiz = {
  answer: '답 확인',
  again: '다시 풀기',
  right: '맞았습니다.',
  wrong: '아쉽지만 아닙니다.',
  retry: '다른 답을 골라 보세요.',
  choose: '답을 하나 골라 주세요.',
  /** Beside an option that was tried. */
  isRight: '정답',
  isWrong: '오답',
} as const;
