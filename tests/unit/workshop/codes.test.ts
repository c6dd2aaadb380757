import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  createCodes,
  keyOf,
  LIFETIME,
  makeCode,
  makeToken,
  readCode,
  spell,
} from '../../../server/workshop/codes.ts';
import { JoinCode } from '../../../server/workshop/protocol.ts';
import { makeFolder } from '../lab/folder.ts';

const code = { code: 'ABCDEFGH', expiresAt: 1_000_000 };
const CLASS = '192.168.0.20';

it('a code is read off a wall and typed as it comes', () => {
  const made = makeCode();
  expect(JoinCode.parse(spell(made).toLowerCase())).toBe(made.code);
  expect(made.expiresAt - Date.now()).toBeGreaterThan(LIFETIME - 60_000);
  const all = new Set(Array.from({ length: 200 }, () => makeCode().code));
  expect(all.size).toBe(200);
  // Each letter comes, in each place.
  const letters = new Set([...all].join(''));
  expect(letters.size).toBe(32);
});

it('a thousand right codes from one address are a class', () => {
  const codes = createCodes({ code, now: () => 0 });
  for (let count = 0; count < 1_000; count += 1) {
    expect(codes.check('ABCDEFGH', CLASS)).toBe('right');
  }
});

it('wrong codes count against their address, for a minute, also where the next is right', () => {
  let now = 0;
  const codes = createCodes({ code, now: () => now });
  for (let count = 0; count < 100; count += 1) {
    expect(codes.check('ABCDEFG0', CLASS)).toBe('wrong-code');
  }
  expect(codes.check('ABCDEFGH', CLASS)).toBe('too-many');
  expect(codes.check('ABCDEFGH', '192.168.0.21')).toBe('right');
  now = 60_000;
  expect(codes.check('ABCDEFGH', CLASS)).toBe('right');
});

it('wrong codes of many addresses count together', () => {
  const codes = createCodes({ code, now: () => 0 });
  for (let count = 0; count < 1_000; count += 1)
    codes.check('00000000', `10.0.${count >> 8}.${count}`);
  expect(codes.check('ABCDEFGH', CLASS)).toBe('too-many');
});

it('only whoever knows a code learns that it has expired', () => {
  const codes = createCodes({ code, now: () => 1_000_000 });
  expect(codes.check('ABCDEFGH', CLASS)).toBe('expired');
  expect(codes.check('ABCDEFG0', CLASS)).toBe('wrong-code');
});

it('a restart keeps the code of its room until that has expired', () => {
  const home = makeFolder();
  const first = readCode(home);
  expect(readCode(home)).toEqual(first);
  expect(statSync(join(home, 'code.json')).mode & 0o777).toBe(0o600);
  const other = makeFolder();
  const expired = readCode(other, -1);
  expect(readCode(other).code).not.toBe(expired.code);
});

it('a token is not what is kept of it', () => {
  const token = makeToken();
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(keyOf(token)).not.toContain(token);
  expect(keyOf(token)).toBe(keyOf(token));
});
