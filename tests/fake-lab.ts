import type { Lab, Process, Stdio } from '../server/lab/lab.ts';
import { task } from '../server/lab/process.ts';

/** What a test wants one exec to do, with its hands on the process. */
export interface FakeExec {
  readonly stdio: Stdio;
  readonly args: readonly string[];
  readonly typed: string[];
  /** Bytes that it has not read. */
  unread: number;
  readonly signals: string[];
  /** Whether its output is held back. */
  readonly paused: boolean;
  exit(code: number): void;
}

/**
 * A lab without a cluster, for tests of what is in front of it: each exec stays open until the test
 * lets it exit. Counts nothing, pretends nothing about Kafka.
 */
export const createFakeLab = (options: { readonly running: boolean }) => {
  const execs: FakeExec[] = [];
  const downs: { readonly stdio: Stdio; end(code: number): void }[] = [];
  const done = (): Process => task(async () => 0);
  const lab: Lab = {
    name: 'local',
    kafkaUi: undefined,
    up: done,
    ps: done,
    down: (_options, stdio) => {
      const ended = Promise.withResolvers<number>();
      downs.push({ stdio, end: ended.resolve });
      return task(() => ended.promise);
    },
    control: done,
    logs: done,
    exec: (_container, { args }, stdio) => {
      const typed: string[] = [];
      const signals: string[] = [];
      let exit = (_code: number): void => {};
      const exited = new Promise<number>((resolve) => {
        exit = resolve;
      });
      let paused = false;
      const exec = { unread: 0 };
      execs.push({
        get unread() {
          return exec.unread;
        },
        set unread(bytes) {
          exec.unread = bytes;
        },
        stdio,
        args,
        typed,
        signals,
        get paused() {
          return paused;
        },
        exit: (code) => exit(code),
      });
      return {
        exited,
        write: (data) => typed.push(Buffer.from(data).toString()),
        get unread() {
          return exec.unread;
        },
        end: () => {},
        resize: () => {},
        signal: (signal) => {
          signals.push(signal);
          exit(signal === 'kill' ? 137 : 130);
        },
        pause: () => {
          paused = true;
        },
        resume: () => {
          paused = false;
        },
      };
    },
    // Where nothing listens.
    portOf: () => 1,
    follow: () => () => {},
    containers: async () =>
      (['zookeeper', 'kafka1', 'kafka2', 'kafka3'] as const).map((name) => ({
        name,
        state: options.running ? 'running' : 'absent',
        status: '',
      })),
    reap: async () => {},
    close: async () => {},
  };
  return { lab, execs, downs };
};
