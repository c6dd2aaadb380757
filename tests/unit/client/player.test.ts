/** A recording's clock, what has been seen of it, whatever its speed; and where it jumps. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunStatus, ServerMessage } from '../../../server/protocol.ts';
import type { Playback } from '../../../src/client/playback.ts';
import { createPlayer } from '../../../src/client/player.ts';
import { showTapeBar } from '../../../src/client/tape-bar.ts';
import { recording as strings } from '../../../src/strings/recording.ts';

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
const PRODUCER = 'failures/producer';
const castOf = (step: string, ...events: readonly [number, string, string][]): string =>
  [{ version: 3, step, edition: 'now', timestamp: 1, made: { kafka: '3.9.1' } }, ...events]
    .map((each) => JSON.stringify(each))
    .join('\n');
const line = (changes: Partial<RunStatus>): string => JSON.stringify(status(changes));
const UP = { step: PRODUCER, status: 'passed', background: true } as const;
const CASTS: Readonly<Record<string, string>> = {
  [STEP]: castOf(
    STEP,
    [0.5, 's', line({})],
    [30, 's', line({ status: 'passed', exitCode: 0, duration: 30_004 })],
  ),
  [PRODUCER]: castOf(PRODUCER, [0.5, 's', line(UP)], [0, 'o', 'first'], [20, 'o', 'rest']),
  [`${PRODUCER}.end`]: castOf(
    PRODUCER,
    [0, 's', line({ ...UP, stopping: 1 })],
    [0, 'o', 'sum'],
    [0, 's', line({ ...UP, background: false })],
  ),
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.mocked(showTapeBar).mockClear();
  vi.stubGlobal('fetch', async (url: string) =>
    url === 'steps.json'
      ? Response.json({ [STEP]: 'now', [PRODUCER]: 'now' })
      : new Response(CASTS[url.replace(/^recordings\/(.*)\.cast$/, '$1')]),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A recording that plays since this moment. */
const setUp = async (step = STEP) => {
  const told: RunStatus[] = [];
  const output: string[] = [];
  const player = createPlayer({
    handleMessage: (message: ServerMessage) => {
      if (message.type === 'run.status') told.push(message);
    },
    handleOutput: (_, bytes) => output.push(new TextDecoder().decode(bytes)),
  });
  player.receive({ type: 'run.start', run: RUN, step, cols: 80, rows: 24 });
  const playback = await vi.waitFor(() => {
    const shown: Playback | undefined = vi.mocked(showTapeBar).mock.lastCall?.[2];
    if (shown === undefined) throw new Error('nothing plays');
    return shown;
  });
  const seconds = (): number[] => told.map(({ duration }) => Math.floor(duration / 1_000));
  return { player, playback, told, seconds, output };
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

describe('what goes on until it is stopped', () => {
  const setUpProducer = async () => {
    const all = await setUp(PRODUCER);
    await vi.advanceTimersByTimeAsync(1_000);
    all.player.receive({ type: 'run.attach', run: RUN, offset: 0 });
    return all;
  };
  const mark = `\r\n\x1b[2m${strings.jumps}\x1b[0m\r\n`;

  it('says where it jumps to its recorded end, once it is stopped', async () => {
    const { player, told, output } = await setUpProducer();
    player.receive({ type: 'run.signal', run: RUN, signal: 'interrupt' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(output).toEqual(['first', mark, 'rest', 'sum']);
    expect(told.at(-1)).toMatchObject({ run: RUN, background: false });
  });

  it('says so, too, where all has been played that came before that end', async () => {
    const { player, output } = await setUpProducer();
    await vi.advanceTimersByTimeAsync(30_000);
    player.receive({ type: 'run.signal', run: RUN, signal: 'interrupt' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(output).toEqual(['first', 'rest', mark, 'sum']);
  });

  it('says so where another step takes its turn', async () => {
    const { player, output } = await setUpProducer();
    const run = crypto.randomUUID();
    player.receive({ type: 'run.start', run, step: STEP, cols: 80, rows: 24 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(output).toEqual(['first', mark, 'rest']);
    player.dispose();
  });
});
