import { expect, it } from 'vitest';
import { createSlot } from '../../../../src/client/room/membership.ts';

it.each([
  ['QuotaExceededError', true],
  ['SecurityError', false],
])(
  'after %s it is there for this page, and whether it is for want of room is told: %s',
  (name, isFull) => {
    const slot = createSlot<string>(
      'k',
      () => {
        throw new DOMException('no', name);
      },
      () => true,
    );
    slot.write('x');
    expect([slot.read(), slot.isKept, slot.isFull]).toEqual(['x', false, isFull]);
  },
);
