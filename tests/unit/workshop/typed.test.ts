import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { Nickname, Reason } from '../../../server/workshop/protocol.ts';
import { TYPED } from '../../../server/workshop/typed.ts';

it.each(['나래', 'Zoë', '가람 ❤️', 'é̂', '가람 👨‍👩‍👧‍👦', '👩🏽‍💻'])('%s is a name', (name) => {
  expect(Nickname.safeParse(name).success).toBe(true);
});

it.each([
  'ㅤ',
  '가\u200D나',
  '👩\u200D',
  '\u200D👩',
  '👩\u200D\u200D👩',
  '가\u202E나',
  `a${'\u0301'.repeat(4)}`,
])('%j is none', (name) => {
  expect(Nickname.safeParse(name).success).toBe(false);
});

it('what a computer tells turns no words round, and sends no terminal anything', () => {
  const { text } = Reason.parse({ kind: 'ports', text: '\u202E포트\u001B[31m가 없습니다.\n' });
  expect(text).toBe(' 포트 [31m가 없습니다. ');
});

it.each([
  `${'👩\u200D'.repeat(5_000)}👩\u0000`,
  // Where a sign might be read as the end of one emoji or as one more.
  `${'❤\u200D❤\uFE0F'.repeat(5_000)}\u2800`,
  `${'❤\uFE0F\u200D❤🏽'.repeat(5_000)}\u2800`,
])('of emojis that end in none, is known to be none at once', (name) => {
  const test = () =>
    runInNewContext('pattern.test(name)', { pattern: TYPED, name }, { timeout: 1_000 });
  expect(test()).toBe(false);
});

it('is not looked at where it is too long', () => {
  const { error } = Nickname.safeParse(`${'가'.repeat(21)}\u2800`);
  expect(error?.issues.map(({ code }) => code)).toEqual(['too_big']);
});
