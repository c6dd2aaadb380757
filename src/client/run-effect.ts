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

/** Empty where nothing is to be told. */
export const effectLine = (changes: readonly ClusterDifference[]): EffectLine => {
  const of = (isPartition: boolean): string[] =>
    wordsFor(changes.filter(({ kind }) => (kind === 'partition') === isPartition));
  // What the lesson is about first; which containers stopped and started, the command says.
  const words = [...of(true), ...of(false)];
  if (words.length === 0) return { text: '', whole: '' };
  return { text: strings.effect(words.slice(0, MOST)), whole: strings.effect(words) };
};
