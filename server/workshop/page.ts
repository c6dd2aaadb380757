/** A page that is connected, as the room sees it. */
import type { PresenterUpdate } from './presenter.ts';
import type { HubMessage } from './protocol.ts';

export interface Page {
  /** Of the network, without a port. */
  readonly address: string;
  /** Bytes on the way to it. */
  readonly backlog: number;
  /** A message, as `encode` gives it. */
  tell(message: Buffer): void;
  /** A binary frame. */
  pass(frame: Uint8Array): void;
  /** Ends its connection: it comes back by itself, and is told all anew. */
  drop(): void;
}

/** Once for all the pages that it goes to. */
export const encode = (message: HubMessage | PresenterUpdate): Buffer =>
  Buffer.from(JSON.stringify(message));
