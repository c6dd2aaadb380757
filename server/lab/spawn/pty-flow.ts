import type { PtyMaster } from './pty-master.ts';

/** Milliseconds after an exit in which what was printed last is read: node-pty's own number. */
const LAST_READ_MS = 200;

/**
 * Pause and resume of a PTY. After an exit node-pty destroys the stream, read or not, in case it
 * never ends by itself; paused, that would lose what is left in it. So this counts only the time in
 * which somebody reads.
 */
export const flowOf = ({ stream }: PtyMaster): { pause(): void; resume(): void } => {
  const destroy = stream.destroy.bind(stream);
  let paused = false;
  let exited = false;
  let closing: NodeJS.Timeout | undefined;
  const closeSoon = (): void => {
    clearTimeout(closing);
    if (exited && !paused) closing = setTimeout(destroy, LAST_READ_MS);
  };
  stream.destroy = (error) => {
    // It has ended by itself, on Linux with an error: all was read.
    if (error !== undefined || stream.readableEnded) return destroy(error);
    exited = true;
    closeSoon();
    return stream;
  };
  stream.once('close', () => clearTimeout(closing));

  return {
    pause: () => {
      paused = true;
      stream.pause();
      closeSoon();
    },
    resume: () => {
      paused = false;
      stream.resume();
      closeSoon();
    },
  };
};
