import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLobby, PATIENCE, WAITING } from '../../../server/workshop/lobby.ts';

const CLASS = '192.168.0.20';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Pages, and who of them was turned away, in that order. */
const open = () => {
  const lobby = createLobby();
  const gone: string[] = [];
  return {
    gone,
    wait: (name: string, address: string) => lobby.wait(address, () => gone.push(name)),
    fill: (count: number, address: string) => {
      for (let at = 0; at < count; at += 1) lobby.wait(address, () => gone.push(address));
    },
  };
};

it('a page that does not say who it is has so long, and no longer', () => {
  const { gone, wait } = open();
  const comeIn = wait('가람', CLASS);
  wait('silent', CLASS);
  vi.advanceTimersByTime(PATIENCE - 1);
  comeIn();
  expect(gone).toEqual([]);
  vi.advanceTimersByTime(PATIENCE);
  expect(gone).toEqual(['silent']);
});

it('a class of a thousand with two pages each comes back from one address in one moment', () => {
  const { gone, fill } = open();
  fill(2_000, CLASS);
  expect(gone).toEqual([]);
});

it('of too many silent pages of one address, the first goes, and whoever comes is let in', () => {
  const { gone, wait, fill } = open();
  wait('first', '10.0.0.6');
  fill(WAITING.address - 1, '10.0.0.6');
  wait('elsewhere', CLASS);
  expect(gone).toEqual([]);
  const comeIn = wait('newest', '10.0.0.6');
  expect(gone).toEqual(['first']);
  comeIn();
  fill(1, '10.0.0.6');
  expect(gone).toEqual(['first']);
});

it('of too many of all addresses, one goes of where most wait', () => {
  const { gone, wait, fill } = open();
  wait('가람', CLASS);
  fill(WAITING.address, '10.0.0.6');
  fill(WAITING.all - WAITING.address - 1, '10.0.0.7');
  expect(gone).toEqual([]);
  wait('나래', CLASS);
  expect(gone).toEqual(['10.0.0.6']);
});

it('nobody is turned away twice, nor after they came in', () => {
  const { gone, wait, fill } = open();
  const comeIn = wait('가람', CLASS);
  wait('나래', CLASS);
  comeIn();
  comeIn();
  fill(WAITING.address, CLASS);
  expect(gone).toEqual(['나래']);
  vi.advanceTimersByTime(PATIENCE);
  expect(gone.filter((name) => name === '나래' || name === '가람')).toEqual(['나래']);
});
