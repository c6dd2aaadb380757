/** Programs as Processes: a tool of Kafka's, an example, anything that runs until it exits. */
import type { Process, Stdio } from './lab.ts';
import { later } from './spawn/later.ts';
import { spawnPiped } from './spawn/pipes.ts';

export interface SpawnOptions {
  readonly cwd?: string | undefined;
  /** The whole environment of the child. */
  readonly env: NodeJS.ProcessEnv;
  /** Keep its input open; otherwise it reads an end of input at once. */
  readonly interactive: boolean;
  /** A PTY, where `stdio` has a size; otherwise pipes, with stdout and stderr apart. */
  readonly tty: boolean;
  readonly stdio: Stdio;
}

/**
 * Runs `command` with these very arguments: no shell reads them. It leads a process group of its
 * own, which `kill` ends whole, and does not outlive an orderly exit of this process.
 */
export const spawnProcess = (
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): Process => {
  const { size } = options.stdio;
  if (!options.tty || size === undefined) return spawnPiped(command, args, options);
  // Loaded at the first use: its binary is built per platform, and pipes do not need it.
  return later(async (cancelled) => {
    const { spawnPty } = await import('./spawn/pty.ts');
    cancelled.throwIfAborted();
    return spawnPty(command, args, size, options);
  });
};
