/** `A | grep PATTERN`: one Process that prints the lines of another that match. */
import type { Process, Stdio } from '../lab/lab.ts';
import { INTERRUPTED } from '../lab/process.ts';
import { spawnProcess } from '../lab/spawn.ts';
import type { Grep } from '../lessons/grep.ts';

/**
 * As in a shell: what is typed and signalled goes to the source, its stderr passes by, and the exit
 * code is grep's, 1 when nothing matched. Into a pipe no tool gets a terminal.
 */
export const pipe = (
  begin: (stdio: Stdio) => Process,
  { extended, pattern }: Grep,
  stdio: Stdio,
): Process => {
  const grep = spawnProcess(
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
  const source = begin({
    stdout: (bytes) => grep.write(bytes),
    stderr: stdio.stderr,
    size: undefined,
  });
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
    end: () => source.end(),
    resize: () => {},
    signal: (signal) => source.signal(signal),
  };
};
