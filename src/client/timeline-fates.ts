/** Which broker's end, or start, a change follows from: never a guess, only where both name it. */
import type { ClusterDifference } from '../../server/protocol.ts';

/** A broker's process ended or was paused, began or went on. */
export interface Fate {
  readonly broker: string;
  readonly kind: 'end' | 'start';
  /** Milliseconds by the sidecar's clock. */
  readonly at: number;
}

export interface Fates {
  note(at: number, changes: readonly ClusterDifference[]): void;
  /** When it ended, if it has not begun again since. */
  endOf(broker: string): number | undefined;
  /** @param at when it changed. */
  behind(change: ClusterDifference, at: number): Fate | undefined;
  /** Of what was not seen, nothing follows. */
  forget(): void;
}

/** Milliseconds that a broker takes to come back; what happens to it later has another reason. */
const RETURN = 60_000;

export const createFates = (): Fates => {
  const last = new Map<string, Fate>();
  const findAt = (
    at: number,
    id: number | null | undefined,
    kind: Fate['kind'],
  ): Fate | undefined => {
    const fate = last.get(`kafka${id}`);
    if (fate?.kind !== kind) return undefined;
    return kind === 'start' && at - fate.at > RETURN ? undefined : fate;
  };
  const missing = (from: readonly number[], to: readonly number[]): number | undefined =>
    from.find((id) => !to.includes(id));

  return {
    note: (at, changes) => {
      for (const change of changes) {
        if (change.kind !== 'broker' || change.from.container === change.to.container) continue;
        const kind = change.to.container === 'running' ? 'start' : 'end';
        last.set(change.to.name, { broker: change.to.name, kind, at });
      }
    },
    endOf: (broker) => {
      const fate = last.get(broker);
      return fate?.kind === 'end' ? fate.at : undefined;
    },
    behind: (change, at) => {
      const find = (id: number | null | undefined, kind: Fate['kind']) => findAt(at, id, kind);
      switch (change.kind) {
        case 'broker': {
          const { from, to } = change;
          // Its own end or start follows from nothing that is known here.
          if (from.container !== to.container) return undefined;
          const id = Number(to.name.slice(-1));
          return find(id, to.registered && to.state !== 'down' ? 'start' : 'end');
        }
        case 'controller':
          return find(change.from, 'end');
        case 'partition': {
          const { from, to } = change;
          if (from === null || to === null) return undefined;
          if (from.leader !== to.leader)
            return from.leader === null ? find(to.leader, 'start') : find(from.leader, 'end');
          const gone = missing(from.isr, to.isr);
          return gone === undefined ? find(missing(to.isr, from.isr), 'start') : find(gone, 'end');
        }
        default:
          return undefined;
      }
    },
    forget: () => last.clear(),
  };
};
