import { describe, expect, it } from 'vitest';
import { encodeEvent, OSC } from '../../../server/event-escape.ts';
import { decodeEvent, type ProgramEvent } from '../../../server/program-events.ts';

const sample: ProgramEvent = {
  type: 'sample',
  topic: 'orders',
  at: 1_000,
  what: 'read',
  counts: [1, 2, 3],
  failed: 0,
  unknown: 0,
  silent: [3],
};

/** What stands between the number of the escape sequence and its end. */
const dataOf = (sequence: string): string => sequence.slice(`\x1b]${OSC};`.length, -1);

describe('an event', () => {
  it('is read as it was written', () => {
    expect(decodeEvent(dataOf(encodeEvent(sample)))).toEqual(sample);
  });

  it.each([
    ['no JSON', '{"type":'],
    ['nothing', ''],
    ['another type', JSON.stringify({ ...sample, type: 'eval' })],
    ['a field too many', JSON.stringify({ ...sample, html: '<img>' })],
    ['a prototype', '{"type":"ledger","topic":"x","ledger":{"__proto__":{"lost":0}}}'],
    ['no partition', JSON.stringify({ ...sample, counts: [] })],
    ['a million partitions', JSON.stringify({ ...sample, counts: Array(1_000_000).fill(0) })],
    ['counts that are no numbers', JSON.stringify({ ...sample, counts: ['<b>'] })],
    ['less than nothing', JSON.stringify({ ...sample, counts: [-1] })],
    ['a time that is none', JSON.stringify({ ...sample, at: 'now' })],
    ['a name that no topic has', JSON.stringify({ ...sample, topic: '<b>주문</b>' })],
    ['a name too long', JSON.stringify({ ...sample, topic: 'x'.repeat(10_000) })],
  ])('is not made of %s: anybody may have written it', (_, data) => {
    expect(decodeEvent(data)).toBeUndefined();
  });
});
