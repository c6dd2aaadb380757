/**
 * Whether something is to be made for who has come late, or stays behind: a cluster that is there already
 * is no offer.
 */
import { type Checkpoint, lacking, lacksNothing } from '../../../server/cluster/lacking.ts';
import { OLD } from '../cluster-facts.ts';
import { watchSight } from '../cluster-sight.ts';

export interface LateOffer {
  /**
   * Looks at the cluster until it is asked about another.
   *
   * @param checkpoint `undefined` where none is due.
   * @returns whether the cluster lacks something of it; not while nobody knows.
   */
  lacks(checkpoint: HTMLElement | undefined): boolean;
}

/** @param handleReady their cluster is where the class is. */
export const createLateOffer = (handleChange: () => void, handleReady: () => void): LateOffer => {
  let looked: HTMLElement | undefined;
  let lacks = false;
  let leave: (() => void) | undefined;
  const look = (needs: Checkpoint): (() => void) =>
    watchSight((state) => {
      const before = lacks;
      const isReady = state && lacksNothing(lacking(needs, state, state.at - OLD));
      lacks = isReady === false;
      if (isReady) handleReady();
      else if (lacks !== before) handleChange();
    });
  return {
    lacks: (checkpoint) => {
      if (checkpoint === looked) return lacks;
      leave?.();
      leave = undefined;
      looked = checkpoint;
      lacks = false;
      if (checkpoint === undefined) return false;
      const stop = look(JSON.parse(checkpoint.dataset.needs ?? '') as Checkpoint);
      // What is known already may have settled it.
      if (looked === checkpoint) leave = stop;
      else stop();
      return lacks;
    },
  };
};
