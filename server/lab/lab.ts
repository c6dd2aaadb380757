/** What every lab answers: Docker's containers, or local JVMs in their place. */
import type { Signal } from '../protocol.ts';

export const BROKERS = ['kafka1', 'kafka2', 'kafka3'] as const;
export const CONTAINERS = ['zookeeper', ...BROKERS] as const;
export type Broker = (typeof BROKERS)[number];
export type Container = (typeof CONTAINERS)[number];

export const isBroker = (container: Container): container is Broker => container !== 'zookeeper';

/** 1, 2, 3, as in `Leader: 1`. */
export const brokerId = (broker: Broker): number => BROKERS.indexOf(broker) + 1;

/** Whoever made the containers: an orderly stop of the sidecar ends its own and no others. */
export type Owner = 'sidecar' | 'cli';

/** Kafka's command line tools that a lesson or a learner may run, by their names in the image. */
export const TOOLS = [
  'kafka-broker-api-versions',
  'kafka-configs',
  'kafka-console-consumer',
  'kafka-console-producer',
  'kafka-consumer-groups',
  'kafka-delete-records',
  'kafka-get-offsets',
  'kafka-leader-election',
  'kafka-log-dirs',
  'kafka-producer-perf-test',
  'kafka-reassign-partitions',
  'kafka-topics',
  'kafka-verifiable-consumer',
  'kafka-verifiable-producer',
] as const;
export type Tool = (typeof TOOLS)[number];

export type Verb = 'start' | 'stop' | 'restart' | 'kill' | 'pause' | 'unpause';

/** Where a process writes, and how large the screen is that shows it. */
export interface Stdio {
  stdout(bytes: Uint8Array): void;
  stderr(bytes: Uint8Array): void;
  /** Characters, or `undefined` where no terminal reads along: then no PTY is made. */
  readonly size: Size | undefined;
}

export interface Size {
  readonly cols: number;
  readonly rows: number;
}

/** Something that runs until it exits: a tool, a program, or an operation of the lab itself. */
export interface Process {
  /**
   * The exit code, as a shell would give it (130 after Ctrl+C, 137 after a kill), once all it
   * printed has been given: while paused, after `resume`.
   * Rejects with a LabError when nothing could be run.
   */
  readonly exited: Promise<number>;
  write(data: Uint8Array): void;
  /** Bytes written that are still held here, because nobody has read what came before. */
  readonly unread: number;
  /** No more input will come. */
  end(): void;
  resize(size: Size): void;
  /** `interrupt` is what Ctrl+C does. Also while paused. */
  signal(signal: Signal): void;
  /**
   * Takes no more of its output until `resume`: whoever writes it waits, and nothing is lost. The
   * piece that is being given out is given whole, 64 KiB at most.
   */
  pause(): void;
  /** Goes on taking its output, from the byte where `pause` stopped. */
  resume(): void;
}

export interface ContainerState {
  readonly name: Container;
  /** `absent`: `up` has never made it, or `down` removed it. */
  readonly state: 'running' | 'paused' | 'exited' | 'absent';
  /** Docker's words: `Up 5 minutes`, `Exited (143) 3 seconds ago`; empty when absent. */
  readonly status: string;
}

export interface ExecOptions {
  readonly tool: Tool;
  readonly args: readonly string[];
  /** `-i`: keep its input open. Without it the tool reads an end of input at once. */
  readonly interactive: boolean;
  /** `-t`: a PTY, where `stdio` has a size. */
  readonly tty: boolean;
}

export interface LogsOptions {
  /** The last lines only. */
  readonly tail: number | undefined;
  /** Go on until interrupted. */
  readonly follow: boolean;
}

export interface KafkaUi {
  /** For a browser on this machine. */
  readonly address: string;
  /** Whether it is ours that runs: something else may answer at its address. */
  runs(): Promise<boolean>;
}

export interface Lab {
  readonly name: 'local' | 'docker';
  /** Kafka UI; `undefined` in a lab that has none. */
  readonly kafkaUi: KafkaUi | undefined;
  /**
   * Starts what does not run; ends once all brokers are registered in the cluster. Ctrl+C ends the
   * wait and stops what this call started.
   */
  up(stdio: Stdio): Process;
  ps(stdio: Stdio): Process;
  /** Removes the containers; with `volumes` their data too. */
  down(options: { readonly volumes: boolean }, stdio: Stdio): Process;
  /** One `docker VERB`, in the order given; prints each name when it is done, as Docker does. */
  control(verb: Verb, containers: readonly Container[], stdio: Stdio): Process;
  logs(container: Container, options: LogsOptions, stdio: Stdio): Process;
  exec(container: Container, options: ExecOptions, stdio: Stdio): Process;
  /** Of this machine, where a client reaches the broker. */
  portOf(broker: Broker): number;
  /** In the order of CONTAINERS. */
  containers(): Promise<readonly ContainerState[]>;
  /**
   * Calls when a container may have changed, where somebody says so before the next look would show
   * it. Returns how to stop.
   */
  follow(listener: () => void): () => void;
  /** Ends the tools that an earlier sidecar ran and, killed itself, left running. */
  reap(): Promise<void>;
  /** Stops what this process started, and only that. */
  close(): Promise<void>;
}
