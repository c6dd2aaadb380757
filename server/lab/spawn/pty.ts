import * as nodePty from '@lydell/node-pty';
import type { Process, Size } from '../lab.ts';
import type { SpawnOptions } from '../spawn.ts';
import { outliveNothing, SIGNALS, signalGroup } from './group.ts';
import { flowOf } from './pty-flow.ts';

/** What Ctrl+C and Ctrl+D send to a terminal. */
const INTERRUPT = '\x03';
const END_OF_INPUT = '\x04';

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
  const flow = flowOf(pty);
  let running = true;
  // The declared type says string; without an encoding these are bytes.
  pty.onData((bytes: unknown) => {
    if (bytes instanceof Uint8Array) stdio.stdout(bytes);
  });

  // Input may be cut in the middle of a character as well; node-pty takes text.
  const decoder = new TextDecoder();
  let midLine = false;
  const type = (text: string): void => {
    if (running && text !== '') pty.write(text);
  };
  if (!interactive) type(END_OF_INPUT);

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
      if (!interactive) return;
      const text = decoder.decode(data, { stream: true });
      if (text !== '') midLine = !/[\r\n]$/.test(text);
      type(text);
    },
    // In the middle of a line, the first only hands over what was typed.
    end: () => type(midLine ? END_OF_INPUT.repeat(2) : END_OF_INPUT),
    resize: ({ cols, rows }) => {
      if (running) pty.resize(cols, rows);
    },
    signal: (signal) => {
      if (!running) return;
      if (signal === 'interrupt') type(INTERRUPT);
      else signalGroup(pty.pid, SIGNALS[signal]);
    },
    pause: () => {
      if (running) flow.pause();
    },
    resume: () => {
      if (running) flow.resume();
    },
  };
};
