/** A recording's clock: what has been seen of it, whatever its speed. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RunStatus, ServerMessage } from '../../../server/protocol.ts';
import type { Playback } from '../../../src/client/playback.ts';
import { createPlayer } from '../../../src/client/player.ts';
import { showTapeBar } from '../../../src/client/tape-bar.ts';

vi.mock('../../../src/client/tape-bar.ts', () => ({ showTapeBar: vi.fn(), hideTapeBars: vi.fn() }));
vi.mock('../../../src/client/site-url.ts', () => ({ siteUrl: (path: string) => path }));

const RECORDED = '3f54acec-fc94-4f8c-8904-55785bf016b3';
const RUN = crypto.randomUUID();
const STEP = 'failures/drill';

const status = (changes: Partial<RunStatus>): RunStatus => ({
  type: 'run.status',
  run: RECORDED,
  step: STEP,
  edition: 'now',
  status: 'running',
  background: false,
  stopping: null,
  startedAt: 0,
  duration: 4,
  exitCode: null,
  size: 0,
  dropped: 0,
  check: null,
  outcome: null,
  ...changes,
});
const CAST = [
  { version: 3, step: STEP, edition: 'now', timestamp: 1, made: { kafka: '3.9.1' } },
  [0.5, 's', JSON.stringify(status({}))],
  [30, 's', JSON.stringify(status({ status: 'passed', exitCode: 0, duration: 30_004 }))],
]
  .map((line) => JSON.stringify(line))
  .join('\n');

beforeEach(() => {
  vi.useFakeTimers();
  vi.mocked(showTapeBar).mockClear();
  vi.stubGlobal('fetch', async (url: string) =>
    url === 'steps.json' ? Response.json({ [STEP]: 'now' }) : new Response(CAST),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A recording that plays since this moment. */
const setUp = async () => {
  const told: RunStatus[] = [];
  const player = createPlayer({
    handleMessage: (message: ServerMessage) => {
      if (message.type === 'run.status') told.push(message);
    },
    handleOutput: () => {},
  });
  player.receive({ type: 'run.start', run: RUN, step: STEP, cols: 80, rows: 24 });
  const playback = await vi.waitFor(() => {
    const shown: Playback | undefined = vi.mocked(showTapeBar).mock.lastCall?.[2];
    if (shown === undefined) throw new Error('nothing plays');
    return shown;
  });
  const seconds = (): number[] => told.map(({ duration }) => Math.floor(duration / 1_000));
  return { player, playback, told, seconds };
};

it('goes on while nothing else is told, as fast as it is played, and not while it is paused', async () => {
  const { player, playback, seconds } = await setUp();
  await vi.advanceTimersByTimeAsync(2_800);
  expect(seconds()).toEqual([0, 1, 2]);
  playback.pause();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(seconds()).toEqual([0, 1, 2]);
  playback.resume();
  playback.setSpeed(8);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(seconds().at(-1)).toBeGreaterThanOrEqual(8);
  player.dispose();
});

it('says of one that is stopped how much of it was seen', async () => {
  const { player, playback, told } = await setUp();
  playback.setSpeed(2);
  await vi.advanceTimersByTimeAsync(5_000);
  player.receive({ type: 'run.signal', run: RUN, signal: 'interrupt' });
  const last = told.at(-1);
  expect(last).toMatchObject({ run: RUN, status: 'stopped' });
  // The run began half a second into it.
  expect((last?.duration ?? 0) / 1_000).toBeCloseTo(9.5, 0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told.at(-1)).toBe(last);
});

it('leaves the word on its end to the recording', async () => {
  const { told } = await setUp();
  await vi.advanceTimersByTimeAsync(31_000);
  expect(told.at(-1)).toMatchObject({ run: RUN, status: 'passed', duration: 30_004 });
});
