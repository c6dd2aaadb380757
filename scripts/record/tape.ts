/** What goes into one recording, in the order in which it came. */
import { apply, difference, notable } from '../../server/cluster/changes.ts';
import type { RecordingEvent } from '../../server/lessons/recording.ts';
import type {
  ClusterChange,
  ClusterState,
  ServerMessage,
  TopicKeys,
} from '../../server/protocol.ts';

export interface Tape {
  readonly events: readonly RecordingEvent[];
  /** Milliseconds since something has changed in the cluster, or in a run. */
  readonly quiet: number;
  /** Topics that messages came into. */
  readonly grown: ReadonlySet<string>;
  told(message: ServerMessage): void;
  /** @param step of the run that printed it. */
  printed(step: string, text: string): void;
  keys(topic: string, keys: TopicKeys): void;
}

/** Milliseconds between two words on how messages come in and are read: a player needs no more. */
const PAUSE = 1_000;

/**
 * @param step whose recording this is.
 * @param state of the cluster at its beginning, where one is known.
 */
export const createTape = (step: string, state: ClusterState | undefined): Tape => {
  const events: RecordingEvent[] = [];
  let last = performance.now();
  let changedAt = last;
  /** As it is, and as the recording has it. */
  let cluster = state;
  let recorded = state;
  let recordedAt = last;
  const grown = new Set<string>();

  /** To the millisecond; what comes together stays together. */
  const passed = (): number => {
    const now = performance.now();
    const seconds = Math.round(now - last) / 1_000;
    last += seconds * 1_000;
    return seconds;
  };
  const tell = (message: ServerMessage): void => {
    events.push([passed(), 's', JSON.stringify(message)]);
  };
  const handleChange = (message: ClusterChange): void => {
    if (cluster === undefined || recorded === undefined) return;
    cluster = apply(cluster, message);
    for (const change of message.changes)
      if (change.kind === 'partition' && change.to !== null) grown.add(change.to.topic);
    const isNews = notable(message.changes).length > 0;
    if (isNews) changedAt = performance.now();
    if (!isNews && performance.now() - recordedAt < PAUSE) return;
    const all = difference(recorded, cluster);
    if (all.changes.length === 0) return;
    recorded = cluster;
    recordedAt = performance.now();
    tell(all);
  };
  if (state !== undefined) tell(state);

  return {
    events,
    grown,
    get quiet() {
      return performance.now() - changedAt;
    },
    told: (message) => {
      // That nothing has changed, and what happened before this, is no news.
      if (message.type === 'cluster.history' || message.type === 'run.taken') return;
      if (message.type === 'cluster.change') return handleChange(message);
      if (message.type === 'cluster.state') cluster = recorded = message;
      changedAt = performance.now();
      tell(message);
    },
    printed: (from, text) => {
      if (from === step) events.push([passed(), 'o', text]);
      else events.push([passed(), 'b', JSON.stringify([from, text])]);
    },
    keys: (topic, keys) => {
      events.push([passed(), 'k', JSON.stringify([topic, keys])]);
    },
  };
};
