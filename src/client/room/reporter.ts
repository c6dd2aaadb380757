/**
 * Tells the room how this person's steps go: which step, how it went, and why it failed. Nothing of
 * what they print, or of what they ran before they came or in another class.
 */
import type { OutputHeader, RunId, RunStatus, ServerMessage } from '../../../server/protocol.ts';
import type { Reason, Report, StepStatus } from '../../../server/workshop/protocol.ts';
import type { RunStart, Subscriber } from '../connection.ts';
import { isFinal } from '../step-state.ts';
import { reasonOf, reasonOfRefusal } from './reasons.ts';

/** Characters of a run's output in which its cause is looked for. */
const TAIL = 8_192;

/** Milliseconds that an ended run's output may still be on its way; other chapters' does not come at all. */
const LATE = 3_000;

/** `background`: it has passed, and runs on. */
type News = StepStatus | 'background';

const NEWS: readonly News[] = [
  'running',
  'passed',
  'failed',
  'stopped',
  'unknown',
  'background',
  'refused',
];

/**
 * The same for the same news of a run, whichever page tells it and however often: it counts once.
 * The run's own id, but for its last digit.
 */
export const reportId = (run: RunId, news: News): string => {
  const digit = Number.parseInt(run.at(-1) ?? '0', 16) ^ (1 + NEWS.indexOf(news));
  return run.slice(0, -1) + digit.toString(16);
};

export interface ReporterOptions {
  /** Whether what began then is this class's business. Milliseconds since 1970. */
  readonly isOfClass: (startedAt: number) => boolean;
  readonly report: (report: Report, id: string) => void;
  /** Whether the hub has this report of the step, and no later one. */
  readonly isTold: (step: string, id: string) => boolean;
  /** Whether what is heard is a recording. */
  readonly isRecorded: () => boolean;
}

interface Told extends Pick<RunStatus, 'run' | 'step' | 'background'> {
  readonly status: StepStatus;
}

interface Tail {
  readonly decoder: TextDecoder;
  text: string;
  /** Bytes of the run up to here. */
  end: number;
}

type Timeout = ReturnType<typeof setTimeout>;

/** @returns what listens to the page's lab. */
export const createReporter = ({
  isOfClass,
  report,
  isTold,
  isRecorded,
}: ReporterOptions): Subscriber => {
  /** By the runs that this page has asked for. */
  const steps = new Map<RunId, string>();
  const tails = new Map<RunId, Tail>();
  /** Failed, and not all of their output is here. */
  const waiting = new Map<RunId, { readonly status: RunStatus; readonly late: Timeout }>();

  const tell = ({ run, step, status, background }: Told, reason: Reason | null): void => {
    const id = reportId(run, background ? 'background' : status);
    if (isTold(step, id)) return;
    const goesOn = background && { background };
    report({ kind: 'progress', step, run, status, ...goesOn, reason }, id);
  };
  const handleStatus = (status: RunStatus): void => {
    const { run, step, startedAt, size } = status;
    if (!isOfClass(startedAt)) return;
    // What is older is told first.
    for (const { status: ended } of [...waiting.values()])
      if (ended.step === step && ended.run !== run) tellStatus(ended);
    const isWhole = (tails.get(run)?.end ?? 0) >= size;
    if (status.status === 'failed' && !isWhole) {
      clearTimeout(waiting.get(run)?.late);
      waiting.set(run, { status, late: setTimeout(() => tellStatus(status), LATE) });
    } else tellStatus(status);
  };
  const tellStatus = (status: RunStatus): void => {
    const { run } = status;
    clearTimeout(waiting.get(run)?.late);
    waiting.delete(run);
    tell(status, reasonOf(status, tails.get(run)?.text ?? ''));
    if (isFinal(status)) tails.delete(run);
  };
  return {
    handleStart: ({ run, step }: RunStart) => void steps.set(run, step),
    handleMessage: (message: ServerMessage) => {
      if (isRecorded()) return;
      if (message.type === 'run.status') return handleStatus(message);
      if (message.type !== 'error' || message.run === undefined) return;
      const [step, reason] = [steps.get(message.run), reasonOfRefusal(message)];
      // What comes once it runs is about what was typed.
      if (step === undefined || reason === undefined || tails.has(message.run)) return;
      tell({ run: message.run, step, status: 'refused', background: false }, reason);
    },
    handleOutput: ({ run, offset }: OutputHeader, bytes) => {
      const tail = tails.get(run) ?? { decoder: new TextDecoder(), text: '', end: 0 };
      tail.text = (tail.text + tail.decoder.decode(bytes, { stream: true })).slice(-TAIL);
      tail.end = offset + bytes.length;
      tails.set(run, tail);
      const ended = waiting.get(run)?.status;
      if (ended !== undefined && tail.end >= ended.size) tellStatus(ended);
    },
  };
};
