import { setTimeout } from 'node:timers/promises';
import { UNSEEN } from '../cluster/outcome.ts';
import { LabError, OutcomeUnknown } from '../errors.ts';
import type { Lab, Process, Size, Stdio } from '../lab/lab.ts';
import { INTERRUPTED } from '../lab/process.ts';
import type { ClusterDifference, Outcome, RunStatus, Signal } from '../protocol.ts';
import { createConfirmation, type Declared } from './confirmation.ts';
import { createJournal, type Event } from './journal.ts';
import { createLadder } from './ladder.ts';
import { createOutput, type LiveOutput, type Output } from './output.ts';
import { createPace, type Reader } from './pace.ts';
import { createWatch } from './watch.ts';

/** One click and what came of it. It belongs to the sidecar: pages come and go. */
export interface Run {
  readonly id: string;
  readonly step: string;
  readonly output: Output;
  readonly status: RunStatus;
  /** Settles when the run has ended; never rejects. */
  readonly ended: Promise<void>;
  /** What became of the cluster; `undefined` until that is known, and where it never is. */
  readonly effect: readonly ClusterDifference[] | undefined;
  /** @throws LabError `bad-message` when too much waits for its program already, or it has ended. */
  write(data: Uint8Array): void;
  /** Resolves once little of what was written waits for its program, or it has ended. */
  taken(): Promise<void>;
  resize(size: Size): void;
  /**
   * From now on, however it ends, it counts as stopped; unless it has passed already. What does not
   * end by Ctrl+C is terminated after a while, and then killed.
   */
  signal(signal: Signal): void;
  /** A page reads along, from `offset` on: the run prints as fast as it draws. */
  attend(offset: number): Reader;
  /** Tries again to note its end, where the disk had no room for it: else nobody knows it later. */
  remember(): void;
  /** Called after each change of output or status. Returns how to stop listening. */
  subscribe(listener: () => void): () => void;
}

export interface RunOptions {
  readonly id: string;
  readonly step: string;
  /** Of the step. */
  readonly edition: string;
  readonly lab: Lab['name'];
  readonly size: Size;
  /** Of its journal; made here. */
  readonly folder: string;
  /** It has something to put back when it is stopped: only the reader's second word forces it. */
  readonly patient: boolean;
  readonly begin: (output: RunOutput) => Process;
  /** What has become of the cluster; asked once the run has ended. */
  readonly settle?: (() => Promise<readonly ClusterDifference[] | undefined>) | undefined;
  /**
   * What the step's question has turned out to be; asked once the run has ended, or is up. Nothing where
   * nobody is to be told any more.
   */
  readonly findOutcome?: (() => Promise<Outcome | undefined>) | undefined;
  /** What the author expects of it. */
  readonly expectation?: Expectation | undefined;
  /** What must be true once it has done its part. */
  readonly declared?: Declared | undefined;
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

/** @throws LabError `unavailable` when no journal can be written; then nothing has begun. */
export const createRun = (options: RunOptions): Run => {
  const { id, step, edition, lab, size, folder, begin, expectation } = options;
  /** Until it has ended: then the disk has it, where it can. */
  let memory: LiveOutput | undefined = createOutput();
  let output: Output = memory;
  const listeners = new Set<() => void>();
  const startedAt = Date.now();
  // The wall clock may jump during a run; what a run took must not.
  const from = performance.now();
  const elapsed = (): number => performance.now() - from;
  const journal = createJournal(
    folder,
    { run: id, step, edition, startedAt, ...size, lab, asks: options.findOutcome !== undefined },
    elapsed,
  );
  let outcome: Pick<RunStatus, 'status' | 'duration' | 'exitCode'> | undefined;
  let effect: readonly ClusterDifference[] | undefined;
  /** Its end, while that is not written down. */
  let owed: Event | undefined;
  const signals = new Set<Signal>();
  /** When it was told to stop, by `elapsed`. */
  let signalledAt: number | undefined;
  const pace = createPace();
  const watch = expectation && createWatch(expectation.text);
  const confirmation = createConfirmation(options.declared, {
    handleVerdict: (verdict) => journal.note({ event: 'check', at: elapsed(), ...verdict }),
    handleChange: () => changed(),
  });
  let outcomeFound: Outcome | null = null;
  let comingUp: Promise<void> | undefined;
  /** Its process has; the cluster may still be waited for. */
  let exited = false;
  const isUp = (): boolean =>
    expectation?.kind === 'background' && watch?.seen === true && confirmation.held;

  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const show = (bytes: Uint8Array): void => {
    memory?.append(bytes);
    pace.produced(bytes.length);
    const { whole } = journal;
    journal.append(bytes);
    if (whole && !journal.whole) memory?.append(NOT_KEPT);
    changed();
  };
  const append = (bytes: Uint8Array): void => {
    const wasSeen = watch?.seen;
    // What it prints once it is told to stop, the ^C itself, is no sign that it had come up.
    if (expectation?.kind === 'failure' || signals.size === 0) watch?.feed(bytes);
    confirmation.feed(bytes);
    show(bytes);
    if (expectation?.kind === 'background' && !wasSeen && watch?.seen) comingUp = comeUp();
  };
  const comeUp = async (): Promise<void> => {
    if (await confirmation.ask()) journal.note({ event: 'up', at: elapsed() });
    changed();
    if (isUp()) void noteOutcome();
  };
  const end = (status: RunStatus['status'], exitCode: number | null): void => {
    const duration = elapsed();
    ladder.stop();
    pace.release();
    // Of a run that was lost as well: nobody would look at the cluster for it any more.
    confirmation.stop();
    const event = { event: 'end', at: duration, status, exitCode, whole: journal.whole } as const;
    const noted = journal.note(event);
    if (!noted) owed = event;
    if (!noted && journal.whole) memory?.append(NOT_KEPT);
    // Where that was said, it may have scrolled out of every screen.
    if (!journal.whole) memory?.append(HALF_KEPT);
    journal.close();
    output = (noted ? journal.kept() : undefined) ?? output;
    memory = undefined;
    outcome = { status, exitCode, duration };
    changed();
  };
  /** What the exit code means, if the author expects nothing else. */
  const judge = (code: number): RunStatus['status'] => {
    const stopped = signals.size > 0 || code === INTERRUPTED;
    if (expectation?.kind === 'failure' && watch?.seen) return 'passed';
    // A background run may be stopped, but not break down.
    if (isUp() && (stopped || code === 0)) return 'passed';
    if (stopped) return 'stopped';
    return code === 0 && expectation === undefined ? 'passed' : 'failed';
  };

  const send = (signal: Signal): void => {
    // Once each: a page may send Ctrl+C without end.
    if (!signals.has(signal)) journal.note({ event: 'signal', at: elapsed(), signal });
    signals.add(signal);
    signalledAt ??= elapsed();
    if (exited) confirmation.stop();
    else process.signal(signal);
    // Nobody waits for the end of what is told to end.
    pace.release();
    changed();
  };
  const ladder = createLadder({
    patient: options.patient,
    send,
    say: (text) => show(Buffer.from(`\r\n\x1b[2m${text}\x1b[0m\r\n`)),
  });

  const process = begin({ stdout: append, stderr: append, prompt: show, size });
  pace.drive(process);
  const conclude = async (code: number): Promise<void> => {
    exited = true;
    if (expectation?.kind === 'background') {
      confirmation.stop();
      await comingUp;
    }
    const status = judge(code);
    const done = status === 'passed' && expectation?.kind !== 'background';
    if (!done || (await confirmation.ask())) end(status, code);
    else end(signals.size > 0 ? 'stopped' : 'failed', code);
  };
  const ended = process.exited.then(conclude, (error: unknown) => {
    append(Buffer.from(`\x1b[31m${explain(error)}\x1b[0m\n`));
    if (error instanceof OutcomeUnknown) end('unknown', null);
    else end(signals.size > 0 ? 'stopped' : 'failed', null);
  });

  /** While somebody waits for it. */
  let drained: Promise<void> | undefined;
  const drain = async (): Promise<void> => {
    while (outcome === undefined && process.unread > LITTLE) await setTimeout(AGAIN);
  };

  const noteEffect = async (): Promise<void> => {
    await ended;
    const changes = await options.settle?.();
    if (changes === undefined) return;
    effect = changes;
    journal.note({ event: 'effect', at: elapsed(), changes: [...changes] });
    changed();
  };
  void noteEffect();

  let finding = false;
  const noteOutcome = async (): Promise<void> => {
    if (options.findOutcome === undefined || finding) return;
    finding = true;
    // What came of a program that goes on is gone when it has ended.
    const isGone = (): boolean => expectation?.kind === 'background' && outcome !== undefined;
    const found = isGone() ? UNSEEN : await options.findOutcome();
    if (found === undefined) return;
    const { value, reason } = isGone() ? UNSEEN : found;
    outcomeFound = { value, reason };
    journal.note({ event: 'outcome', at: elapsed(), value, reason });
    changed();
  };
  void ended.then(noteOutcome);

  return {
    id,
    step,
    get effect() {
      return effect;
    },
    get output() {
      return output;
    },
    ended,
    get status() {
      return {
        type: 'run.status' as const,
        run: id,
        step,
        edition,
        startedAt,
        size: output.size,
        dropped: output.start,
        check: confirmation.status,
        outcome: outcomeFound,
        background: outcome === undefined && isUp(),
        stopping:
          outcome === undefined && signalledAt !== undefined ? elapsed() - signalledAt : null,
        ...(outcome ?? {
          status: isUp() ? 'passed' : 'running',
          exitCode: null,
          duration: elapsed(),
        }),
      };
    },
    write: (data) => {
      if (exited || outcome !== undefined) throw new LabError('bad-message', ENDED);
      // Behind what nobody reads, a Ctrl+C would not arrive.
      if (process.unread > 0 && data.length === 1 && data[0] === CTRL_C)
        return process.signal('interrupt');
      if (process.unread + data.length > UNREAD) throw new LabError('bad-message', NOT_READ);
      process.write(data);
    },
    taken: () => {
      drained ??= drain().finally(() => {
        drained = undefined;
      });
      return drained;
    },
    resize: (to) => {
      if (outcome === undefined) process.resize(to);
    },
    signal: (signal) => {
      if (outcome === undefined) ladder.climb(signal);
    },
    attend: pace.attend,
    remember: () => {
      if (owed !== undefined && journal.note(owed)) owed = undefined;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/** Bytes typed that may wait for a program that reads none: several pastes, and no more memory. */
const UNREAD = 256 * 1024;

/** What Ctrl+C types into a terminal. */
const CTRL_C = 0x03;

/** Bytes that wait while the next may be sent: a program that reads is never without. */
const LITTLE = 64 * 1024;
/** Milliseconds between two looks at what waits: programs do not tell when they read. */
const AGAIN = 10;

const NOT_READ =
  '프로그램이 아직 읽지 않은 입력이 너무 많아 더 전하지 않았습니다. 잠시 뒤에 다시 입력하거나 실행을 중지해 주세요.';
export const ENDED = '이미 끝난 실행이라 입력을 전하지 못했습니다.';

/** Where the output of a run ends that goes on. */
export const NOT_KEPT = Buffer.from(
  '\r\n\x1b[31m디스크에 쓸 수 없어 여기부터는 기록이 남지 않습니다.\x1b[0m\r\n',
);

/** After the end of a run whose record ends before. */
export const HALF_KEPT = Buffer.from(
  '\r\n\x1b[31m디스크에 쓸 수 없던 때부터의 출력은 기록되지 않아, npm start를 다시 시작하면 볼 수 없습니다.\x1b[0m\r\n',
);

/** A refusal speaks for itself; a defect is logged whole, and the reader is told where. */
const explain = (error: unknown): string => {
  if (error instanceof LabError) return error.message;
  console.error(error);
  return '실습실 안에서 예상하지 못한 오류가 났습니다. npm start를 실행한 터미널에 자세한 내용이 있습니다.';
};
