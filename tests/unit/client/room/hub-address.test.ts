import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isOfLink, readCode, readHubAddress } from '../../../../src/client/room/hub-address.ts';

const LETTERS = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
const LINKED = 'ABCDEFGHJKMNPQRSTVWXYZ2345';

/** ASCII, as wide as Chinese characters. */
const wide = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) + 0xfee0);

it('a code is read whatever stands between its letters, however they are written', () => {
  const letter = fc.constantFrom(...LETTERS);
  const look = fc.constantFrom<(letter: string) => string>(
    (each) => each,
    (each) => each.toLowerCase(),
    wide,
    (each) => wide(each.toLowerCase()),
    (each) => (each === '0' ? 'O' : each === '1' ? 'l' : each),
  );
  const between = fc.constantFrom(
    '',
    '',
    '-',
    ' ',
    '–',
    '—',
    '‐',
    '－',
    '−',
    '\u00a0',
    '\u3000',
    '\u200b',
  );
  const code = fc.array(fc.tuple(letter, look, between), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(code, (letters) => {
      const typed = letters.map(([each, write, gap]) => `${gap}${write(each)}`).join('');
      expect(readCode(typed)).toBe(letters.map(([each]) => each).join(''));
    }),
  );
});

it('a code is read out of a link', () => {
  expect(readCode(` http://192.168.0.7:4330/workshop/?code=${LINKED}\n`)).toBe(LINKED);
  expect(readCode('192.168.0.7:4330/workshop/?code=abcd-2345')).toBe('ABCD2345');
  expect(isOfLink(LINKED)).toBe(true);
  expect(isOfLink('ABCD-2345')).toBe(false);
});

it.each([
  '',
  'ABCD',
  'ABCD-234U',
  'ABCD-23456',
  '가나다라마바사아',
  'http://192.168.0.7:4330/',
  'http://:/?code=ABCD2345',
])('no code is read out of %j', (typed) => expect(readCode(typed)).toBeUndefined());

it('an address is read with what is in it', () => {
  const token = 'p'.repeat(43);
  expect(readHubAddress('hub.local:4330')?.hub).toBe('http://hub.local:4330');
  expect(readHubAddress(`http://hub.local:4331/?token=${token}`)?.token).toBe(token);
  expect(readHubAddress('두 단어')).toBeUndefined();
});

it.each([
  ['10.78.0.2', 'http://10.78.0.2:4330'],
  ['class.local/workshop/', 'http://class.local:4330'],
  ['[fe80::1]', 'http://[fe80::1]:4330'],
  // As a hub of those ports shows it.
  ['https://class.local', 'https://class.local'],
  ['http://class.local/workshop/', 'http://class.local'],
  ['class.local:80', 'http://class.local'],
  ['https://class.local:443/', 'https://class.local'],
  ['class.local:8080', 'http://class.local:8080'],
  // Copied from where a browser leaves out the port that is its scheme's own.
  [`https://class.local/workshop/?code=${LINKED}`, 'https://class.local'],
])('of the address %s, the hub is %s', (typed, hub) => {
  expect(readHubAddress(typed)?.hub).toBe(hub);
});
