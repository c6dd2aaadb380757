/** What a presenter's page knows of the room: the hub's snapshot, and what came since. */
import type { Join, PresenceTold, PresenterUpdate } from '../../../server/workshop/presenter.ts';
import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import { apply, type RoomState } from '../../../server/workshop/state.ts';

export interface Class {
  readonly room: RoomState;
  readonly online: ReadonlySet<ParticipantId>;
  /** Of who has just gone, and is not back: milliseconds since 1970, by the hub's clock. */
  readonly leftAt: ReadonlyMap<ParticipantId, number>;
  readonly join: Join;
  /** Milliseconds that the hub's clock is ahead of this page's. */
  readonly ahead: number;
}

export type RoomUpdate = Exclude<PresenterUpdate, { type: 'room.shared' | 'room.declined' }>;

export interface Feed {
  /** `undefined` before the first snapshot. */
  readonly class: Class | undefined;
  /** Whether it follows what came before. If not, only a new snapshot helps. */
  receive(update: RoomUpdate): boolean;
  /** The class was closed in order: the hub that says so goes before its log can. */
  close(): void;
}

/** @param clock milliseconds since 1970, by this page's clock. */
export const createFeed = (clock: () => number): Feed => {
  let known: (Class & { readonly seq: number }) | undefined;
  /** Of the snapshot that comes. */
  let people: RoomState['participants'] = {};
  return {
    get class() {
      return known;
    },
    receive: (update) => {
      if (update.type === 'room.people') {
        people = update.first ? update.participants : Object.assign(people, update.participants);
        return true;
      }
      const ahead = update.now - clock();
      if (update.type === 'room.snapshot') {
        const { seq, state, join } = update;
        const room: RoomState = { ...state, participants: people };
        people = {};
        known = { seq, room, ...presenceOf(update.presence), join, ahead };
        return true;
      }
      if (known === undefined) return false;
      if (update.type === 'room.code') {
        known = { ...known, join: update.join, ahead };
        return true;
      }
      let { seq } = known;
      for (const entry of update.entries) {
        // Told twice, it counts once.
        if (entry.seq <= seq) continue;
        if (entry.seq !== seq + 1) return false;
        apply(known.room, entry.event);
        seq = entry.seq;
      }
      const presence = update.presence === null ? {} : presenceOf(update.presence);
      known = { ...known, seq, ...presence, ahead };
      return true;
    },
    close: () => {
      if (known !== undefined) apply(known.room, { kind: 'closed', at: clock() + known.ahead });
    },
  };
};

const presenceOf = ({ online, left }: PresenceTold): Pick<Class, 'online' | 'leftAt'> => ({
  online: new Set(online),
  leftAt: new Map(Object.entries(left)),
});
