import type { Process, Size } from '../lab/lab.ts';

/**
 * Several processes, one after the other, as one: it ends with the first that fails. What is typed
 * or signalled reaches the one that runs; after a signal no further one begins.
 *
 * @param begin is asked for the next one when the one before has ended.
 * @param fails whether no further one begins after an exit code.
 */
export const sequence = (
  begin: Iterable<() => Process>,
  fails = (code: number): boolean => code !== 0,
): Process => {
  let current: Process | undefined;
  let size: Size | undefined;
  let ended = false;
  let paused = false;
  let signalled = false;

  const runAll = async (): Promise<number> => {
    for (const next of begin) {
      current = next();
      if (size !== undefined) current.resize(size);
      if (ended) current.end();
      if (paused) current.pause();
      const code = await current.exited;
      if (signalled || fails(code)) return code;
    }
    return 0;
  };

  return {
    exited: runAll(),
    write: (data) => current?.write(data),
    get unread() {
      return current?.unread ?? 0;
    },
    end: () => {
      ended = true;
      current?.end();
    },
    resize: (to) => {
      size = to;
      current?.resize(to);
    },
    signal: (signal) => {
      signalled = true;
      current?.signal(signal);
    },
    pause: () => {
      paused = true;
      current?.pause();
    },
    resume: () => {
      paused = false;
      current?.resume();
    },
  };
};
