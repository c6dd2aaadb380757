import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createWatch } from '../../../server/runs/watch.ts';

it('finds a text however the output is cut, and nothing that is not there', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 4 })),
      (noise, text, there, cuts) => {
        const bytes = Buffer.from(there ? `${noise}${text}${noise}` : noise);
        const watch = createWatch(text);
        let position = 0;
        for (const length of [...cuts, bytes.length]) {
          watch.feed(bytes.subarray(position, position + length));
          position += length;
        }
        expect(watch.seen).toBe(bytes.includes(text));
      },
    ),
  );
});

it('sees an empty text with the first byte', () => {
  const watch = createWatch('');
  expect(watch.feed(Buffer.alloc(0))).toBe(false);
  expect(watch.feed(Buffer.from('x'))).toBe(true);
});
