/** What a step's commands stop or delete, for its page to say what that touches now. */
import { parseDrillOptions, type Scenario } from '../../examples/arguments.ts';
import { BROKERS, type Broker, type Container } from '../lab/lab.ts';
import type { Action, Command } from './action.ts';

export type Touched =
  /** These stop answering, at least for a while. */
  | { readonly kind: 'stop'; readonly containers: readonly Container[] }
  /** A failure drill takes as many of these away at once, and puts them back; which, it finds as it runs. */
  | {
      readonly kind: 'drill';
      readonly mode: 'stop' | 'kill';
      readonly brokers: readonly Broker[];
      readonly most: 1 | 2;
    }
  /** All of them go; with `volumes` all that they hold. */
  | { readonly kind: 'down'; readonly volumes: boolean }
  | { readonly kind: 'delete'; readonly topic: string };

type Drill = Extract<Touched, { kind: 'drill' }>;

/** What `examples/drill/scenarios.ts` does. */
const SCENARIOS: Record<Scenario, Pick<Drill, 'brokers' | 'most'>> = {
  '1': { brokers: ['kafka2'], most: 1 },
  '2': { brokers: ['kafka2', 'kafka3'], most: 2 },
  '3': { brokers: BROKERS, most: 1 },
  '4': { brokers: BROKERS, most: 2 },
  unclean: { brokers: ['kafka1', 'kafka2'], most: 2 },
};

/** In their order. */
export const touchesOf = (commands: readonly Command[]): Touched[] =>
  commands.flatMap(({ action }) => touchedBy(action) ?? []);

const touchedBy = (action: Action): Touched | undefined => {
  switch (action.kind) {
    case 'control':
      return action.verb === 'start' || action.verb === 'unpause'
        ? undefined
        : { kind: 'stop', containers: action.containers };
    case 'down':
      return { kind: 'down', volumes: action.volumes };
    case 'exec': {
      if (action.tool !== 'kafka-topics' || !action.args.includes('--delete')) return undefined;
      const topic = action.args[action.args.indexOf('--topic') + 1];
      return topic === undefined ? undefined : { kind: 'delete', topic };
    }
    case 'example': {
      if (action.program !== 'test_broker_failure') return undefined;
      // The menu offers all of them.
      const { scenario = '4', mode } = parseDrillOptions(action.args);
      return { kind: 'drill', mode, ...SCENARIOS[scenario] };
    }
    default:
      return undefined;
  }
};
