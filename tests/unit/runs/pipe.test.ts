import { describe, expect, it, onTestFinished } from 'vitest';
import { LabError } from '../../../server/errors.ts';
import type { Process, Stdio } from '../../../server/lab/lab.ts';
import { spawnProcess } from '../../../server/lab/spawn.ts';
import { pipe } from '../../../server/runs/pipe.ts';
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
import { alive, capture, until } from '../../integration/capture.ts';
import { waitFor } from '../../wait.ts';

const shell =
  (script: string) =>
  (stdio: Stdio): Process =>
    spawnProcess('sh', ['-c', script], {
      env: process.env,
      interactive: true,
      tty: true,
      stdio,
    });

const basic = (pattern: string) => ({ extended: false, pattern });

describe('a command into grep', () => {
  it('prints the lines that match, its stderr as it is, and gives grep’s exit code', async () => {
    const output = capture();
    const script = 'printf "Isr: 1\\nTopic\\nIsr: 2"; echo trouble >&2; exit 3';
    expect(await pipe(shell(script), basic('Isr:'), output.stdio).exited).toBe(0);
    expect([output.stdout(), output.stderr()]).toEqual(['Isr: 1\nIsr: 2\n', 'trouble\n']);
  });

  it('gives 1 when nothing matches, though the command succeeded', async () => {
    const output = capture();
    expect(await pipe(shell('echo a'), basic('b'), output.stdio).exited).toBe(1);
    expect(output.stdout()).toBe('');
  });

  it('takes a basic pattern, or an extended one', async () => {
    const extended = capture();
    const source = shell('echo ERROR; echo "a|b"; echo WARN');
    const both = { extended: true, pattern: 'ERROR|WARN' };
    expect(await pipe(source, both, extended.stdio).exited).toBe(0);
    expect(extended.stdout()).toBe('ERROR\nWARN\n');
    const literal = capture();
    expect(await pipe(source, basic('a|b'), literal.stdio).exited).toBe(0);
    expect(literal.stdout()).toBe('a|b\n');
  });

  it('takes a pattern for no option, whatever it begins with', async () => {
    const output = capture();
    expect(await pipe(shell('echo a; echo -v'), basic('-v'), output.stdio).exited).toBe(0);
    expect(output.stdout()).toBe('-v\n');
  });

  it('shows a line at once, and ends by an interrupt', async () => {
    const output = capture();
    const running = pipe(shell('echo first; sleep 1000'), basic('first'), output.stdio);
    await until('the line', () => output.stdout() === 'first\n');
    running.signal('interrupt');
    expect(await running.exited).toBe(130);
  });

  it('passes typing on to the command', async () => {
    const output = capture();
    const running = pipe(shell('cat'), basic('o'), output.stdio);
    running.write(Buffer.from('one\nbar\n'));
    running.end();
    expect(await running.exited).toBe(0);
    expect(output.stdout()).toBe('one\n');
  });

  it('is refused when the command is', async () => {
    const refused: Process = {
      ...shell('true')(capture().stdio),
      exited: Promise.reject(new LabError('cluster-down', '아직 없습니다')),
    };
    await expect(pipe(() => refused, basic('a'), capture().stdio).exited).rejects.toThrow(LabError);
  });
});

const MEGABYTE = 1024 * 1024;

describe('a flood into grep', { timeout: 15_000 }, () => {
  const begin = (reader: Reader, lines: number) => {
    const flood = makeFlood(lines);
    const program = (stdio: Stdio): Process =>
      spawnProcess(process.execPath, flood.args, {
        env: process.env,
        interactive: true,
        tty: true,
        stdio,
      });
    const running = pipe(program, basic('.'), reader.stdio);
    onTestFinished(async () => {
      running.signal('kill');
      running.resume();
      await running.exited;
    });
    return { flood, running };
  };

  it('waits while it is paused, and nothing piles up in between', async () => {
    const reader = makeReader();
    const { flood, running } = begin(reader, ENDLESS);
    await waitFor('a megabyte', () => reader.received() > MEGABYTE);
    running.pause();
    const before = reader.received();
    const written = await steady('what it has written', flood.written);
    expect(reader.received() - before).toBeLessThanOrEqual(64 * 1024);
    expect(written - before).toBeLessThan(2 * MEGABYTE);
    running.resume();
    await waitFor('more', () => reader.received() > written + MEGABYTE);
  });

  it('arrives whole, in order and once, however often it is paused', async () => {
    const lines = 210_000;
    const stutter = makeStutter(1, () => running);
    const reader = makeReader(undefined, stutter.onChunk);
    const { running } = begin(reader, lines);
    expect(await running.exited).toBe(0);
    expect(reader.received()).toBe(lines * 100);
    expect(reader.hash()).toBe(hashOf(floodOf(lines)));
    expect(stutter.pauses()).toBeGreaterThan(20);
    expect(stutter.excess()).toBeLessThanOrEqual(64 * 1024);
  });

  it('has exited only after its last bytes were taken', async () => {
    const reader = makeReader();
    const { flood, running } = begin(reader, 30);
    running.pause();
    let exited = false;
    running.exited.then(() => {
      exited = true;
    });
    await waitFor('its end', () => flood.written() === 3_000 && !alive(flood.pid() ?? 0));
    await steady('what has come', reader.received);
    expect([reader.received(), exited]).toEqual([0, false]);
    running.resume();
    expect(await running.exited).toBe(0);
    expect(reader.hash()).toBe(hashOf(floodOf(30)));
  });

  it('ends by an interrupt while it is paused', async () => {
    const reader = makeReader();
    const { flood, running } = begin(reader, ENDLESS);
    await waitFor('a megabyte', () => reader.received() > MEGABYTE);
    running.pause();
    await steady('what it has written', flood.written);
    running.signal('interrupt');
    running.resume();
    expect(await running.exited).toBe(130);
  });

  it('is held back also where grep has it already', async () => {
    const flood = floodOf(10_000);
    const exited = Promise.withResolvers<number>();
    const source = (stdio: Stdio): Process => {
      stdio.stdout(Buffer.from(flood));
      return { ...shell('true')(capture().stdio), exited: exited.promise };
    };
    const reader = makeReader();
    const running = pipe(source, basic('.'), reader.stdio);
    running.pause();
    exited.resolve(0);
    expect(await steady('what has come', reader.received)).toBe(0);
    running.resume();
    expect(await running.exited).toBe(0);
    expect(reader.hash()).toBe(hashOf(flood));
  });

  it('waits for grep, and for none that has ended', async () => {
    const calls: string[] = [];
    const exited = Promise.withResolvers<number>();
    let print = (_bytes: Uint8Array): unknown => undefined;
    const source = (stdio: Stdio): Process => {
      print = stdio.stdout;
      // More than fits, before anybody could say so.
      print(Buffer.alloc(8 * MEGABYTE, 'x'));
      return {
        ...shell('true')(capture().stdio),
        exited: exited.promise,
        pause: () => calls.push('pause'),
        resume: () => calls.push('resume'),
      };
    };
    const running = pipe(source, basic('y'), capture().stdio);
    expect(calls).toEqual(['pause']);
    await waitFor('grep to have read it', () => calls.at(-1) === 'resume');
    exited.resolve(0);
    expect(await running.exited).toBe(1);

    calls.length = 0;
    const refusing = pipe(source, { extended: true, pattern: '(' }, capture().stdio);
    expect(calls).toEqual(['pause']);
    await waitFor('grep to have ended', () => calls.at(-1) === 'resume');
    expect(await refusing.exited).toBe(2);
  });
});
