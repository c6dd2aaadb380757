/** What a checkpoint's run would do now, line by line. */
import {
  type Checkpoint,
  type FilledTopic,
  lacking,
  lacksNothing,
} from '../../server/cluster/lacking.ts';
import type { ClusterState } from '../../server/protocol.ts';
import { checkpoint as strings } from '../strings/checkpoint.ts';
import { radiusText, runs } from './blast-radius.ts';
import { OLD } from './cluster-facts.ts';

export interface Line {
  readonly text: string;
  /** Somebody's topic goes, with what is in it. */
  readonly isRemoval?: true;
}

export interface Difference {
  readonly lines: readonly Line[];
  readonly removes: readonly FilledTopic[];
  readonly isReady: boolean;
}

export const differenceOf = (
  checkpoint: Checkpoint,
  state: ClusterState,
  isOfPage: (topic: string) => boolean,
): Difference => {
  const lack = lacking(checkpoint, state, state.at - OLD);
  if (lacksNothing(lack)) return { lines: [{ text: strings.nothing }], removes: [], isReady: true };
  const { unpause, start, coming, topics, stop, busy } = lack;
  const some = <T>(of: readonly T[] | undefined, say: (of: readonly T[]) => string): Line[] =>
    of === undefined || of.length === 0 ? [] : [{ text: say(of) }];
  // Of one that is only started for a while, nothing is known yet that would go.
  const running = stop.filter((name) => runs(name, state));
  const removes = topics?.remove ?? [];
  return {
    lines: [
      ...some(unpause, strings.unpause),
      ...some(start, strings.start),
      ...some(coming, strings.coming),
      ...some(removes, strings.remove).map((line) => ({ ...line, isRemoval: true as const })),
      ...some(removes, () => strings.why),
      ...some(topics?.create, strings.create),
      ...some(topics?.prepare, strings.prepare),
      ...some(stop, strings.stop),
      ...some(running, (containers) => radiusText([{ kind: 'stop', containers }], state, isOfPage)),
      // Who is in a group, brokers tell.
      ...(topics === undefined
        ? [{ text: strings.later }]
        : busy.map(({ group, members }) => ({ text: strings.busy(group, members) }))),
    ],
    removes,
    isReady: false,
  };
};
