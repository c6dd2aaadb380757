/** What the tests of flow control share: a program that prints without end, and who reads it. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Size, Stdio } from '../server/lab/lab.ts';
import { waitFor } from './wait.ts';

const LINE = 100;

/** The lines of a flood: numbered, and each as long as the others, in bytes, with its end. */
export const floodOf = (lines: number, end = '\n'): string =>
  Array.from({ length: lines }, (_, line) => String(line).padStart(LINE - 1) + end).join('');

/** Arguments of node: a file for its pid and how much it has written, the lines, their end. */
const PROGRAM = `
const { renameSync, writeFileSync, writeSync } = require('node:fs');
const [file, lines, end] = process.argv.slice(1);
const note = (written) => {
  writeFileSync(file + '.new', process.pid + ' ' + written);
  renameSync(file + '.new', file);
};
let written = 0;
let line = 0;
note(written);
while (line < Number(lines)) {
  let block = '';
  for (let count = 0; count < 100 && line < Number(lines); count += 1, line += 1)
    block += String(line).padStart(${LINE - 1}) + end;
  for (let left = Buffer.from(block); left.length > 0; ) {
    const count = writeSync(1, left);
    left = left.subarray(count);
    note((written += count));
  }
}`;

export const ENDLESS = Number.MAX_SAFE_INTEGER;

/** A program for node that writes a flood and notes how far it has come. */
export const makeFlood = (lines: number, end = '\n') => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-flood-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'written');
  const noted = (): number[] => {
    try {
      return readFileSync(file, 'utf8').split(' ').map(Number);
    } catch {
      return [];
    }
  };
  return {
    args: ['-e', PROGRAM, file, String(lines), end],
    /** Undefined before it has begun. */
    pid: (): number | undefined => noted()[0],
    /** Bytes that have left it. */
    written: (): number => noted()[1] ?? 0,
  };
};

export interface Reader {
  readonly stdio: Stdio;
  /** Bytes so far. */
  received(): number;
  hash(): string;
}

/** Keeps nothing of what it reads but its size and its hash; `onChunk` comes after each piece. */
export const makeReader = (size?: Size, onChunk: (bytes: number) => void = () => {}): Reader => {
  const hash = createHash('sha256');
  let received = 0;
  const take = (bytes: Uint8Array): void => {
    received += bytes.length;
    hash.update(bytes);
    onChunk(bytes.length);
  };
  return {
    stdio: { stdout: take, stderr: () => {}, size },
    received: () => received,
    hash: () => hash.copy().digest('hex'),
  };
};

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const STEADY_MS = 500;

/** Waits until `value` has not changed for half a second, and gives it. */
export const steady = async (
  reason: string,
  value: () => number | Promise<number>,
): Promise<number> => {
  let last = await value();
  let since = performance.now();
  await waitFor(`${reason} to change no more`, async () => {
    const now = await value();
    if (now !== last) since = performance.now();
    last = now;
    return performance.now() - since > STEADY_MS;
  });
  return last;
};

/**
 * Pauses and resumes a process by chance, the same for the same seed, as its output comes: call it
 * after each piece. Between the two it waits for some turns of the event loop.
 */
export const makeStutter = (seed: number, flow: () => { pause(): void; resume(): void }) => {
  let state = seed;
  // A linear congruential generator (Numerical Recipes): 0 ≤ random < 1.
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  let paused = false;
  let pauses = 0;
  let excess = 0;
  let mostExcess = 0;
  const wait = (turns: number): void => {
    if (turns > 0) {
      setImmediate(wait, turns - 1);
      return;
    }
    paused = false;
    flow().resume();
  };
  return {
    pauses: () => pauses,
    /** The most bytes that came during one pause. */
    excess: () => mostExcess,
    onChunk: (bytes: number): void => {
      if (paused) {
        excess += bytes;
        mostExcess = Math.max(mostExcess, excess);
        return;
      }
      if (random() > 0.3) return;
      paused = true;
      pauses += 1;
      excess = 0;
      flow().pause();
      wait(Math.floor(random() * 20));
    },
  };
};
