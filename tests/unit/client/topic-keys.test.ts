import { expect, it } from 'vitest';
import { shownKey } from '../../../src/client/topic-keys.ts';

it('a key is shown as it is, and what cannot be seen in it by its number', () => {
  expect(shownKey('user-1 한글')).toBe('user-1 한글');
  expect(shownKey('')).toBe('(빈 키)');
  expect(shownKey('a\u202eb\u0000')).toBe('a\\u{202e}b\\u{0}');
});
