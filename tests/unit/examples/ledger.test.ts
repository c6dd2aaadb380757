import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeLedger, type Read, type Sent } from '../../../examples/drill/ledger.ts';

const acked = (id: string, offset: number, at = offset * 100): Sent => ({
  id,
  partition: 0,
  outcome: { kind: 'acked', offset: String(offset), at },
});
const read = (id: string, offset: number): Read => ({ id, partition: 0, offset: String(offset) });

const THREE = ['a', 'b', 'c'].map((id, offset) => acked(id, offset));
const ALL = ['a', 'b', 'c'].map((id, offset) => read(id, offset));

describe('a ledger', () => {
  it('finds no loss where every acked message is read where it was said to be', () => {
    expect(makeLedger(THREE, ALL)).toMatchObject({
      sent: 3,
      acked: 3,
      read: 3,
      lost: 0,
      misplaced: 0,
      duplicated: 0,
      outOfOrder: 0,
      foreign: 0,
      verdict: 'no loss',
    });
  });

  it('finds a loss where an acked message cannot be read', () => {
    expect(makeLedger(THREE, ALL.slice(0, 2))).toMatchObject({ lost: 1, verdict: 'loss' });
  });

  it('finds a loss, though another message has its offset', () => {
    const reads = [read('a', 0), read('b', 1), read('d', 2)];
    expect(makeLedger([...THREE, acked('d', 2)], reads)).toMatchObject({
      lost: 1,
      misplaced: 1,
      verdict: 'loss',
    });
  });

  it('counts what is read at another place than was said, though nothing else is there', () => {
    const reads = [read('a', 0), read('b', 1), read('c', 5)];
    expect(makeLedger(THREE, reads)).toMatchObject({ misplaced: 1, verdict: 'broken' });
  });

  it('proves nothing where nothing was acked', () => {
    expect(makeLedger([], [])).toMatchObject({ lost: 0, verdict: 'broken' });
  });

  it('counts what is read twice', () => {
    expect(makeLedger(THREE, [...ALL, read('a', 3)])).toMatchObject({
      duplicated: 1,
      outOfOrder: 0,
      verdict: 'broken',
    });
  });

  it('counts what is read in another order than it was acked', () => {
    const reads = [read('b', 0), read('a', 1), read('c', 2)];
    expect(makeLedger(THREE, reads)).toMatchObject({
      outOfOrder: 1,
      misplaced: 2,
      verdict: 'broken',
    });
  });

  it('counts what was never sent, or was refused', () => {
    const refused: Sent = {
      id: 'x',
      partition: 0,
      outcome: { kind: 'failed', reason: 'NOT_ENOUGH_REPLICAS', at: 400 },
    };
    const reads = [...ALL, read('x', 3), read('y', 4)];
    expect(makeLedger([...THREE, refused], reads)).toMatchObject({
      failed: 1,
      foreign: 2,
      verdict: 'broken',
    });
  });

  it('lets an unknown message be written, or not', () => {
    const unknown: Sent = {
      id: 'x',
      partition: 0,
      outcome: { kind: 'unknown', reason: 'timeout', at: 400 },
    };
    for (const reads of [ALL, [...ALL, read('x', 3)]]) {
      expect(makeLedger([...THREE, unknown], reads)).toMatchObject({
        unknown: 1,
        verdict: 'no loss',
      });
    }
  });

  it('measures the longest gap of each partition by itself', () => {
    const sent: Sent[] = [
      acked('a', 0, 0),
      { ...acked('b', 0, 5_000), partition: 1 },
      acked('c', 1, 400),
      { ...acked('d', 1, 5_100), partition: 1 },
      acked('e', 2, 600),
    ];
    expect(makeLedger(sent, []).longestGap).toEqual({ 0: 400, 1: 100 });
  });

  it('counts the gap of a partition that takes nothing any more', () => {
    const sent: Sent[] = [
      acked('a', 0, 1_000),
      { id: 'b', partition: 0, outcome: { kind: 'unknown', reason: 'timeout', at: 61_000 } },
      { id: 'c', partition: 1, outcome: { kind: 'unknown', reason: 'timeout', at: 2_000 } },
      { id: 'd', partition: 1, outcome: { kind: 'unknown', reason: 'timeout', at: 9_000 } },
    ];
    expect(makeLedger(sent, []).longestGap).toEqual({ 0: 60_000, 1: 7_000 });
  });

  it('misses no acked message, whichever are gone', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }), (kept) => {
        const sent = kept.map((_, offset) => acked(`m${offset}`, offset));
        const reads = kept.flatMap((there, offset) => (there ? [read(`m${offset}`, offset)] : []));
        const { lost, verdict } = makeLedger(sent, reads);
        expect(lost).toBe(kept.filter((there) => !there).length);
        expect(verdict).toBe(lost === 0 ? 'no loss' : 'loss');
      }),
    );
  });
});
