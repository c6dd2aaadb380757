/** Where a room's events are kept. What is in it stays, in its order; state is what follows from it. */
import type { Entry, RoomEvent } from './events.ts';

export interface RoomLog {
  /**
   * Resolves once the event is on disk, in the order of the calls; with `undefined` where one with the
   * same `id` is there already. Whoever has `left`, or was `removed`, is forgotten: that they left is
   * written over all of theirs and over their ids. The same state follows from it, and nothing that they told is kept.
   */
  append(event: RoomEvent, id?: string): Promise<Entry | undefined>;
  /** The event that came with this `id`. */
  find(id: string): RoomEvent | undefined;
  /** All from `seq` on. */
  readFrom(seq: number): AsyncIterable<Entry>;
  /** Writes what waits. */
  close(): void;
}
