/** What a step's commands stop or delete, for its page to say what that touches now. */
import type { Container } from '../lab/lab.ts';
import type { Action, Command } from './action.ts';

export type Touched =
  /** These stop answering, at least for a while. */
  | { readonly kind: 'stop'; readonly containers: readonly Container[] }
  /** All of them go; with `volumes` all that they hold. */
  | { readonly kind: 'down'; readonly volumes: boolean }
  | { readonly kind: 'delete'; readonly topic: string };

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
    default:
      return undefined;
  }
};
