import { expect, it } from 'vitest';
import { verdictOf } from '../../../src/client/prediction-verdict.ts';

const labelOf = (value: string): string => `${value}개`;

it.each([
  ['2', '2', 'right', '예상이 맞았습니다: 2개. 까닭입니다.'],
  ['1', '2', 'wrong', '예상과 다릅니다. 예상: 1개, 실제: 2개. 까닭입니다.'],
  ['1', null, 'unknown', '예상: 1개, 실제: 알 수 없음. 까닭입니다.'],
])('who says %s where it is %s is told so', (answer, value, state, text) => {
  expect(verdictOf({ value, reason: '까닭입니다.' }, answer, labelOf)).toEqual({ state, text });
});

it('who has said nothing is told what has happened, where that is known', () => {
  const told = (value: string | null, reason: string) =>
    verdictOf({ value, reason }, undefined, labelOf);
  expect(told('2', '까닭입니다.')).toEqual({ state: 'none', text: '실제: 2개. 까닭입니다.' });
  expect(told(null, '토픽이 없습니다.').text).toBe('실제: 알 수 없음. 토픽이 없습니다.');
  expect(told(null, '').text).toBe('');
});

it('what nobody has seen is said to be that', () => {
  expect(verdictOf({ value: null, reason: '' }, '1', labelOf).text).toBe(
    '예상: 1개, 실제: 알 수 없음. 클러스터가 안정되는 것을 끝까지 볼 수 없었습니다.',
  );
});
