/** Goes where the presenter has the class go: once for each of their moves, while the reader wants that. */
import type { Place, RoomView } from '../../../server/workshop/protocol.ts';
import type { Following } from './membership.ts';
import type { Slot } from './slot.ts';

export interface FollowEvents {
  /** @param now whether the reader is taken there; otherwise it is only marked. */
  go(place: Place, now: boolean): void;
  handleChange(): void;
  /** Whether the reader has just come to its page, and to no place on it. */
  isAtHead(place: Place): boolean;
}

export interface Follower {
  readonly on: boolean;
  /** Off: the reader stays. On: goes where the class is. */
  set(on: boolean): void;
  handleView(view: Pick<RoomView, 'place' | 'moves'>): void;
}

export const createFollower = (slot: Slot<Following>, events: FollowEvents): Follower => {
  let place: Place | null = null;
  let isFirst = true;
  let moves = 0;

  const read = (): Following => slot.read() ?? { on: true, moves };
  const go = (now: boolean): void => {
    if (place !== null) events.go(place, now);
  };
  return {
    get on() {
      return read().on;
    },
    set: (on) => {
      slot.write({ ...read(), on, moves });
      if (on) go(true);
      events.handleChange();
    },
    handleView: (view) => {
      place = view.place;
      moves = view.moves;
      // A tab that was opened meanwhile is where its reader wants it: it follows from the next move on.
      const before = read();
      const isNews = before.moves !== moves;
      // Who comes by the chapter's own address comes to the class, too.
      const comes = isFirst && place !== null && events.isAtHead(place);
      isFirst = false;
      // First: the next page has gone there already.
      slot.write({ ...before, moves });
      go(before.on && (isNews || comes));
    },
  };
};
