import { expect, it } from 'vitest';
import { type Asked, type AskedSlot, isAsked } from '../../../../src/client/class/asked.ts';

const remember = (asked?: Asked): AskedSlot => ({
  read: () => asked,
  write: (next) => {
    asked = next;
  },
});

it('shows what is asked, and its results until the class goes on', () => {
  const slot = remember();
  expect(isAsked({ poll: 'a', open: true }, 3, slot)).toBe(true);
  // It has moved while everybody answers.
  expect(isAsked({ poll: 'a', open: true }, 4, slot)).toBe(true);
  expect(isAsked({ poll: 'a', open: false }, 4, slot)).toBe(true);
  expect(isAsked({ poll: 'a', open: false }, 5, slot)).toBe(false);
});

it('shows nothing of a poll that had ended before', () => {
  expect(isAsked({ poll: 'a', open: false }, 0, remember())).toBe(false);
  expect(isAsked({ poll: 'a', open: false }, 3, remember({ poll: 'b', moves: 3 }))).toBe(false);
});
