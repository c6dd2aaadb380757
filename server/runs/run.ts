import { LabError } from '../errors.ts';
import type { Process, Size, Stdio } from '../lab/lab.ts';
import { INTERRUPTED } from '../lab/process.ts';
import type { RunStatus } from '../protocol.ts';
import { createOutput, type Output } from './output.ts';
import { createWatch } from './watch.ts';

/** One click and what came of it. It belongs to the sidecar: pages come and go. */
export interface Run {
  readonly id: string;
  readonly step: string;
  readonly output: Output;
  readonly status: RunStatus;
  /** Settles when a background run is up, or the run has ended; never rejects. */
  readonly passed: Promise<void>;
  /** Settles when the run has ended; never rejects. */
  readonly ended: Promise<void>;
  write(data: Uint8Array): void;
  resize(size: Size): void;
  /** From now on, however it ends, it counts as stopped; unless it has passed already. */
  signal(signal: Parameters<Process['signal']>[0]): void;
  /** Called after each change of output or status. Returns how to stop listening. */
  subscribe(listener: () => void): () => void;
}

export interface RunOptions {
  readonly id: string;
  readonly step: string;
  readonly size: Size;
  readonly begin: (output: RunOutput) => Process;
  /** What the author expects of it. */
  readonly expectation?: Expectation | undefined;
}

export interface RunOutput extends Stdio {
  /** The prompt: shown, and no output in which anything would be looked for. */
  prompt(bytes: Uint8Array): void;
}

/** A text in the output that decides. */
export type Expectation =
  /** The failure that is the lesson: it passes if this appears, and only then. */
  | { readonly kind: 'failure'; readonly text: string }
  /** It runs until stopped, and has passed once this appears. */
  | { readonly kind: 'background'; readonly text: string };

export const createRun = ({ id, step, size, begin, expectation }: RunOptions): Run => {
  const output = createOutput();
  const listeners = new Set<() => void>();
  const startedAt = Date.now();
  // The wall clock may jump during a run; what a run took must not.
  const from = performance.now();
  let outcome: Pick<RunStatus, 'status' | 'duration' | 'exitCode'> | undefined;
  let signalled = false;
  const watch = expectation && createWatch(expectation.text);
  const passed = Promise.withResolvers<void>();
  const isUp = (): boolean => expectation?.kind === 'background' && watch?.seen === true;

  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const show = (bytes: Uint8Array): void => {
    output.append(bytes);
    changed();
  };
  const append = (bytes: Uint8Array): void => {
    watch?.feed(bytes);
    show(bytes);
    if (isUp()) passed.resolve();
  };
  const end = (status: RunStatus['status'], exitCode: number | null): void => {
    outcome = { status, exitCode, duration: performance.now() - from };
    passed.resolve();
    changed();
  };
  /** What the exit code means, if the author expects nothing else. */
  const judge = (code: number): RunStatus['status'] => {
    const stopped = signalled || code === INTERRUPTED;
    // A background run may be stopped, but not break down.
    if (watch?.seen && (expectation?.kind === 'failure' || stopped || code === 0)) return 'passed';
    if (stopped) return 'stopped';
    return code === 0 && expectation === undefined ? 'passed' : 'failed';
  };

  const process = begin({ stdout: append, stderr: append, prompt: show, size });
  const ended = process.exited.then(
    (code) => end(judge(code), code),
    (error: unknown) => {
      append(Buffer.from(`\x1b[31m${explain(error)}\x1b[0m\n`));
      end(signalled ? 'stopped' : 'failed', null);
    },
  );

  return {
    id,
    step,
    output,
    passed: passed.promise,
    ended,
    get status() {
      return {
        type: 'run.status' as const,
        run: id,
        step,
        startedAt,
        size: output.size,
        background: outcome === undefined && isUp(),
        ...(outcome ?? {
          status: isUp() ? 'passed' : 'running',
          exitCode: null,
          duration: performance.now() - from,
        }),
      };
    },
    write: (data) => {
      if (outcome === undefined) process.write(data);
    },
    resize: (to) => {
      if (outcome === undefined) process.resize(to);
    },
    signal: (signal) => {
      if (outcome !== undefined) return;
      signalled = true;
      process.signal(signal);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/** A refusal speaks for itself; a defect is logged whole, and the reader is told where. */
const explain = (error: unknown): string => {
  if (error instanceof LabError) return error.message;
  console.error(error);
  return '실습실 안에서 예상하지 못한 오류가 났습니다. npm start를 실행한 터미널에 자세한 내용이 있습니다.';
};
