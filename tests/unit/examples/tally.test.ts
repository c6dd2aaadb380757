import { expect, it } from 'vitest';
import { createTally } from '../../../examples/tally.ts';

const TIMES = { reason: 'TimeoutError', at: 5_000 } as const;

it('tells the longest time without an ack, one that has not ended too', () => {
  const tally = createTally(1);
  tally.add(0, { kind: 'acked', offset: '0', at: 1_000 });
  tally.add(0, { kind: 'acked', offset: '1', at: 1_500 });
  tally.add(0, { kind: 'unknown', ...TIMES });
  expect(tally.summary()).toContain('파티션 0  2건  응답이 가장 오래 끊긴 시간 3.5초');
});

it('makes no length up for a partition without any ack', () => {
  const tally = createTally(2);
  tally.add(0, { kind: 'unknown', ...TIMES });
  expect(tally.summary().split('\n')).toEqual([
    '',
    '보낸 주문 1건: 저장됨 0, 거절됨 0, 알 수 없음 1',
    '  파티션 0  0건  저장됐다는 응답을 한 번도 받지 못했습니다',
    '  파티션 1  0건  이 파티션에 보낸 주문은 없습니다',
  ]);
});
