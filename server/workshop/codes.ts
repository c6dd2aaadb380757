/**
 * How people come in for the first time: by a short code that is typed, or a long one that stands in links
 * and QR codes only; and a token for whoever was here before.
 */
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { JoinCode } from './protocol.ts';

/** No I, L, O, U: what is read off a projector is typed as it is meant. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 40 bits to type; 130 bits in a link, which nobody guesses: it comes in also where guesses are shut out. */
const LENGTH = { typed: 8, linked: 26 };

/** Milliseconds. */
export const LIFETIME = 12 * 3600 * 1000;

/**
 * Wrong codes in `WINDOW` milliseconds, of one address and of all. A class sits behind one address, and
 * mistypes; at this rate somebody who guesses for twelve hours is right once in a million times.
 */
const WINDOW = 60_000;
const MISTAKES = { address: 100, all: 1_000 };

const Kept = z.strictObject({ code: JoinCode, linked: JoinCode, expiresAt: z.number() });
export type Code = z.infer<typeof Kept>;

export type CodeVerdict = 'right' | 'wrong-code' | 'too-many-codes' | 'expired';

/** From where nobody comes in by a typed code for now. */
export interface Shut {
  /** `null`: from nowhere. */
  readonly address: string | null;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export interface Codes {
  readonly current: Code;
  /** The last; another object for each. */
  readonly shut: Shut | null;
  /** From here on, another is right, and the one before is wrong. Whoever is in stays. */
  renew(): void;
  /** Only a wrong one counts against its address. `code` as `JoinCode` gives it. */
  check(code: string, address: string): CodeVerdict;
}

export interface CodesOptions {
  readonly code: Code;
  /** The next one, which is kept before anybody hears of it. */
  readonly next: () => Code;
  readonly now?: () => number;
}

export const createCodes = ({ code, next, now = Date.now }: CodesOptions): Codes => {
  let current = code;
  let windowEnds = 0;
  let all = 0;
  let shut: Shut | null = null;
  const mistakes = new Map<string, number>();
  return {
    get current() {
      return current;
    },
    get shut() {
      return shut;
    },
    renew: () => {
      current = next();
    },
    check: (code, address) => {
      // Said only to whoever knows it.
      const verdict = now() >= current.expiresAt ? 'expired' : 'right';
      if (same(code, current.linked)) return verdict;
      if (now() >= windowEnds) {
        windowEnds = now() + WINDOW;
        all = 0;
        mistakes.clear();
      }
      const own = mistakes.get(address) ?? 0;
      if (own >= MISTAKES.address || all >= MISTAKES.all) return 'too-many-codes';
      if (same(code, current.code)) return verdict;
      mistakes.set(address, own + 1);
      all += 1;
      if (all >= MISTAKES.all) shut = { address: null, until: windowEnds };
      else if (own + 1 >= MISTAKES.address) shut = { address, until: windowEnds };
      return 'wrong-code';
    },
  };
};

export const makeCode = (lifetime = LIFETIME): Code => ({
  code: letters(LENGTH.typed),
  linked: letters(LENGTH.linked),
  expiresAt: Date.now() + lifetime,
});

const letters = (length: number): string =>
  Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** `ABCD-EFGH` */
export const spell = ({ code }: Code): string => `${code.slice(0, 4)}-${code.slice(4)}`;

const fileOf = (home: string): string => join(home, 'code.json');

/**
 * Those of the room in this folder: a restart keeps its code until it has expired.
 *
 * @param lifetime milliseconds from now, also of a code that is kept; without it, that one is good for as
 *   long as was said before.
 */
export const openCodes = (home: string, lifetime?: number): Codes => {
  const next = (): Code => keep(home, makeCode(lifetime));
  const kept = readCode(home);
  if (kept === undefined || kept.expiresAt <= Date.now())
    return createCodes({ code: next(), next });
  if (lifetime === undefined) return createCodes({ code: kept, next });
  return createCodes({ code: keep(home, { ...kept, expiresAt: Date.now() + lifetime }), next });
};

const readCode = (home: string): Code | undefined => {
  try {
    return Kept.parse(JSON.parse(readFileSync(fileOf(home), 'utf8')));
  } catch {
    // The first start, or a new room.
    return undefined;
  }
};

const keep = (home: string, code: Code): Code => {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(fileOf(home), JSON.stringify(code), { mode: 0o600 });
  return code;
};

/** 256 bits. */
export const makeToken = (): string => randomBytes(32).toString('base64url');

/** Under which a token's owner is kept in the log: from it nobody gets back to the token. */
export const keyOf = (token: string): string =>
  `token:${createHash('sha256').update(token).digest('base64url')}`;

const same = (left: string, right: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
};
