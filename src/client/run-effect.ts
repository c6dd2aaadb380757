/** What has become of the cluster while a run went on, in a line under it. */
import type { ClusterDifference } from '../../server/protocol.ts';
import { changes as strings } from '../strings/changes.ts';
import { wordsFor } from './cluster-words.ts';

/** Changes that one line tells; the timeline has them all. */
const MOST = 4;

export const effectLine = (changes: readonly ClusterDifference[]): string => {
  const words = wordsFor(changes);
  return words.length === 0
    ? ''
    : strings.effect(words.slice(0, MOST), Math.max(0, words.length - MOST));
};
