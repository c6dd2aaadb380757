import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { joinWrites } from '../../../src/client/joined-writes.ts';

const PAUSE = 30;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A terminal that parses when it is told to. */
const makeTerminal = () => {
  const written: string[] = [];
  const parsed: string[] = [];
  let done: (() => void) | undefined;
  const write = joinWrites((bytes, finish) => {
    expect(done).toBeUndefined();
    written.push(Buffer.from(bytes).toString());
    done = finish;
  });
  return {
    written,
    parsed,
    write: (text: string) => write(Buffer.from(text), () => parsed.push(text)),
    parse: () => {
      const finish = done;
      done = undefined;
      finish?.();
    },
  };
};

it('writes what comes after a silence at once, and joins the rest of a flood', () => {
  const { written, parsed, write, parse } = makeTerminal();
  for (const text of ['a', 'b', 'c']) write(text);
  expect(written).toEqual(['a']);
  parse();
  expect(parsed).toEqual(['a']);
  write('d');
  expect(written).toEqual(['a']);
  vi.advanceTimersByTime(PAUSE);
  expect(written).toEqual(['a', 'bcd']);
  parse();
  expect(parsed).toEqual(['a', 'b', 'c', 'd']);
  vi.advanceTimersByTime(PAUSE);
  write('e');
  expect(written.at(-1)).toBe('e');
});

it('puts off no more than a mebibyte', () => {
  const { written, write, parse } = makeTerminal();
  const half = 'x'.repeat(512 * 1024);
  const sizes = (): number[] => written.map(({ length }) => length / 1024);
  for (let count = 0; count < 3; count += 1) write(half);
  parse();
  expect(sizes()).toEqual([512, 1024]);
  parse();
  write(half);
  expect(sizes()).toEqual([512, 1024]);
  write(half);
  expect(sizes()).toEqual([512, 1024, 1024]);
});
