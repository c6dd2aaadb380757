import * as nodePty from '@lydell/node-pty';
import type { Process, Size } from '../lab.ts';
import type { SpawnOptions } from '../spawn.ts';
import { outliveNothing, SIGNALS, signalGroup } from './group.ts';
import { flowOf } from './pty-flow.ts';
import { inputOf } from './pty-input.ts';
import { masterOf } from './pty-master.ts';

/** What Ctrl+C and Ctrl+D send to a terminal. */
const INTERRUPT = Buffer.from('\x03');
const END_OF_INPUT = Buffer.from('\x04');

/** A terminal of its own, as `docker exec -t`: stdout and stderr are one stream. */
export const spawnPty = (
  command: string,
  args: readonly string[],
  size: Size,
  { cwd, env, interactive, stdio }: SpawnOptions,
): Process => {
  const pty = nodePty.spawn(command, [...args], {
    name: 'xterm-256color',
    ...size,
    cwd: cwd ?? process.cwd(),
    env,
    // Bytes as they come: a chunk may end in the middle of a character.
    encoding: null,
  });
  const release = outliveNothing(pty.pid);
  const master = masterOf(pty);
  const flow = flowOf(master);
  let running = true;
  // The declared type says string; without an encoding these are bytes.
  pty.onData((bytes: unknown) => {
    if (bytes instanceof Uint8Array) stdio.stdout(bytes);
  });

  const input = inputOf(master);
  let midLine = false;
  if (!interactive) input.write(END_OF_INPUT);

  const exited = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      running = false;
      release();
      resolve(signal === undefined || signal === 0 ? exitCode : 128 + signal);
    });
  });

  return {
    exited,
    write: (data) => {
      if (!interactive || data.length === 0) return;
      midLine = data.at(-1) !== 0x0a && data.at(-1) !== 0x0d;
      input.write(data);
    },
    get unread() {
      return input.unread;
    },
    end: () => {
      // In the middle of a line, the first only hands over what was typed.
      if (midLine) input.write(END_OF_INPUT);
      input.write(END_OF_INPUT);
    },
    resize: ({ cols, rows }) => {
      if (running) pty.resize(cols, rows);
    },
    signal: (signal) => {
      if (!running) return;
      if (signal === 'interrupt' && input.unread === 0) return input.write(INTERRUPT);
      // A terminal forgets what was typed before a Ctrl+C. This one could not be typed behind it.
      input.discard();
      signalGroup(pty.pid, SIGNALS[signal]);
    },
    pause: () => {
      if (running) flow.pause();
    },
    resume: () => {
      if (running) flow.resume();
    },
  };
};
