/** Flow control of programs, with pipes and in a terminal. */
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Process } from '../../../server/lab/lab.ts';
import { spawnProcess } from '../../../server/lab/spawn.ts';
import {
  ENDLESS,
  floodOf,
  hashOf,
  makeFlood,
  makeReader,
  makeStutter,
  type Reader,
  steady,
} from '../../flood.ts';
import { alive, capture } from '../../integration/capture.ts';
import { waitFor } from '../../wait.ts';

const MEGABYTE = 1024 * 1024;
/** What may still come after a pause, and what may be under way from the writer to the reader. */
const PIECE = 64 * 1024;
const UNDER_WAY = MEGABYTE;

describe.each([
  { how: 'with pipes', tty: false, screen: undefined },
  // A terminal would make two bytes of a newline.
  { how: 'in a terminal', tty: true, screen: { cols: 90, rows: 20 } },
])('a flood $how', { timeout: 15_000 }, ({ tty, screen }) => {
  const begin = (reader: Pick<Reader, 'stdio'>, lines: number) => {
    const flood = makeFlood(lines, ',');
    const process = spawnNode(flood.args, reader);
    onTestFinished(async () => {
      process.signal('kill');
      process.resume();
      await process.exited;
    });
    return { flood, process };
  };
  const spawnNode = (args: string[], { stdio }: Pick<Reader, 'stdio'>): Process =>
    spawnProcess(process.execPath, args, { env: process.env, interactive: true, tty, stdio });

  it('waits while it is paused, and goes on', async () => {
    const reader = makeReader(screen);
    const { flood, process } = begin(reader, ENDLESS);
    await waitFor('a megabyte', () => reader.received() > MEGABYTE);
    process.pause();
    process.pause();
    const before = reader.received();
    const written = await steady('what it has written', flood.written);
    expect(reader.received() - before).toBeLessThanOrEqual(PIECE);
    expect(written - reader.received()).toBeLessThan(UNDER_WAY);
    process.resume();
    await waitFor('more', () => reader.received() > written + MEGABYTE);
  });

  it('arrives whole, in order and once, however often it is paused', async () => {
    const lines = 210_000;
    const whole = hashOf(floodOf(lines, ','));
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const stutter = makeStutter(seed, () => process);
        const reader = makeReader(screen, stutter.onChunk);
        const { process } = begin(reader, lines);
        expect(await process.exited).toBe(0);
        expect(reader.received()).toBe(lines * 100);
        expect(reader.hash()).toBe(whole);
        expect(stutter.pauses()).toBeGreaterThan(20);
        expect(stutter.excess()).toBeLessThanOrEqual(PIECE);
      }),
      { numRuns: 1 },
    );
  });

  it('has exited only after its last bytes were taken', async () => {
    const reader = makeReader(screen);
    const { flood, process } = begin(reader, 30);
    process.pause();
    let exited = false;
    process.exited.then(() => {
      exited = true;
    });
    await waitFor('its end', () => flood.written() === 3_000 && !alive(flood.pid() ?? 0));
    await steady('what has come', reader.received);
    expect([reader.received(), exited]).toEqual([0, false]);
    process.resume();
    expect(await process.exited).toBe(0);
    expect(reader.hash()).toBe(hashOf(floodOf(30, ',')));
  });

  it('loses nothing when it is signalled and typed into after its end', async () => {
    const output = capture(screen);
    const { flood, process } = begin(output, 30);
    process.pause();
    await waitFor('its end', () => flood.written() === 3_000 && !alive(flood.pid() ?? 0));
    process.signal('interrupt');
    process.write(Buffer.from('late\n'));
    await steady('what has come', () => output.stdout().length);
    process.resume();
    expect(await process.exited).toBe(0);
    expect(output.stdout()).toContain(floodOf(30, ','));
  });

  it.each([
    { signal: 'interrupt', code: 130 },
    { signal: 'terminate', code: 143 },
    { signal: 'kill', code: 137 },
  ] as const)('ends by $signal while it is paused', async ({ signal, code }) => {
    const reader = makeReader(screen);
    const { flood, process } = begin(reader, ENDLESS);
    await waitFor('its output', () => reader.received() > MEGABYTE);
    process.pause();
    await steady('what it has written', flood.written);
    process.signal(signal);
    await waitFor('its end', () => !alive(flood.pid() ?? 0));
    process.resume();
    expect(await process.exited).toBe(code);
  });

  it('ends by an interrupt right after it is resumed', async () => {
    const reader = makeReader(screen);
    const { flood, process } = begin(reader, ENDLESS);
    await waitFor('its output', () => reader.received() > MEGABYTE);
    process.pause();
    await steady('what it has written', flood.written);
    process.resume();
    process.signal('interrupt');
    expect(await process.exited).toBe(130);
  });

  it('does not mind being paused and resumed after its end', async () => {
    const { process } = begin(makeReader(screen), 1);
    process.resume();
    expect(await process.exited).toBe(0);
    process.pause();
    process.pause();
    process.resume();
    process.resume();
  });
});
