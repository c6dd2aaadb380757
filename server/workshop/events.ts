/** What happens in a room, as its log keeps it. */
import type { Command, LabName, ParticipantId, Report } from './protocol.ts';

/** `at`: milliseconds since 1970, by the hub's clock. */
type At = { readonly at: number };

export type RoomEvent =
  /** Anew, or again: one that went on after its hub was killed was never closed. */
  | (At & { readonly kind: 'opened'; readonly name: string })
  /** In order, by the presenter: it may go on another day. */
  | (At & { readonly kind: 'closed' })
  | (At & {
      readonly kind: 'joined';
      readonly participant: ParticipantId;
      readonly nickname: string;
      readonly lab: LabName;
    })
  /** Came back, perhaps with another lab. */
  | (At & { readonly kind: 'resumed'; readonly participant: ParticipantId; readonly lab: LabName })
  | (At & { readonly kind: 'left'; readonly participant: ParticipantId })
  /** The presenter has shown them out. */
  | (At & { readonly kind: 'removed'; readonly participant: ParticipantId })
  | (At & {
      readonly kind: 'reported';
      readonly participant: ParticipantId;
      readonly report: Report;
    })
  | (At & { readonly kind: 'commanded'; readonly command: Command });

/** One in its place. `seq` counts from 1, without a gap. */
export interface Entry {
  readonly seq: number;
  readonly event: RoomEvent;
}
