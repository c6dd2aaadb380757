import { expect, it } from 'vitest';
import { createTally } from '../../../examples/tally.ts';

/** At a clock that the test moves. */
const tallyAt = (partitions: number) => {
  let clock = 0;
  const tally = createTally(partitions, () => clock);
  return { tally, pass: (ms: number) => (clock += ms), acked: () => ack(clock) };
};
const ack = (at: number) => ({ kind: 'acked', offset: '0', at }) as const;

it('tells how long an answer was waited for, and not how long nothing was sent', () => {
  const { tally, pass, acked } = tallyAt(1);
  const first = tally.begin(0);
  pass(12);
  first(acked());
  pass(60_000);
  const second = tally.begin(0);
  pass(400);
  second(acked());
  expect(tally.summary()).toBe(
    '\n보낸 주문 2건: 저장됨 2, 거절됨 0, 알 수 없음 0\n  파티션 0  2건  가장 오래 기다린 응답 400ms',
  );
});

it('counts one order of a partition as on its way, and those behind it as not sent', () => {
  const { tally, pass, acked } = tallyAt(1);
  const first = tally.begin(0);
  pass(5);
  first(acked());
  tally.begin(0);
  tally.begin(0);
  tally.begin(0);
  pass(4_100);
  expect(tally.summary().split('\n')).toEqual([
    '',
    '보낸 주문 2건: 저장됨 1, 거절됨 0, 알 수 없음 1',
    '  파티션 0  1건  가장 오래 기다린 응답 5ms, 4.1초째 응답을 기다리던 중에 멈춤',
    '차례를 기다리던 주문 2건은 보내지 않았습니다.',
  ]);
});

it('makes no length up for a partition without any ack', () => {
  const { tally } = tallyAt(2);
  tally.begin(0)({ kind: 'failed', reason: 'MESSAGE_TOO_LARGE', at: 1 });
  expect(tally.summary().split('\n').slice(1)).toEqual([
    '보낸 주문 1건: 저장됨 0, 거절됨 1, 알 수 없음 0',
    '  파티션 0  0건  저장됐다는 응답을 한 번도 받지 못함',
    '  파티션 1  0건  이 파티션에 보낸 주문 없음',
  ]);
});
