import { ReadStream } from 'node:tty';
import type { IPty } from '@lydell/node-pty';

/** This process's side of a PTY. */
export interface PtyMaster {
  readonly stream: ReadStream;
  /** Does not block. Another file's, once `stream` is destroyed. */
  readonly fd: number;
}

/** node-pty has both, and neither in its types. */
export const masterOf = (pty: IPty): PtyMaster => {
  const stream: unknown = Reflect.get(pty, '_socket');
  const fd: unknown = Reflect.get(pty, 'fd');
  if (!(stream instanceof ReadStream) || typeof fd !== 'number') {
    throw new Error('this version of node-pty keeps its stream elsewhere');
  }
  return { stream, fd };
};
