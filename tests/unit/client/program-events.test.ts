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
  waiting: [0, 0, 0],
  silent: [3],
};

const RUN = '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c11';

/** What stands between the number of the escape sequence and its end. */
const dataOf = (sequence: string): string => sequence.slice(`\x1b]${OSC};`.length, -1);

describe('an event', () => {
  it('is read as it was written', () => {
    expect(decodeEvent(RUN, dataOf(encodeEvent(RUN, sample)))).toEqual(sample);
  });

  it('is none of a run that does not bear its name', () => {
    const data = JSON.stringify(sample);
    // Of the same length: what is left without the name can be read.
    const other = RUN.replace('6', '7');
    for (const forged of [data, `;${data}`, `${RUN}x;${data}`, `${other};${data}`])
      expect(decodeEvent(RUN, forged)).toBeUndefined();
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
    ['a time beyond all', JSON.stringify({ ...sample, at: 1e300 })],
    ['a time that is none', JSON.stringify({ ...sample, at: 'now' })],
    ['a name that no topic has', JSON.stringify({ ...sample, topic: '<b>주문</b>' })],
    ['a name too long', JSON.stringify({ ...sample, topic: 'x'.repeat(10_000) })],
  ])('is not made of %s: anybody may have written it', (_, data) => {
    expect(decodeEvent(RUN, `${RUN};${data}`)).toBeUndefined();
  });
});
