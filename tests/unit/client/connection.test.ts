import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Connection } from '../../../src/client/connection.ts';
import { askHealth } from '../../../src/client/health.ts';

vi.mock('../../../src/client/health.ts', () => ({ askHealth: vi.fn(async () => 'unreachable') }));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('window', new EventTarget());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it.each([
  [0, 125],
  [0.5, 187],
])('a page whose chance is %d asks again after %d ms, and no sooner', async (chance, wait) => {
  vi.spyOn(Math, 'random').mockReturnValue(chance);
  vi.mocked(askHealth).mockClear();
  const leave = new Connection().subscribe({});
  await vi.advanceTimersByTimeAsync(wait - 1);
  expect(askHealth).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(askHealth).toHaveBeenCalledTimes(2);
  leave();
});
