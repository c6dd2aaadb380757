import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputParts } from '../../../src/client/input-parts.ts';

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
