/** This process's own terminal, or the pipes in its place. */
import type { Process, Stdio } from './lab/lab.ts';

/**
 * Joins a process to the terminal until it exits; gives its exit code.
 *
 * @param pty whether it talks to a terminal. Then ours goes raw: the PTY on the other side echoes,
 *   edits lines and turns Ctrl+C into a signal.
 */
export const connect = async (
  begin: (stdio: Stdio) => Process,
  { pty }: { readonly pty: boolean } = { pty: false },
): Promise<number> => {
  const { stdin, stdout, stderr } = process;
  const raw = pty && stdin.isTTY && stdout.isTTY;
  let child: Process | undefined;
  child = begin({
    stdout: (bytes) => {
      // Whoever reads slowly (`… | less`) makes the source wait, as a shell's pipe would.
      if (!stdout.write(bytes)) child?.pause();
    },
    stderr: (bytes) => stderr.write(bytes),
    size: raw ? { cols: stdout.columns, rows: stdout.rows } : undefined,
  });

  if (raw) stdin.setRawMode(true);
  stdin.on('data', (data: Buffer) => child.write(data));
  stdin.on('end', () => child.end());
  if (raw) stdout.on('resize', () => child.resize({ cols: stdout.columns, rows: stdout.rows }));
  stdout.on('drain', () => child.resume());
  // Whoever read along has gone (`… | head`): what is printed from now on is for nobody.
  stdout.on('error', () => child.signal('terminate'));
  process.on('SIGINT', () => child.signal('interrupt'));
  process.on('SIGTERM', () => child.signal('terminate'));
  process.on('SIGHUP', () => child.signal('terminate'));
  try {
    return await child.exited;
  } finally {
    if (raw) stdin.setRawMode(false);
    stdin.destroy();
    await Promise.all([drain(stdout), drain(stderr)]);
  }
};

/** Lets what was written reach a slow pipe before the process ends. */
const drain = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => resolve());
  });
