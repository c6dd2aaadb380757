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

it('is bounded for all together, however many they are', () => {
  let now = 0;
  const allowance = createAllowance(() => now, 10);
  const spend = (from: number): boolean[] =>
    Array.from({ length: 12 }, (_, index) => allowance.spend(`${from + index}`, {}));
  expect(spend(0).filter(Boolean)).toHaveLength(10);
  now += 12 * 3600 * 1000;
  expect(spend(100).filter(Boolean)).toHaveLength(5);
});
