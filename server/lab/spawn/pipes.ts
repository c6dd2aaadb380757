import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { LabError } from '../../errors.ts';
import type { Process } from '../lab.ts';
import type { SpawnOptions } from '../spawn.ts';
import { outliveNothing, SIGNALS, signalGroup } from './group.ts';

export interface Piped extends Process {
  /** Whether it keeps up: after `false`, `onDrain` says when it has read what was written. */
  write(data: Uint8Array): boolean;
  /** Also called when it reads no more: then nothing that is written waits for it. */
  onDrain(listener: () => void): void;
}

/** Pipes, as `docker exec` without `-t`: stdout and stderr apart, nothing echoed. */
export const spawnPiped = (
  command: string,
  args: readonly string[],
  { cwd, env, interactive, stdio }: SpawnOptions,
): Piped => {
  // `detached` makes it lead a process group, so that a signal reaches what it starts itself.
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const release = outliveNothing(child.pid);
  child.stdout.on('data', (bytes: Buffer) => stdio.stdout(bytes));
  child.stderr.on('data', (bytes: Buffer) => stdio.stderr(bytes));
  const outputs = [child.stdout, child.stderr];
  let paused = false;
  for (const output of outputs) {
    // Node resumes them when the child exits, and would give out what is left.
    output.on('resume', () => {
      if (paused) output.pause();
    });
  }
  // A program that ended or closed its input does not mind what is typed after it (EPIPE).
  child.stdin.on('error', () => {});
  if (!interactive) child.stdin.end();

  const exited = new Promise<number>((resolve, reject) => {
    child.once('error', (error) => {
      release();
      reject(
        new LabError('unavailable', `${command} 을(를) 실행할 수 없습니다.`, { cause: error }),
      );
    });
    // `close`, not `exit`: by then every byte of its output has come.
    child.once('close', (code, signal) => {
      release();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });

  return {
    exited,
    write: (data) => !interactive || !child.stdin.writable || child.stdin.write(data),
    get unread() {
      return child.stdin.writableLength;
    },
    onDrain: (listener) => {
      child.stdin.on('drain', listener);
      child.stdin.once('close', listener);
    },
    end: () => child.stdin.end(),
    resize: () => {},
    signal: (signal) => {
      // Reaped: its number may be another process by now.
      if (child.exitCode === null && child.signalCode === null)
        signalGroup(child.pid, SIGNALS[signal]);
    },
    pause: () => {
      paused = true;
      for (const output of outputs) output.pause();
    },
    resume: () => {
      paused = false;
      for (const output of outputs) output.resume();
    },
  };
};
