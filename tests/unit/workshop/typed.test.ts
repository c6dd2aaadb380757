import { expect, it } from 'vitest';
import { Nickname, Reason } from '../../../server/workshop/protocol.ts';

it.each(['나래', 'Zoë', '가람 ❤️', 'é̂'])('%s is a name', (name) => {
  expect(Nickname.safeParse(name).success).toBe(true);
});

it.each(['ㅤ', '가\u202E나', `a${'\u0301'.repeat(4)}`])('%j is none', (name) => {
  expect(Nickname.safeParse(name).success).toBe(false);
});

it('what a computer tells turns no words round, and sends no terminal anything', () => {
  const { text } = Reason.parse({ kind: 'ports', text: '\u202E포트\u001B[31m가 없습니다.\n' });
  expect(text).toBe(' 포트 [31m가 없습니다. ');
});
