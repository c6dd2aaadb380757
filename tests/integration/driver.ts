/** A lab under test, driven: each call waits for the end and gives what was printed. */
import type { Broker, Container, ExecOptions, Lab, Process, Verb } from '../../server/lab/lab.ts';
import { type Capture, capture } from './capture.ts';

export interface LabUnderTest {
  readonly lab: Lab;
  /** What a tool in that broker's container gives as `--bootstrap-server`. */
  bootstrap(broker: Broker): string;
  /** Leaves nothing behind, whatever happened. */
  dispose(): Promise<void>;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A tool of kafka1, unless it says otherwise; without input and terminal, unless it says so. */
export type ToolOptions = Pick<ExecOptions, 'tool' | 'args'> &
  Partial<ExecOptions> & { readonly broker?: Broker };

export type Driver = ReturnType<typeof makeDriver>;

export const makeDriver = ({ lab, bootstrap }: LabUnderTest) => {
  const run = async (start: (output: Capture) => Process): Promise<Ran> => {
    const output = capture();
    const code = await start(output).exited;
    return { code, stdout: output.stdout(), stderr: output.stderr() };
  };

  /** Begins it, and does not wait. */
  const exec = (
    { broker = 'kafka1', tool, args, interactive = false, tty = false }: ToolOptions,
    output: Capture,
  ): Process => {
    const all = ['--bootstrap-server', bootstrap(broker), ...args];
    return lab.exec(broker, { tool, args: all, interactive, tty }, output.stdio);
  };

  const tool = (options: ToolOptions): Promise<Ran> => run((output) => exec(options, output));

  return {
    run,
    exec,
    tool,
    topics: (...args: string[]) => tool({ tool: 'kafka-topics', args }),
    up: () => run(({ stdio }) => lab.up(stdio)),
    down: (volumes: boolean) => run(({ stdio }) => lab.down({ volumes }, stdio)),
    control: (verb: Verb, ...containers: Container[]) =>
      run(({ stdio }) => lab.control(verb, containers, stdio)),
    logs: (container: Container, tail?: number) =>
      run(({ stdio }) => lab.logs(container, { tail, follow: false }, stdio)),
    states: async () => (await lab.containers()).map(({ state }) => state),
    statusOf: async (container: Container) =>
      (await lab.containers()).find(({ name }) => name === container)?.status,
  };
};
