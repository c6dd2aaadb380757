import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Connection } from '../../../src/client/connection.ts';
import { askHealth } from '../../../src/client/health.ts';
import type { StandInEvents } from '../../../src/client/stand-in.ts';
import { statusOf } from '../../run-status.ts';

vi.mock('../../../src/client/player.ts', () => ({ createPlayer: () => {} }));
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

it('knows what the newest run of a step did to the cluster, also as more is told of that run', async () => {
  vi.mocked(askHealth).mockResolvedValueOnce('absent');
  const connection = new Connection();
  let tell: StandInEvents['handleMessage'] = () => {};
  connection.mirror((events) => {
    tell = events.handleMessage;
    return { receive: () => {}, keys: () => undefined, dispose: () => {} };
  });
  const leave = connection.subscribe({});
  await vi.waitFor(() => expect(connection.state).toBe('mirrored'));
  const effect = { type: 'run.effect' as const, run: 'a', changes: [] };
  tell(statusOf('a'));
  tell(effect);
  tell(statusOf('a', { status: 'passed' }));
  expect(connection.effectOf('a')).toEqual(effect);
  tell(statusOf('b'));
  expect([connection.effectOf('a'), connection.effectOf('b')]).toEqual([undefined, undefined]);
  leave();
});
