/** What has become of the cluster while a run went on, in a line under it. */
import type { ClusterDifference } from '../../server/protocol.ts';
import { changes as strings } from '../strings/changes.ts';
import { wordsFor } from './cluster-words.ts';

/** Changes that one line tells at first. */
const MOST = 4;

export interface EffectLine {
  readonly text: string;
  /** What the line leaves out as well; the same where it leaves nothing out. */
  readonly whole: string;
}

/**
 * What cannot be read and written any more, or can again, first; then what else the lesson is about.
 * Which containers stopped and started, the command says.
 */
const rankOf = (change: ClusterDifference): number => {
  if (change.kind !== 'partition') return 2;
  const { from, to } = change;
  const isLed = from !== null && to !== null && (from.leader === null) === (to.leader === null);
  return isLed || from === null || to === null ? 1 : 0;
};

export const effectLine = (
  changes: readonly ClusterDifference[],
  isOfPage: (topic: string) => boolean,
): EffectLine => {
  const of = (rank: number): string[] =>
    wordsFor(
      changes.filter((change) => rankOf(change) === rank),
      { isOfPage },
    );
  if (changes.length === 0) return { text: strings.unchanged, whole: strings.unchanged };
  const words = [...of(0), ...of(1), ...of(2)];
  if (words.length === 0) return { text: '', whole: '' };
  return { text: strings.effect(words.slice(0, MOST)), whole: strings.effect(words) };
};
