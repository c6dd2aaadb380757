import type {
  ClientMessage,
  OutputHeader,
  ServerMessage,
  TopicKeys,
} from '../../server/protocol.ts';

export interface StandInEvents {
  handleMessage(message: ServerMessage): void;
  handleOutput(header: OutputHeader, bytes: Uint8Array): void;
  /** `isLive` may be another. */
  handleLive?(): void;
}

/**
 * Answers a page that has no lab, in the words of one: with what was recorded, or with what the
 * presenter's lab does now.
 */
export interface StandIn {
  /** Whether what happens there now is told; left out where nothing happens. */
  readonly isLive?: boolean;
  receive(message: ClientMessage): void;
  /** The last keys of a topic, as far as they are known. */
  keys(topic: string): TopicKeys | undefined;
  /** Another takes its place: nothing more is told, and what it has put on the page goes. */
  dispose(): void;
}
