/** What people let the presenter see of their runs: only for as long as they do. */
import type { OutputHeader } from '../../../server/protocol.ts';
import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import type { Shared } from './link.ts';

/** Bytes kept of one run before somebody looks: more than a screen's history. */
const KEPT = 1_000_000;

export interface Chunk {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export interface Share {
  readonly participant: ParticipantId;
  readonly run: string;
  readonly step: string;
  readonly chunks: readonly Chunk[];
}

export interface Shares {
  /** Of each who shares something, one: a person may share several runs, and have several pages. */
  readonly people: readonly Share[];
  of(participant: ParticipantId): Share | undefined;
  receive(shared: Shared): void;
  /** The share that it belongs to; `undefined` where nobody shares it any more. */
  add(header: OutputHeader, bytes: Uint8Array): Share | undefined;
  /** Nobody knows what is still allowed. */
  clear(): void;
}

export const createShares = (): Shares => {
  const shares = new Map<string, Share & { readonly chunks: Chunk[]; size: number }>();
  return {
    get people() {
      const each = [...shares.values()].map((share) => [share.participant, share] as const);
      return [...new Map(each).values()];
    },
    // The newest, where there are several.
    of: (participant) =>
      [...shares.values()].findLast((share) => share.participant === participant),
    receive: ({ participant, run, step, on }) => {
      const known = shares.get(run);
      // Withdrawn, nothing of it stays here.
      if (!on) shares.delete(run);
      else if (known === undefined)
        shares.set(run, { participant, run, step, chunks: [], size: 0 });
    },
    add: ({ run, offset }, bytes) => {
      const share = shares.get(run);
      if (share === undefined) return undefined;
      share.chunks.push({ offset, bytes });
      share.size += bytes.length;
      while (share.size > KEPT && share.chunks.length > 1) {
        share.size -= share.chunks.shift()?.bytes.length ?? 0;
      }
      return share;
    },
    clear: () => shares.clear(),
  };
};
