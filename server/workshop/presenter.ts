/** What the hub tells a presenter's page besides `HubMessage`: who does what, and with which reason. */
import type { StepId } from '../protocol.ts';
import type { Shut } from './codes.ts';
import type { Entry } from './events.ts';
import type { ParticipantId, ParticipantMessage } from './protocol.ts';
import type { RoomState } from './state.ts';

export type PresenterUpdate =
  /** Before a snapshot, those who are in it: as one message, a thousand people with all their steps are too much. */
  | {
      readonly type: 'room.people';
      /** Those that were told before are of another snapshot. */
      readonly first: boolean;
      readonly participants: RoomState['participants'];
    }
  /** The first, and after a gap: all that there is besides. */
  | {
      readonly type: 'room.snapshot';
      /** Of the last event in `state`, and in people. */
      readonly seq: number;
      readonly state: Omit<RoomState, 'participants'>;
      readonly presence: PresenceTold;
      readonly join: Join;
      /** The hub's clock: milliseconds since 1970. */
      readonly now: number;
    }
  /** What came since, gathered: four times a second at most. */
  | {
      readonly type: 'room.events';
      readonly entries: readonly Entry[];
      /** `null` where it is as before. */
      readonly presence: PresenceTold | null;
      readonly now: number;
    }
  /** There is another code, or the code is of no use from somewhere. */
  | { readonly type: 'room.code'; readonly join: Join; readonly now: number }
  /** Somebody lets a run be looked at, or does not any more. Its output follows in binary frames. */
  | {
      readonly type: 'room.shared';
      readonly participant: ParticipantId;
      readonly run: string;
      readonly step: StepId;
      readonly on: boolean;
      /** It has ended as the step was run again. */
      readonly anew?: true | undefined;
    }
  /** Who was asked for a look gives none now. */
  | {
      readonly type: 'room.declined';
      readonly participant: ParticipantId;
      readonly why: Extract<ParticipantMessage, { type: 'room.decline' }>['why'];
    };

export interface PresenceTold {
  /** All who are connected. */
  readonly online: readonly ParticipantId[];
  /** When those went who went a moment ago: milliseconds since 1970. */
  readonly left: Readonly<Record<ParticipantId, number>>;
}

/** How people come in. */
export interface Join {
  /** The likeliest first, for example `http://192.168.0.7:4330`. */
  readonly addresses: readonly string[];
  /** `ABCD-EFGH` */
  readonly code: string;
  /** Opens the form at the likeliest address, with a code in it. */
  readonly link: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** From where it is of no use for now, or was last. */
  readonly shut: Shut | null;
}
