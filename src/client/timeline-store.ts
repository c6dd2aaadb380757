/** The axis from one page of a tab to its next: a reader who turns the page loses nothing of it. */
import type { ClusterState } from '../../server/protocol.ts';
import type { TimelineMemory } from './timeline.ts';

const KEY = 'lab:timeline';

export interface Kept {
  readonly timeline: TimelineMemory;
  /** What the page before saw last: what is different on the next one was missed. */
  readonly last: ClusterState | undefined;
}

/** The page itself has written it, for this tab alone. */
export const takeKept = (): Kept | undefined => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
};

export const keepForNext = (kept: Kept): void => {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // No room, or none is given: then the next page begins anew.
  }
};
