/**
 * Typing into a PTY. node-pty's own write waits for the program to read, and everything else in this
 * process with it: Node writes to terminals synchronously.
 */
import { writeSync } from 'node:fs';
import type { PtyMaster } from './pty-master.ts';

/** Milliseconds between two tries while the program reads nothing. */
const AGAIN = 10;

export interface PtyInput {
  write(bytes: Uint8Array): void;
  /** Bytes that the terminal had no room for yet. */
  readonly unread: number;
  /** Forgets those. */
  discard(): void;
}

export const inputOf = ({ fd, stream }: PtyMaster): PtyInput => {
  let waiting: Uint8Array[] = [];
  let timer: NodeJS.Timeout | undefined;

  const discard = (): void => {
    waiting = [];
    clearTimeout(timer);
    timer = undefined;
  };
  const work = (): void => {
    timer = undefined;
    if (stream.destroyed) discard();
    for (let bytes = waiting[0]; bytes !== undefined; bytes = waiting[0]) {
      const written = attempt(fd, bytes);
      if (written === bytes.length) waiting.shift();
      else {
        waiting[0] = bytes.subarray(written);
        timer = setTimeout(work, AGAIN);
        return;
      }
    }
  };

  return {
    write: (bytes) => {
      waiting.push(bytes);
      if (timer === undefined) work();
    },
    get unread() {
      return waiting.reduce((sum, { length }) => sum + length, 0);
    },
    discard,
  };
};

/** How many of the bytes the terminal took. */
const attempt = (fd: number, bytes: Uint8Array): number => {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0;
    // EIO: nobody has the other side open any more.
    return bytes.length;
  }
};
