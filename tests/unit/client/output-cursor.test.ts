import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOutputCursor } from '../../../src/client/output-cursor.ts';

/** Pieces of a stream in any order a sidecar could send them: each may overlap what came before. */
const pieces = fc.array(fc.record({ back: fc.nat(50), length: fc.nat(100) }), { maxLength: 50 });

describe('reading an output from frames', () => {
  it('takes frames that follow each other whole', () => {
    const cursor = createOutputCursor();
    expect(cursor.take(0, 10)).toEqual({ skip: 0, gap: 0 });
    expect(cursor.take(10, 5)).toEqual({ skip: 0, gap: 0 });
    expect(cursor.offset).toBe(15);
  });

  it('skips what it has seen when a frame overlaps', () => {
    const cursor = createOutputCursor();
    cursor.take(0, 10);
    expect(cursor.take(7, 5)).toEqual({ skip: 3, gap: 0 });
    expect(cursor.offset).toBe(12);
  });

  it('skips all of a frame that it has seen, and does not go back', () => {
    const cursor = createOutputCursor();
    cursor.take(0, 10);
    expect(cursor.take(2, 3)).toEqual({ skip: 3, gap: 0 });
    expect(cursor.offset).toBe(10);
  });

  it('tells how many bytes are missing before a frame that starts later', () => {
    const cursor = createOutputCursor();
    cursor.take(0, 10);
    expect(cursor.take(25, 5)).toEqual({ skip: 0, gap: 15 });
    expect(cursor.offset).toBe(30);
  });

  it('puts together every byte once and in order, however frames overlap', () => {
    fc.assert(
      fc.property(pieces, (frames) => {
        const cursor = createOutputCursor();
        const read: number[] = [];
        for (const { back, length } of frames) {
          const offset = Math.max(0, cursor.offset - back);
          const bytes = Array.from({ length }, (_, at) => offset + at);
          const { skip, gap } = cursor.take(offset, length);
          expect(gap).toBe(0);
          read.push(...bytes.slice(skip));
        }
        expect(read).toEqual(Array.from({ length: cursor.offset }, (_, at) => at));
      }),
    );
  });

  it('accounts for every byte up to where it is: read, or missing', () => {
    const frame = fc.record({ offset: fc.nat(2_000), length: fc.nat(100) });
    fc.assert(
      fc.property(fc.array(frame), (frames) => {
        const cursor = createOutputCursor();
        let accounted = 0;
        for (const { offset, length } of frames) {
          const { skip, gap } = cursor.take(offset, length);
          accounted += gap + length - skip;
        }
        expect(accounted).toBe(cursor.offset);
      }),
    );
  });
});
