import { expect, it } from 'vitest';
import { ALLOWANCE, createAllowance } from '../../../server/workshop/allowance.ts';

it('is a person’s own, and there again within a day', () => {
  let now = 0;
  const allowance = createAllowance(() => now);
  for (let count = 0; count < ALLOWANCE; count += 1)
    expect(allowance.spend('하나', { count })).toBe(true);
  expect(allowance.spend('하나', {})).toBe(false);
  expect(allowance.spend('둘', {})).toBe(true);
  now += 12 * 3600 * 1000;
  let more = 0;
  while (allowance.spend('하나', {})) more += 1;
  expect(more).toBe(ALLOWANCE / 2);
});

it('counts what is larger as more', () => {
  const allowance = createAllowance(() => 0);
  expect(allowance.spend('하나', { text: 'x'.repeat(ALLOWANCE * 1024) })).toBe(false);
  expect(allowance.spend('하나', { text: 'x'.repeat((ALLOWANCE - 1) * 1024) })).toBe(true);
  expect(allowance.spend('하나', {})).toBe(false);
});
