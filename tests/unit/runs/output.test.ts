import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOutput, type Output } from '../../../server/runs/output.ts';

const readAll = (output: Output, from: number): Buffer => {
  const parts: Uint8Array[] = [];
  for (let offset = from; ; ) {
    const part = output.read(offset);
    if (part === undefined) return Buffer.concat(parts);
    expect(part.offset).toBe(offset);
    parts.push(part.bytes.slice());
    offset += part.bytes.length;
  }
};

/** No part of it is like another. */
const NOISE = randomBytes(800_000);

describe('the output of a run', () => {
  it('gives back, from any offset, the bytes that were appended', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 100_000 }), { maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (sizes, share) => {
          const output = createOutput();
          const whole = NOISE.subarray(
            0,
            sizes.reduce((sum, size) => sum + size, 0),
          );
          let at = 0;
          for (const size of sizes) {
            output.append(whole.subarray(at, at + size));
            at += size;
          }
          const from = Math.floor(share * whole.length);
          expect(output.size).toBe(whole.length);
          expect(readAll(output, from).equals(whole.subarray(from))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps the newest bytes only, and says where they begin', () => {
    const output = createOutput();
    for (let megabyte = 0; megabyte < 5; megabyte += 1) {
      output.append(Buffer.alloc(1024 * 1024, megabyte));
    }
    const oldest = output.read(0);
    expect(output.size).toBe(5 * 1024 * 1024);
    expect(oldest?.offset).toBe(3 * 1024 * 1024);
    expect(readAll(output, oldest?.offset ?? 0).length).toBe(2 * 1024 * 1024);
  });

  it('has nothing at its end', () => {
    const output = createOutput();
    output.append(Buffer.from('안녕'));
    expect(output.read(6)).toBeUndefined();
  });
});
