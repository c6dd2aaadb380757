import { LabError } from '../errors.ts';
import type { Process, Size, Stdio } from '../lab/lab.ts';
import { INTERRUPTED } from '../lab/process.ts';
import type { RunStatus } from '../protocol.ts';
import { createOutput, type Output } from './output.ts';

/** One click and what came of it. It belongs to the sidecar: pages come and go. */
export interface Run {
  readonly id: string;
  readonly step: string;
  readonly output: Output;
  readonly status: RunStatus;
  /** Settles when the run has ended; never rejects. */
  readonly ended: Promise<void>;
  write(data: Uint8Array): void;
  resize(size: Size): void;
  /** From now on, however it ends, it counts as stopped. */
  signal(signal: Parameters<Process['signal']>[0]): void;
  /** Called after each change of output or status. Returns how to stop listening. */
  subscribe(listener: () => void): () => void;
}

export interface RunOptions {
  readonly id: string;
  readonly step: string;
  readonly size: Size;
  readonly begin: (stdio: Stdio) => Process;
}

export const createRun = ({ id, step, size, begin }: RunOptions): Run => {
  const output = createOutput();
  const listeners = new Set<() => void>();
  const startedAt = Date.now();
  // The wall clock may jump during a run; what a run took must not.
  const from = performance.now();
  let outcome: Pick<RunStatus, 'status' | 'duration' | 'exitCode'> | undefined;
  let signalled = false;

  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const append = (bytes: Uint8Array): void => {
    output.append(bytes);
    changed();
  };
  const end = (status: RunStatus['status'], exitCode: number | null): void => {
    outcome = { status, exitCode, duration: performance.now() - from };
    changed();
  };

  const process = begin({ stdout: append, stderr: append, size });
  const ended = process.exited.then(
    (code) => {
      if (signalled || code === INTERRUPTED) end('stopped', code);
      else end(code === 0 ? 'passed' : 'failed', code);
    },
    (error: unknown) => {
      append(Buffer.from(`\x1b[31m${explain(error)}\x1b[0m\n`));
      end(signalled ? 'stopped' : 'failed', null);
    },
  );

  return {
    id,
    step,
    output,
    ended,
    get status() {
      return {
        type: 'run.status' as const,
        run: id,
        step,
        startedAt,
        size: output.size,
        ...(outcome ?? { status: 'running', exitCode: null, duration: performance.now() - from }),
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
