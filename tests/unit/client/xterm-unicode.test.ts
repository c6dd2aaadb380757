import { expect, it } from 'vitest';
import { limitMarks } from '../../../src/client/xterm-unicode.ts';

const JOINS = 1;
const widthOf = (properties: number): number => (properties >> 1) & 3;

/** As the widths of Unicode 11 answer: a mark joins what is before it. */
const widths = limitMarks({
  version: '11',
  wcwidth: (codepoint) => (codepoint === 0x301 ? 0 : 1),
  charProperties: (codepoint, preceding) =>
    codepoint === 0x301 && preceding !== 0 ? (widthOf(preceding) << 1) | JOINS : 1 << 1,
});

it('lets a character carry sixteen marks; the next begins a character of its own', () => {
  let preceding = widths.charProperties(0x61, 0);
  const joins = Array.from({ length: 40 }, () => {
    preceding = widths.charProperties(0x301, preceding);
    expect(widthOf(preceding)).toBe(1);
    return preceding & JOINS;
  });
  const run = Array(16).fill(JOINS);
  expect(joins).toEqual([...run, 0, ...run, 0, ...run.slice(0, 6)]);
});
