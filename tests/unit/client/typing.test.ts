import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTyping, inputParts } from '../../../src/client/typing.ts';

const long = fc
  .tuple(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.integer({ max: 3_000, min: 1 }),
  )
  .map(([text, times]) => text.repeat(times));

describe('a paste, cut into messages', () => {
  it('is one message when it is short', () => {
    expect(inputParts('안녕\r')).toEqual(['안녕\r']);
  });

  it('is the same text when the messages are put together again', () => {
    fc.assert(
      fc.property(long, (text) => {
        expect(inputParts(text).join('')).toBe(text);
      }),
    );
  });

  it('has messages of 1 to 16,384 characters', () => {
    fc.assert(
      fc.property(long, (text) => {
        for (const part of inputParts(text)) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(16_384);
        }
      }),
    );
  });

  it('never cuts a character in two', () => {
    const parts = inputParts(`a${'🚀'.repeat(20_000)}`);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every((part) => part.isWellFormed())).toBe(true);
  });
});

const RUN = '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c11';
const OTHER = '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c12';
/** Three pieces, of one character each. */
const PASTE = ['a', 'b', 'c'].map((letter) => letter.repeat(16_384)).join('');

const setUp = () => {
  const sent: string[] = [];
  let [isOpen, lost] = [true, 0];
  const typing = createTyping(
    (_, data) => {
      if (isOpen) sent.push(data[0] ?? '');
      return isOpen;
    },
    () => {
      lost += 1;
    },
  );
  const cut = (): void => {
    isOpen = false;
  };
  return { typing, sent, lost: () => lost, cut };
};

describe('what is typed', () => {
  it('goes piece by piece, each when the one before was taken', () => {
    const { typing, sent } = setUp();
    typing.type(RUN, PASTE);
    typing.type(RUN, 'd');
    expect(sent).toEqual(['a']);
    typing.handleTaken(OTHER);
    expect(sent).toEqual(['a']);
    for (const _ of PASTE.slice(0, 5)) typing.handleTaken(RUN);
    expect(sent).toEqual(['a', 'b', 'c', 'd']);
    typing.type(RUN, 'e');
    expect(sent).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('is given up for a Ctrl+C, for another run, and where nothing may follow', () => {
    const { typing, sent, lost } = setUp();
    typing.type(RUN, PASTE);
    typing.type(RUN, '\x03');
    typing.handleTaken(RUN);
    typing.handleTaken(RUN);
    expect(sent).toEqual(['a', '\x03']);
    typing.type(RUN, PASTE);
    typing.type(OTHER, 'x');
    typing.handleTaken(RUN);
    typing.handleTaken(OTHER);
    expect(sent).toEqual(['a', '\x03', 'a', 'x']);
    typing.type(OTHER, PASTE);
    expect(typing.forget()).toBe(true);
    // Of one that is on its way, nobody knows.
    typing.type(OTHER, 'y');
    expect(typing.forget()).toBe(true);
    expect(typing.forget()).toBe(false);
    typing.handleTaken(OTHER);
    expect(sent).toEqual(['a', '\x03', 'a', 'x', 'a', 'y']);
    expect(lost()).toBe(0);
  });

  it('is told lost once, whole, where it cannot be sent', () => {
    const { typing, sent, lost, cut } = setUp();
    typing.type(RUN, PASTE);
    cut();
    typing.handleTaken(RUN);
    typing.handleTaken(RUN);
    expect([sent, lost()]).toEqual([['a'], 1]);
    expect(typing.forget()).toBe(false);
  });
});
