import type { Command, ParticipantId } from '../../../server/workshop/protocol.ts';
import type { ClassBook } from './class-book.ts';
import type { Class } from './feed.ts';

/** A part of the dashboard. */
export interface View {
  /** @param at milliseconds since 1970, by the hub's clock. */
  render(now: Class, at: number): void;
}

/** What a part may have done. */
export interface Desk {
  readonly book: ClassBook;
  /** Whether it is told, now or later. */
  command(command: Command): boolean;
  /** Another code, in place of this one. */
  renewCode(): void;
  /** Out of the room, whoever is not connected. */
  removeAway(): void;
  /** Out of the room, whoever has joined since then, and the code with them. */
  removeSince(since: number): void;
  /** Everything that is known of this person. */
  open(participant: ParticipantId): void;
  /** Only these rows, until they are all to be seen again. */
  filter(filter: Filter | undefined): void;
}

export interface Filter {
  readonly key: string;
  readonly title: string;
  /** Who they are may change while it is looked at. */
  people(now: Class): readonly ParticipantId[];
}
