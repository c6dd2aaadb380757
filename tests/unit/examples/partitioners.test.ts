import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARTITIONER_NAMES } from '../../../examples/arguments.ts';
import { PARTITIONERS } from '../../../examples/partitioners.ts';

describe('a partitioner', () => {
  it.each(PARTITIONER_NAMES)('%s gives a partition that there is', (name) => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), fc.integer({ min: 1, max: 50 }), (index, key, count) => {
        const partition = PARTITIONERS[name]({ index, key }, count);
        expect(Number.isInteger(partition) && partition >= 0 && partition < count).toBe(true);
      }),
    );
  });

  // Kafka's own: Utils.toPositive(Utils.murmur2(key)) % 3, as UtilsTest has them by 3.9.
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['abc', 479470107],
  ])('key hashes %s as Java does', (key, hash) => {
    for (const count of [3, 5, 7]) {
      expect(PARTITIONERS.key({ index: 0, key }, count)).toBe((hash & 0x7fffffff) % count);
    }
  });

  it('round-robin takes each partition in turn', () => {
    const take = (): number => PARTITIONERS['round-robin']({ index: 0, key: 'x' }, 3);
    // KafkaJS begins anywhere.
    const first = take();
    expect([take(), take(), take()]).toEqual([1, 2, 3].map((step) => (first + step) % 3));
  });

  it('custom gives user-1 partition 0, and nobody else', () => {
    expect(PARTITIONERS.custom({ index: 7, key: 'user-1' }, 3)).toBe(0);
    fc.assert(
      fc.property(
        fc.string().filter((key) => key !== 'user-1'),
        (key) => {
          expect(PARTITIONERS.custom({ index: 0, key }, 3)).toBeGreaterThan(0);
        },
      ),
    );
  });
});
