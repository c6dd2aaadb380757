/** What has become of the cluster while a run went on: its state before, against the one after. */
import { difference } from '../../server/cluster/changes.ts';
import type { ClusterState, RunId } from '../../server/protocol.ts';
import { changes as strings } from '../strings/changes.ts';
import { cluster } from './cluster.ts';
import { wordsFor } from './cluster-words.ts';

/** Milliseconds without a change after which the cluster has settled, and how long that may take: a session expires after 18 s. */
const QUIET = 2_000;
const PATIENCE = 25_000;
/** Changes that one line tells; the timeline has them all. */
const MOST = 4;

export interface RunEffect {
  /** A run goes on. Known only where somebody watched the cluster before it began. */
  begin(run: RunId): void;
  /** It has ended: tells what is different, once the cluster has settled; nothing if nothing is. */
  end(run: RunId): void;
  dispose(): void;
}

/** @param handleEffect an empty text takes back what was told of an earlier run. */
export const createRunEffect = (handleEffect: (text: string) => void): RunEffect => {
  let run: RunId | undefined;
  let before: ClusterState | undefined;
  let leave = (): void => {};
  let changedAt = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  const forget = (): void => {
    clearInterval(timer);
    timer = undefined;
    leave();
    leave = () => {};
    run = undefined;
    before = undefined;
  };
  const tell = (): void => {
    const after = cluster.state;
    if (before !== undefined && after !== undefined) handleEffect(lineOf(before, after));
    forget();
  };

  return {
    begin: (next) => {
      if (next === run) return;
      forget();
      handleEffect('');
      run = next;
      before = cluster.state;
    },
    end: (ended) => {
      if (ended !== run || before === undefined || timer !== undefined) return;
      const from = performance.now();
      changedAt = from;
      leave = cluster.watch({
        handleCluster: (_, changes = []) => {
          if (wordsFor(changes).length > 0) changedAt = performance.now();
        },
      });
      timer = setInterval(() => {
        const now = performance.now();
        const settled = now - changedAt >= QUIET && !isExpiring(cluster.state);
        if (settled || now - from >= PATIENCE) tell();
      }, QUIET / 4);
    },
    dispose: forget,
  };
};

/** A broker is dead, and Kafka does not know yet: what comes of it is still to come. */
const isExpiring = (state: ClusterState | undefined): boolean =>
  state?.brokers.some((broker) => broker.state === 'down' && broker.registered) === true;

const lineOf = (before: ClusterState, after: ClusterState): string => {
  const words = wordsFor(difference(before, after).changes);
  if (words.length === 0) return '';
  const more = words.length - MOST;
  return strings.effect(words.slice(0, MOST), Math.max(0, more));
};
