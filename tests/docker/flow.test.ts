/** Flow control of what runs in a container. No cluster is needed for it, nor any port. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findEngine } from '../../server/lab/docker/engine.ts';
import { openSession } from '../../server/lab/docker/session.ts';
import type { Process, Stdio } from '../../server/lab/lab.ts';
import { floodOf, hashOf, makeReader, makeStutter, steady } from '../flood.ts';
import { capture } from '../integration/capture.ts';
import { waitFor } from '../wait.ts';
import { docker } from './docker-home.ts';

const MEGABYTE = 1024 * 1024;
const LINES = 210_000;
/** Prints what `floodOf` gives. */
const seq = (lines: number): string => `seq -f %99.0f 0 ${lines - 1}`;
/** Prints without end, and notes how many bytes it has written. */
const ENDLESS = `
line=$(printf %9999s .)
for ((count = 1; ; count += 1)); do echo "$line"; echo "\${count}0000" > /tmp/lab-flood; done`;

const IMAGE = process.env.KAFKA_IMAGE ?? 'confluentinc/cp-kafka:7.9.4';
let container = '';
beforeAll(async () => {
  container = await docker('run', '-d', '--entrypoint', 'sleep', IMAGE, 'infinity');
});
afterAll(() => docker('rm', '-f', container));

const top = (): Promise<string> => docker('top', container);
const ended = (mark: string) =>
  waitFor(`${mark} to end`, async () => !(await top()).includes(mark));
const written = async (): Promise<number> =>
  Number(await docker('exec', container, 'cat', '/tmp/lab-flood'));

const begin = async (script: string, stdio: Stdio, mark = 'flow'): Promise<Process> =>
  openSession(await findEngine(), {
    container,
    command: ['bash', '-c', script, mark],
    env: [],
    interactive: true,
    tty: stdio.size !== undefined,
    stdio,
    cancelled: new AbortController().signal,
  });

describe.each([
  { how: 'without a terminal', screen: undefined, end: '\n' },
  { how: 'in a terminal', screen: { cols: 100, rows: 30 }, end: '\r\n' },
])('flow control $how', ({ screen, end }) => {
  it('lets a flood wait, and go on', async () => {
    const reader = makeReader(screen);
    const process = await begin(ENDLESS, reader.stdio);
    await waitFor('a megabyte', () => reader.received() > MEGABYTE);
    process.pause();
    const before = reader.received();
    const sent = await steady('what it has written', written);
    expect(reader.received() - before).toBeLessThanOrEqual(64 * 1024);
    expect(sent - before).toBeLessThan(4 * MEGABYTE);
    process.resume();
    await waitFor('more', () => reader.received() > sent + MEGABYTE);
    process.signal('interrupt');
    expect(await process.exited).toBe(130);
  });

  it('gives every byte in order and once, however often it is paused', async () => {
    const stutter = makeStutter(1, () => process);
    const reader = makeReader(screen, stutter.onChunk);
    const process = await begin(`read -r; ${seq(LINES)}`, reader.stdio);
    process.write(Buffer.from('\n'));
    expect(await process.exited).toBe(0);
    // The terminal echoes the newline.
    const echo = screen === undefined ? '' : '\r\n';
    expect(reader.hash()).toBe(hashOf(echo + floodOf(LINES, end)));
    expect(stutter.pauses()).toBeGreaterThan(20);
    expect(stutter.excess()).toBeLessThanOrEqual(64 * 1024);
  });

  it('has exited only after its last bytes were taken, whatever is typed after them', async () => {
    const output = capture(screen);
    const process = await begin('read -r; printf %200000s .', output.stdio, 'flow-last');
    await waitFor('it to run', async () => (await top()).includes('flow-last'));
    process.pause();
    process.write(Buffer.from('\n'));
    let exited = false;
    process.exited.then(() => {
      exited = true;
    });
    await ended('flow-last');
    process.write(Buffer.from('late\n'));
    process.signal('interrupt');
    await steady('what has come', () => output.stdout().length);
    expect([output.stdout().length, exited]).toEqual([0, false]);
    process.resume();
    expect(await process.exited).toBe(0);
    // More than this process had buffered: some of it waited in the connection.
    expect(output.stdout().includes('.'.padStart(200_000))).toBe(true);
  });

  it.each([
    { signal: 'interrupt', code: 130 },
    { signal: 'kill', code: 137 },
  ] as const)('lets $signal end what is paused', async ({ signal, code }) => {
    const reader = makeReader(screen);
    const process = await begin(ENDLESS, reader.stdio, 'flow-signal');
    await waitFor('a megabyte', () => reader.received() > MEGABYTE);
    process.pause();
    await steady('what it has written', written);
    process.signal(signal);
    await ended('flow-signal');
    process.resume();
    expect(await process.exited).toBe(code);
    process.pause();
    process.resume();
  });

  it('lets an interrupt end what was just resumed', async () => {
    const reader = makeReader(screen);
    const process = await begin(ENDLESS, reader.stdio);
    await waitFor('a megabyte', () => reader.received() > MEGABYTE);
    process.pause();
    await steady('what it has written', written);
    process.resume();
    process.signal('interrupt');
    expect(await process.exited).toBe(130);
  });
});
