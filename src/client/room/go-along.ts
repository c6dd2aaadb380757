/** The presenter's own page goes where the class is led from elsewhere: from the dashboard, or by a second presenter. */
import type { Place } from '../../../server/workshop/protocol.ts';

export interface Companion {
  /** This page leads the class there: it stays where it is. */
  lead(to: Place): void;
  handleRoom(room: { readonly place: Place | null; readonly moves: number }): void;
}

export const createCompanion = (go: (place: Place) => void): Companion => {
  /** `undefined` until the hub has told: where the class was before, this page need not go. */
  let known: number | undefined;
  let own: Place | undefined;
  return {
    lead: (to) => {
      own = to;
    },
    handleRoom: ({ place, moves }) => {
      const isNews = known !== undefined && known !== moves;
      known = moves;
      if (!isNews || place === null) return;
      const isOwn = own?.chapter === place.chapter && own.step === place.step;
      own = undefined;
      if (!isOwn) go(place);
    },
  };
};
