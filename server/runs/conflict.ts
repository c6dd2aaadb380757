/** Which steps may run beside each other, by what they do to the cluster. */
import type { Action } from '../lessons/action.ts';
import { groupOf } from '../lessons/makers.ts';
import type { Step } from '../lessons/read.ts';

/**
 * `whole`: makes the cluster or removes it. `drill`: stops brokers and puts them back, and its ledger
 * counts on nobody else doing so. `broker`: stops or starts single ones. The rest reads and writes
 * messages, which is what a cluster is for.
 */
type Touch = 'whole' | 'drill' | 'broker' | 'nothing';

const touchOf = (action: Action): Touch => {
  switch (action.kind) {
    case 'up':
    case 'down':
    case 'prune':
      return 'whole';
    case 'control':
      return 'broker';
    case 'example':
      return action.program === 'test_broker_failure' ? 'drill' : 'nothing';
    default:
      return 'nothing';
  }
};

/** Two that each do one of these wait for one another. Single brokers take turns by themselves. */
const EXCLUDES: Record<Touch, readonly Touch[]> = {
  whole: ['whole', 'drill', 'broker'],
  drill: ['whole', 'drill', 'broker'],
  broker: ['whole', 'drill'],
  nothing: [],
};

/** Whether it stops brokers to see what becomes of messages. */
export const isDrill = (step: Step): boolean => touches(step).includes('drill');

const touches = ({
  commands,
  checkpoint,
}: Pick<Step, 'commands' | 'checkpoint'>): readonly Touch[] =>
  checkpoint === undefined ? commands.map(({ action }) => touchOf(action)) : ['whole'];

/** The first of `running` that `step` has to wait for. */
export const conflictOf = (step: Step, running: readonly Step[]): Step | undefined => {
  const excluded = touches(step).flatMap((touch) => EXCLUDES[touch]);
  return running.find((other) => touches(other).some((touch) => excluded.includes(touch)));
};

/** Whether these start or stop a broker, and so must not while a drill does. */
export const touchesCluster = (step: Pick<Step, 'commands' | 'checkpoint'>): boolean =>
  touches(step).some((touch) => touch !== 'nothing');

/** Those of `running` whose programs consume in this group. */
export const consumersOf = (group: string, running: readonly Step[]): readonly Step[] =>
  running.filter(({ commands }) => commands.some(({ action }) => groupOf(action) === group));
