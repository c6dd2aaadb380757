/** What has become of the cluster while a run went on, in a line under it. */
import type { ClusterDifference } from '../../server/protocol.ts';
import { changes as strings } from '../strings/changes.ts';
import { wordsFor } from './cluster-words.ts';

/** Changes that one line tells; the timeline has them all. */
const MOST = 4;

export const effectLine = (changes: readonly ClusterDifference[]): string => {
  const of = (isPartition: boolean): string[] =>
    wordsFor(changes.filter(({ kind }) => (kind === 'partition') === isPartition));
  // What the lesson is about first; which containers stopped and started, the command says.
  const words = [...of(true), ...of(false)];
  return words.length === 0
    ? ''
    : strings.effect(words.slice(0, MOST), Math.max(0, words.length - MOST));
};
