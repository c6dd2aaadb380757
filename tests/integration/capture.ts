/** What the tests of labs share: a Stdio that remembers, and waiting with a reason. */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Size, Stdio } from '../../server/lab/lab.ts';

export interface Capture {
  readonly stdio: Stdio;
  /** stdout so far, and stderr so far; a terminal has only the former. */
  stdout(): string;
  stderr(): string;
}

export const capture = (size?: Size): Capture => {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  return {
    // Copied: a lab may use its buffer again.
    stdio: {
      stdout: (bytes) => void out.push(Uint8Array.from(bytes)),
      stderr: (bytes) => void err.push(Uint8Array.from(bytes)),
      size,
    },
    stdout: () => Buffer.concat(out).toString(),
    stderr: () => Buffer.concat(err).toString(),
  };
};

/** Polls until `check` gives something truthy; says what it waited for when it never does. */
export const until = async <T>(
  what: string,
  check: () => T | Promise<T>,
  timeout = 20_000,
): Promise<T> => {
  const deadline = performance.now() + timeout;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (performance.now() > deadline) throw new Error(`not within ${timeout} ms: ${what}`);
    await setTimeout(20);
  }
};

/** Whether a process runs; one that only waits to be reaped (no init in a container) does not. */
export const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(
      existsSync('/proc') ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '',
    );
  } catch {
    return false;
  }
};
