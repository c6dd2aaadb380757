import { expect, it } from 'vitest';
import { createNicknames, ownName } from '../../../server/workshop/nicknames.ts';
import { Nickname } from '../../../server/workshop/protocol.ts';

const taken = (...wanted: readonly string[]): string[] => {
  const nicknames = createNicknames();
  return wanted.map((name, index) => nicknames.take(`${index}`, name));
};

it.each([
  ['민수', '민수', '민수 (2)'],
  ['민수', '민수'.normalize('NFD'), `${'민수'.normalize('NFD')} (2)`],
  ['Minsu', 'mINSU', 'mINSU (2)'],
  ['Minsu', 'Ｍｉｎｓｕ', 'Ｍｉｎｓｕ (2)'],
  ['민 수', '민  수', '민  수 (2)'],
  ['민지 ❤', '민지 ❤️', '민지 ❤️ (2)'],
  ['민수', '민 수', '민 수'],
])('after %s, %s is %s', (first, wanted, name) => {
  expect(taken(first, wanted)).toEqual([first, name]);
});

it('takes the smallest number that is free, also before one that somebody chose', () => {
  expect(taken('민수', '민수 (2)', '민수', '민수')).toEqual([
    '민수',
    '민수 (2)',
    '민수 (3)',
    '민수 (4)',
  ]);
  const nicknames = createNicknames();
  for (const id of ['a', 'b', 'c']) nicknames.take(id, '민수');
  nicknames.free('b');
  expect(nicknames.take('d', '민수')).toBe('민수 (2)');
  nicknames.free('a');
  expect(nicknames.take('e', '민수')).toBe('민수');
});

it('keeps within what a name may be, and cuts no letter in two', () => {
  const family = '👨‍👩‍👧‍👦';
  const long = ['x'.repeat(20), `${'가'.repeat(16)}🙂🙂`, `가나다라마바사아${family}`];
  for (const name of long) {
    for (const each of taken(name, name)) expect(each.length).toBeLessThanOrEqual(20);
  }
  expect(taken('x'.repeat(20), 'x'.repeat(20))[1]).toBe(`${'x'.repeat(16)} (2)`);
  expect(taken(long[2] ?? '', long[2] ?? '')[1]).toBe('가나다라마바사아 (2)');
  expect(Nickname.parse('민수 (2)')).toBe('민수 (2)');
});

it.each([
  ['강사', '강사 (참가자)'],
  ['Ａｄｍｉｎ', 'Ａｄｍｉｎ (참가자)'],
  ['강사 (2)', '강사 (참가자)'],
  ['강사랑', '강사랑'],
  ['김민수 (2)', '김민수'],
  ['김민수 （２） (3)', '김민수'],
  // A number in a list, perhaps: a class sets its own apart.
  ['3반(12)', '3반(12)'],
  ['민수 (오전)', '민수 (오전)'],
  ['(2)', '(2)'],
])('%s is called %s: nobody passes for another', (wanted, name) => {
  expect(ownName(wanted)).toBe(name);
});
