/**
 * How much of a run's output the class is shown: a screen at once, and then as much as somebody reads.
 * What is more is left out, and never waits without bound: of it, the newest comes last.
 */
import type { RunId } from '../../../server/protocol.ts';

/** Bytes of one run, at once and a second. */
const BURST = 64 * 1024;
const RATE = 8 * 1024;
/** Bytes that wait. */
const REST = RATE;

export interface Valve {
  take(run: RunId, offset: number, bytes: Uint8Array): void;
  /** The run has ended: what waits is its end. */
  flush(run: RunId): void;
  dispose(): void;
}

interface Stream {
  left: number;
  filledAt: number;
  rest: { readonly offset: number; readonly bytes: Uint8Array } | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** @param send where a piece does not begin where the one before ended, something was left out. */
export const createValve = (
  send: (run: RunId, offset: number, bytes: Uint8Array) => void,
): Valve => {
  const streams = new Map<RunId, Stream>();

  const streamOf = (run: RunId): Stream => {
    const now = performance.now();
    const stream = streams.get(run) ?? {
      left: BURST,
      filledAt: now,
      rest: undefined,
      timer: undefined,
    };
    stream.left = Math.min(BURST, stream.left + ((now - stream.filledAt) * RATE) / 1_000);
    stream.filledAt = now;
    streams.set(run, stream);
    return stream;
  };
  const sendRest = (run: RunId): void => {
    const stream = streamOf(run);
    clearTimeout(stream.timer);
    stream.timer = undefined;
    const { rest } = stream;
    stream.rest = undefined;
    if (rest === undefined) return;
    stream.left -= rest.bytes.length;
    send(run, rest.offset, rest.bytes);
  };

  return {
    take: (run, offset, bytes) => {
      const stream = streamOf(run);
      if (stream.rest === undefined && bytes.length <= stream.left) {
        stream.left -= bytes.length;
        send(run, offset, bytes);
        return;
      }
      stream.rest = endOf(stream.rest, offset, bytes);
      const lacks = REST - stream.left;
      stream.timer ??= setTimeout(() => sendRest(run), (Math.max(0, lacks) * 1_000) / RATE);
    },
    flush: (run) => {
      if (streams.has(run)) sendRest(run);
    },
    dispose: () => {
      for (const { timer } of streams.values()) clearTimeout(timer);
      streams.clear();
    },
  };
};

/** The last bytes of both, where they are one piece; else of the second. */
const endOf = (
  rest: Stream['rest'],
  offset: number,
  bytes: Uint8Array,
): NonNullable<Stream['rest']> => {
  const joins = rest !== undefined && rest.offset + rest.bytes.length === offset;
  const whole = joins ? join(rest.bytes, bytes) : bytes;
  const end = offset + bytes.length;
  const last = whole.slice(-REST);
  return { offset: end - last.length, bytes: last };
};

const join = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
};
