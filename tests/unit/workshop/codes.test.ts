import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Codes,
  createCodes,
  keyOf,
  LIFETIME,
  makeCode,
  makeToken,
  openCodes,
  spell,
} from '../../../server/workshop/codes.ts';
import { JoinCode } from '../../../server/workshop/protocol.ts';
import { makeFolder } from '../lab/folder.ts';

const LINKED = 'ABCDEFGHJKMNPQRSTVWXYZ2345';
const code = { code: 'ABCDEFGH', linked: LINKED, expiresAt: 1_000_000 };
const next = () => makeCode();
const CLASS = '192.168.0.20';

it('a code is read off a wall and typed as it comes', () => {
  const made = makeCode();
  expect(JoinCode.parse(spell(made).toLowerCase())).toBe(made.code);
  expect(JoinCode.parse(made.linked)).toBe(made.linked);
  expect(made.expiresAt - Date.now()).toBeGreaterThan(LIFETIME - 60_000);
  const all = new Set(Array.from({ length: 200 }, () => makeCode().code));
  expect(all.size).toBe(200);
  // Each letter comes, in each place.
  const letters = new Set([...all].join(''));
  expect(letters.size).toBe(32);
});

it('a thousand right codes from one address are a class', () => {
  const codes = createCodes({ code, next, now: () => 0 });
  for (let count = 0; count < 1_000; count += 1) {
    expect(codes.check('ABCDEFGH', CLASS)).toBe('right');
  }
});

it('wrong codes count against their address, for a minute, also where the next is right', () => {
  let now = 0;
  const codes = createCodes({ code, next, now: () => now });
  for (let count = 0; count < 100; count += 1) {
    expect(codes.check('ABCDEFG0', CLASS)).toBe('wrong-code');
  }
  expect(codes.check('ABCDEFGH', CLASS)).toBe('too-many-codes');
  expect(codes.check('ABCDEFGH', '192.168.0.21')).toBe('right');
  // Who stays outside by somebody's guessing has another way.
  expect(codes.check(LINKED, CLASS)).toBe('right');
  expect(codes.shut).toEqual({ address: CLASS, until: 60_000 });
  now = 60_000;
  expect(codes.check('ABCDEFGH', CLASS)).toBe('right');
});

it('wrong codes of many addresses count together', () => {
  const codes = createCodes({ code, next, now: () => 0 });
  for (let count = 0; count < 1_000; count += 1)
    codes.check('00000000', `10.0.${count >> 8}.${count}`);
  expect(codes.check('ABCDEFGH', CLASS)).toBe('too-many-codes');
  expect(codes.check(LINKED, CLASS)).toBe('right');
  expect(codes.shut).toEqual({ address: null, until: 60_000 });
});

it('only whoever knows a code learns that it has expired', () => {
  const codes = createCodes({ code, next, now: () => 1_000_000 });
  expect(codes.check('ABCDEFGH', CLASS)).toBe('expired');
  expect(codes.check(LINKED, CLASS)).toBe('expired');
  expect(codes.check('ABCDEFG0', CLASS)).toBe('wrong-code');
});

describe('the codes of a folder', () => {
  const HOUR = 3600 * 1000;
  /** From now, to the minute. */
  const left = ({ current }: Codes): number =>
    Math.round((current.expiresAt - Date.now()) / 60_000) * 60_000;

  it('keep the code over a restart, until that has expired', () => {
    const home = makeFolder();
    const first = openCodes(home).current;
    expect(openCodes(home).current).toEqual(first);
    expect(statSync(join(home, 'code.json')).mode & 0o777).toBe(0o600);
    const other = makeFolder();
    const expired = openCodes(other, -1).current;
    expect(openCodes(other).current.code).not.toBe(expired.code);
  });

  it('are good for as long as is said, also a code from an earlier start', () => {
    const home = makeFolder();
    const first = openCodes(home, 3 * HOUR);
    expect(left(first)).toBe(3 * HOUR);
    const second = openCodes(home, HOUR);
    expect(left(second)).toBe(HOUR);
    expect(second.current.code).toBe(first.current.code);
    expect(left(openCodes(home, 48 * HOUR))).toBe(48 * HOUR);
    // Nothing said, nothing changes.
    expect(left(openCodes(home))).toBe(48 * HOUR);
  });

  it('renewed, are another from then on, for as long again, also after a restart', () => {
    const home = makeFolder();
    const codes = openCodes(home, HOUR);
    const before = codes.current;
    codes.renew();
    expect(codes.current.code).not.toBe(before.code);
    expect(left(codes)).toBe(HOUR);
    expect(codes.check(before.code, CLASS)).toBe('wrong-code');
    expect(codes.check(before.linked, CLASS)).toBe('wrong-code');
    expect(codes.check(codes.current.code, CLASS)).toBe('right');
    expect(openCodes(home).current).toEqual(codes.current);
  });
});

it('a token is not what is kept of it', () => {
  const token = makeToken();
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(keyOf(token)).not.toContain(token);
  expect(keyOf(token)).toBe(keyOf(token));
});
