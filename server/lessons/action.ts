import type { Container, ExecOptions, LogsOptions, Tool, Verb } from '../lab/lab.ts';
import type { Grep } from './grep.ts';

/** The programs in examples/ that a lesson may run. */
export const EXAMPLES = [
  'create_topic',
  'test_broker_failure',
  'producer_example',
  'consumer_example',
] as const;
export type Example = (typeof EXAMPLES)[number];

/** What one command of the guide asks for. */
export type Action =
  | { readonly kind: 'cd' }
  | { readonly kind: 'up' }
  | { readonly kind: 'ps' }
  | { readonly kind: 'down'; readonly volumes: boolean }
  | { readonly kind: 'prune' }
  | { readonly kind: 'control'; readonly verb: Verb; readonly containers: readonly Container[] }
  | ({ readonly kind: 'logs'; readonly container: Container } & LogsOptions)
  | ({ readonly kind: 'exec'; readonly container: Container } & ExecOptions)
  | { readonly kind: 'example'; readonly program: Example; readonly args: readonly string[] };

/** A command of the guide, as it is carried out. */
export interface Command {
  /** As the author wrote it, for the prompt. */
  readonly text: string;
  readonly action: Action;
  /** What its output goes through. */
  readonly grep?: Grep | undefined;
}

/** Whether an action only makes sense while a broker runs. */
export const needsCluster = (action: Action): boolean =>
  action.kind === 'exec' || action.kind === 'example';

/** Whether it leaves the cluster as it is, groups included. */
export const onlyReads = (action: Action): boolean => {
  if (action.kind === 'exec')
    return READERS.includes(action.tool) || action.args.some((each) => READING.includes(each));
  return action.kind === 'cd' || action.kind === 'ps' || action.kind === 'logs';
};

const READERS: readonly Tool[] = ['kafka-broker-api-versions', 'kafka-get-offsets'];
const READING: readonly string[] = ['--list', '--describe'];

/** Whether a command talks to a terminal, and so wants a PTY. */
export const usesPty = ({ action, grep }: Command): boolean =>
  grep === undefined && (action.kind === 'example' || (action.kind === 'exec' && action.tty));
