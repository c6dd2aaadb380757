import { describe, expect, it } from 'vitest';
import { createShares } from '../../../../src/client/class/shares.ts';

const shared = (run: string, on = true, participant = 'a') =>
  ({ type: 'room.shared', participant, run, step: 'topics/list', on }) as const;
const header = (run: string) => ({ type: 'run.output', run, offset: 0 }) as const;
const bytes = new Uint8Array(10);

describe('what people let the presenter see', () => {
  it('is kept until somebody looks', () => {
    const shares = createShares();
    shares.receive(shared('r'));
    shares.add(header('r'), bytes);
    expect(shares.of('a')?.chunks).toEqual([{ offset: 0, bytes }]);
  });

  it('is gone when it is withdrawn: nothing of it is kept, and nothing more is taken', () => {
    const shares = createShares();
    shares.receive(shared('r'));
    shares.add(header('r'), bytes);
    shares.receive(shared('r', false));
    expect(shares.of('a')).toBe(undefined);
    expect(shares.add(header('r'), bytes)).toBe(undefined);
    shares.receive(shared('r'));
    expect(shares.of('a')?.chunks).toEqual([]);
  });

  it('is one of each person, the newest of theirs, in the order in which they began', () => {
    const shares = createShares();
    for (const run of ['r1', 'r2']) shares.receive(shared(run));
    shares.receive(shared('r3', true, 'b'));
    shares.receive(shared('r4'));
    expect(shares.people.map(({ participant, run }) => [participant, run])).toEqual([
      ['a', 'r4'],
      ['b', 'r3'],
    ]);
  });

  it('is nothing that nobody shared', () => {
    expect(createShares().add(header('r'), bytes)).toBe(undefined);
  });

  it('is bounded: of what nobody looks at, the oldest goes', () => {
    const shares = createShares();
    shares.receive(shared('r'));
    for (let sent = 0; sent < 30; sent += 1) shares.add(header('r'), new Uint8Array(100_000));
    expect(shares.of('a')?.chunks.length).toBe(10);
  });
});
