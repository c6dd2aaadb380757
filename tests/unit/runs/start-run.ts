import type { Process } from '../../../server/lab/lab.ts';
import type { Outcome } from '../../../server/protocol.ts';
import type { Declared } from '../../../server/runs/confirmation.ts';
import { createRun, type Expectation, type RunOutput } from '../../../server/runs/run.ts';
import { makeFolder } from '../lab/folder.ts';

/** A run of a process that does what the test says. */
export const startRun = ({
  expectation,
  interrupted = () => {},
  unread = 0,
  declared,
  findOutcome,
}: {
  expectation?: Expectation;
  /** Called with each signal. */
  interrupted?: () => void;
  unread?: number;
  declared?: Declared;
  findOutcome?: () => Promise<Outcome | undefined>;
} = {}) => {
  const folder = makeFolder();
  const exited = Promise.withResolvers<number>();
  const told: string[] = [];
  let output: RunOutput | undefined;
  const process: Process = {
    exited: exited.promise,
    write: (data) => told.push(`write ${data.length}`),
    end: () => {},
    unread,
    resize: () => told.push('resize'),
    signal: (signal) => {
      told.push(signal);
      interrupted();
      exited.resolve(130);
    },
    pause: () => told.push('pause'),
    resume: () => told.push('resume'),
  };
  const run = createRun({
    id: '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c11',
    step: 'topics/list',
    edition: 'e',
    lab: 'local',
    size: { cols: 80, rows: 24 },
    folder,
    patient: false,
    expectation,
    declared,
    findOutcome,
    begin: (given) => {
      output = given;
      return process;
    },
  });
  return {
    run,
    folder,
    /** What its process was told. */
    told,
    print: (text: string) => output?.stdout(Buffer.from(text)),
    prompt: (text: string) => output?.prompt(Buffer.from(text)),
    exit: async (code: number) => {
      exited.resolve(code);
      await run.ended;
      return run.status.status;
    },
    fail: async (error: Error) => {
      exited.reject(error);
      await run.ended;
      return run.status.status;
    },
    stop: async () => {
      run.signal('interrupt');
      await run.ended;
      return run.status.status;
    },
  };
};
