/** The longest that a presenter may say and ask. */
import type { Command } from '../../server/workshop/protocol.ts';

/** As many letters as an announcement may have. */
export const LONG = '커피는 뒤편에 있고, 훈련이 끝나면 kafka1을 다시 켭니다. '
  .repeat(10)
  .slice(0, 300);

/** As much as a poll may ask. */
export const question = (length = 100): Extract<Command, { kind: 'poll' }> => ({
  kind: 'poll',
  poll: crypto.randomUUID(),
  step: null,
  question: '브로커 하나가 멈추면 파티션의 리더는 어떻게 될까요? '
    .repeat(8)
    .slice(0, length * 2)
    .trim(),
  options: Array.from({ length: 8 }, (_, index) => ({
    value: String(index),
    label: `${index}: ${'컨트롤러가 남은 복제본에서 고릅니다. '.repeat(6)}`.slice(0, length).trim(),
  })),
});
