/** `A | grep PATTERN`: one Process that prints the lines of another that match. */
import type { Process, Stdio } from '../lab/lab.ts';
import { INTERRUPTED } from '../lab/process.ts';
import { spawnPiped } from '../lab/spawn/pipes.ts';
import type { Grep } from '../lessons/grep.ts';

/**
 * As in a shell: what is typed and signalled goes to the source, its stderr passes by, and the exit
 * code is grep's, 1 when nothing matched. Into a pipe no tool gets a terminal. The source waits while
 * grep has more to read than it can, as it would at a pipe that is full.
 */
export const pipe = (
  begin: (stdio: Stdio) => Process,
  { extended, pattern }: Grep,
  stdio: Stdio,
): Process => {
  const grep = spawnPiped(
    'grep',
    // A pipe that is followed shows each line as it comes; a screen shows what matched.
    [
      '--line-buffered',
      `--color=${stdio.size === undefined ? 'never' : 'always'}`,
      ...(extended ? ['-E'] : []),
      '-e',
      pattern,
    ],
    { env: process.env, interactive: true, tty: false, stdio },
  );
  // Looked at when the source has ended; until then, nobody does.
  grep.exited.catch(() => {});
  let paused = false;
  let full = false;
  let begun: Process | undefined;
  const flow = (): void => {
    if (paused || full) begun?.pause();
    else begun?.resume();
  };
  grep.onDrain(() => {
    full = false;
    flow();
  });
  const source = begin({
    stdout: (bytes) => {
      if (grep.write(bytes) || full) return;
      full = true;
      flow();
    },
    stderr: stdio.stderr,
    size: undefined,
  });
  begun = source;
  // It may have printed more than fits while it was begun.
  flow();
  const finish = async (): Promise<number> => {
    try {
      const code = await source.exited;
      grep.end();
      const matched = await grep.exited;
      return code === INTERRUPTED ? code : matched;
    } catch (error) {
      grep.signal('kill');
      await grep.exited;
      throw error;
    }
  };
  return {
    exited: finish(),
    write: (data) => source.write(data),
    get unread() {
      return source.unread;
    },
    end: () => source.end(),
    resize: () => {},
    signal: (signal) => source.signal(signal),
    pause: () => {
      paused = true;
      grep.pause();
      // Its stderr passes by grep.
      flow();
    },
    resume: () => {
      paused = false;
      grep.resume();
      flow();
    },
  };
};
