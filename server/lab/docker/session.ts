/** One exec of the Engine API as a Process. */
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type Docker from 'dockerode';
import { within } from '../../deadline.ts';
import { OutcomeUnknown } from '../../errors.ts';
import type { Signal } from '../../protocol.ts';
import type { Process, Size, Stdio } from '../lab.ts';
import { connectionError, ENGINE_GONE, type Engine, NOT_KILLED, refusalOf } from './engine.ts';
import { demultiplexer } from './frames.ts';
import { killWhenUnpaused, MARK, ofExec, signalMarked } from './marked.ts';
import { oneAtATime } from './one-at-a-time.ts';

export interface SessionOptions {
  /** The container's id. */
  readonly container: string;
  readonly command: readonly string[];
  readonly env: readonly string[];
  readonly interactive: boolean;
  readonly tty: boolean;
  readonly stdio: Stdio;
  /** Looked at right before anything starts. */
  readonly cancelled: AbortSignal;
}

/** What Ctrl+C and Ctrl+D send to a terminal. */
const INTERRUPT = '\x03';
const END_OF_INPUT = '\x04';

/** 128 + SIGKILL: the container ended, and everything in it. */
const KILLED = 137;

/** @throws the engine's refusal, when nothing has been started. */
export const openSession = async (engine: Engine, options: SessionOptions): Promise<Process> => {
  const { container, interactive, stdio, cancelled } = options;
  const size = options.tty ? stdio.size : undefined;
  const tty = size !== undefined;
  const mark = randomUUID();
  const exec = await engine.docker.getContainer(container).exec({
    Cmd: [...options.command],
    Env: [...options.env, `${MARK}=${mark}`, ...(tty ? ['TERM=xterm-256color'] : [])],
    // A terminal is needed for Ctrl+C, whether or not it is typed into.
    AttachStdin: interactive || tty,
    AttachStdout: true,
    AttachStderr: true,
    Tty: tty,
  });
  cancelled.throwIfAborted();
  const stream = await exec.start({ hijack: true, stdin: interactive || tty, Tty: tty });
  stream.on('data', tty ? stdio.stdout : demultiplexer(stdio));
  let running = true;
  const exited = ended(stream)
    .then(() => exitCode(exec))
    .catch((error: unknown) => {
      if (connectionError(error) === undefined) throw error;
      throw new OutcomeUnknown(ENGINE_GONE, { cause: error });
    });
  const given = Promise.withResolvers<number>();
  const finish = (): void => {
    running = false;
    stream.destroy();
  };
  exited.finally(finish).then(given.resolve, given.reject);

  let wanted = size;
  const resize = oneAtATime(() => resizeSoon(exec, () => (running ? wanted : undefined)));
  resize();

  let midLine = false;
  const type = (data: Uint8Array | string): void => {
    if (running && stream.writable) stream.write(data);
  };
  if (tty && !interactive) type(END_OF_INPUT);

  const send = async (signal: Signal): Promise<void> => {
    const target = { container, mark, isRunning: () => running };
    const late = () => new OutcomeUnknown(NOT_KILLED);
    try {
      if (!(await within(DELIVERY_MS, deliver(engine, target, signal), late))) return;
      given.reject(new OutcomeUnknown(WHEN_UNPAUSED));
    } catch (error) {
      // A weaker signal is followed by a stronger one; and where the engine is gone, `exited` says so.
      if (signal === 'kill' && error instanceof OutcomeUnknown) given.reject(error);
    }
  };
  // As a signal that is pending already: the same again is one.
  const signals = {
    interrupt: oneAtATime(() => send('interrupt')),
    terminate: oneAtATime(() => send('terminate')),
    kill: oneAtATime(() => send('kill')),
  };

  return {
    exited: given.promise,
    write: (data) => {
      if (!interactive || data.length === 0) return;
      midLine = data.at(-1) !== 0x0a && data.at(-1) !== 0x0d;
      type(data);
    },
    get unread() {
      return stream.writableLength;
    },
    end: () => {
      // In the middle of a line, the first only hands over what was typed.
      if (tty) type(midLine ? END_OF_INPUT.repeat(2) : END_OF_INPUT);
      // Half of the connection: its output goes on.
      else if (interactive) stream.end();
    },
    resize: (to) => {
      if (!tty) return;
      wanted = to;
      resize();
    },
    signal: (signal) => {
      if (!running) return;
      // Behind what nobody reads, it would not arrive.
      if (signal === 'interrupt' && tty && stream.writableLength === 0) type(INTERRUPT);
      else signals[signal]();
    },
    // Then the engine waits to write, and the process to be read by it.
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
  };
};

/** The stream closes when the process has ended, or when the engine has. */
const ended = (stream: Duplex): Promise<void> =>
  new Promise((resolve) => {
    // ECONNRESET: whether the engine is gone shows at the next request.
    stream.on('error', () => {});
    stream.once('end', resolve);
    stream.once('close', resolve);
  });

const POLL_MS = 20;

const exitCode = async (exec: Docker.Exec): Promise<number> => {
  for (;;) {
    try {
      const { Running, ExitCode } = await exec.inspect();
      // The stream may end a moment earlier.
      if (!Running && ExitCode !== null) return ExitCode;
    } catch (error) {
      // Removed, with its container.
      if (refusalOf(error) === 404) return KILLED;
      throw error;
    }
    await setTimeout(POLL_MS);
  }
};

/** The screen of a process that is only just starting cannot be sized yet. */
const RESIZE_TRIES = 50;

/** @param wanted `undefined` once there is no screen. */
const resizeSoon = async (exec: Docker.Exec, wanted: () => Size | undefined): Promise<void> => {
  for (let tries = 0; tries < RESIZE_TRIES; tries += 1) {
    const size = wanted();
    if (size === undefined) return;
    try {
      return void (await exec.resize({ w: size.cols, h: size.rows }));
    } catch {
      await setTimeout(POLL_MS);
    }
  }
};

/** An engine that is busy takes a second or two. */
const DELIVERY_MS = 10_000;

/** A killed process in a paused container is there until then. */
const WHEN_UNPAUSED =
  '컨테이너가 일시 정지되어 있어 지금은 끝낼 수 없습니다. 다시 움직이면(docker unpause) 그때 끝납니다.';

/** A process may not be there yet; one that has gone is what was wanted. */
const SIGNAL_TRIES = 50;

interface Target {
  readonly container: string;
  readonly mark: string;
  isRunning(): boolean;
}

/**
 * Signals until somebody has heard it, and kills until nobody is left. In a paused container that
 * is after it goes on: true means that the caller need not wait for it.
 */
const deliver = async (
  engine: Engine,
  { container, mark, isRunning }: Target,
  signal: Signal,
): Promise<boolean> => {
  for (let tries = 0; tries < SIGNAL_TRIES; tries += 1) {
    const heard = await signalMarked(engine, container, ofExec(mark), signal);
    if (heard === 'paused') {
      if (signal === 'kill') void killWhenUnpaused(engine, container, ofExec(mark));
      return signal === 'kill';
    }
    if (heard === 'gone' || (heard === 'found' && signal !== 'kill')) return false;
    if (heard === 'none' && !isRunning()) return false;
    await setTimeout(POLL_MS);
  }
  return false;
};
