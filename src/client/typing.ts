/** What was typed or pasted, on its way to a run: in pieces, and no faster than its program reads. */
import type { RunId } from '../../server/protocol.ts';

/** Characters in one `run.input`, by its schema. */
const LIMIT = 16_384;
/** What Ctrl+C sends to a terminal. */
const INTERRUPT = '\x03';

export interface Typing {
  /** What comes while something waits goes behind it; a Ctrl+C takes its place. */
  type(run: RunId, text: string): void;
  /** The sidecar has passed on the last piece. */
  handleTaken(run: RunId): void;
  /**
   * What waits will not be sent: it would arrive with a hole, or where nobody means it any more. Gives
   * whether there was any, or something is on its way.
   */
  forget(): boolean;
}

/**
 * @param send whether it could be sent.
 * @param handleLost something could not be, and nothing of what was behind it will be.
 */
export const createTyping = (
  send: (run: RunId, data: string) => boolean,
  handleLost: () => void,
): Typing => {
  let target: RunId | undefined;
  let waiting: readonly string[] = [];
  /** A piece is on its way. */
  let isSent = false;

  const forget = (): boolean => {
    const had = isSent || waiting.length > 0;
    waiting = [];
    isSent = false;
    return had;
  };
  const sendNext = (): void => {
    const [next, ...rest] = waiting;
    if (target === undefined || next === undefined || isSent) return;
    waiting = rest;
    isSent = send(target, next);
    if (isSent) return;
    forget();
    handleLost();
  };

  return {
    type: (run, text) => {
      if (run !== target || text === INTERRUPT) forget();
      target = run;
      waiting = [...waiting, ...inputParts(text)];
      sendNext();
    },
    handleTaken: (run) => {
      if (run !== target) return;
      isSent = false;
      sendNext();
    },
    forget,
  };
};

/** Cuts what was typed or pasted into messages, never through the middle of a character. */
export const inputParts = (text: string): string[] => {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + LIMIT, text.length);
    if (to < text.length && isHighSurrogate(text.charCodeAt(to - 1))) to -= 1;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
};

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
