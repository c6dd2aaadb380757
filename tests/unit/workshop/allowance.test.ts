import { expect, it } from 'vitest';
import { ALLOWANCE, createAllowance, RESERVE } from '../../../server/workshop/allowance.ts';

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

it('is bounded for all together, but for a little that each has still, whoever used it up', () => {
  let now = 0;
  const allowance = createAllowance(() => now, 10);
  const spendAll = (person: string): number => {
    let count = 0;
    while (count < ALLOWANCE && allowance.spend(person, {})) count += 1;
    return count;
  };
  expect(spendAll('하나')).toBe(10 + RESERVE);
  expect(spendAll('둘')).toBe(RESERVE);
  now += 12 * 3600 * 1000;
  expect(spendAll('하나')).toBe(5 + RESERVE / 2);
  expect(spendAll('둘')).toBe(RESERVE / 2);
});

it('of whoever has left, nothing is known', () => {
  const allowance = createAllowance(() => 0, ALLOWANCE);
  const large = (units: number) => ({ text: 'x'.repeat((units - 1) * 1024) });
  expect(allowance.spend('하나', large(ALLOWANCE))).toBe(true);
  allowance.forget('하나');
  expect(allowance.spend('하나', large(RESERVE))).toBe(true);
  expect(allowance.spend('하나', {})).toBe(false);
  allowance.forget('하나');
  expect(allowance.spend('하나', {})).toBe(true);
});
