/**
 * How fast one page is listened to. One that sends more is not refused, only read later: its bytes
 * wait in its own network buffers, so that neither memory nor another page pays for them.
 */
import type { WebSocket } from 'ws';

export interface Pace {
  /** Milliseconds. */
  readonly turn: number;
  /** What one page may have done in a turn: a frame is one unit, also a pong, and each KiB of it another. */
  readonly units: number;
  /** What it may have done at once, after a while of nothing. */
  readonly burst: number;
}

/** Far more than a page that draws 100 MB of output a second (16 acknowledgements a turn) and pastes. */
const LAB: Pace = { turn: 10, units: 64, burst: 64 };

/** Bytes on the way to a page: several runs' windows. One that reads nothing is asked nothing. */
export const BACKLOG = 8 * 1024 * 1024;

interface Frame {
  readonly data: Buffer;
  readonly isBinary: boolean;
}

/** Hands over each frame in its order: its text, `undefined` for a binary one, and its bytes. */
export const readFrames = (
  socket: WebSocket,
  handle: (text: string | undefined, data: Buffer) => void,
  pace: Pace = LAB,
): void => {
  const frames: Frame[] = [];
  /** Below zero after a frame that was larger than what was left. */
  let units = pace.burst;
  let timer: NodeJS.Timeout | undefined;

  const spend = (amount: number): void => {
    units -= amount;
    timer ??= setTimeout(takeTurn, pace.turn);
  };
  const work = (): void => {
    while (units > 0 && socket.bufferedAmount <= BACKLOG) {
      const frame = frames.shift();
      if (frame === undefined) {
        socket.resume();
        return;
      }
      spend(1 + frame.data.length / 1024);
      handle(frame.isBinary ? undefined : frame.data.toString(), frame.data);
    }
    // Of the chunk that was read last, at most 64 KiB, the rest still comes, and waits in `frames`.
    socket.pause();
    timer ??= setTimeout(takeTurn, pace.turn);
  };
  const takeTurn = (): void => {
    timer = undefined;
    units = Math.min(units + pace.units, pace.burst);
    if (units < pace.burst) timer = setTimeout(takeTurn, pace.turn);
    work();
  };

  for (const control of ['ping', 'pong'] as const) {
    socket.on(control, () => {
      spend(1);
      work();
    });
  }
  socket.on('message', (data: Buffer, isBinary) => {
    frames.push({ data, isBinary });
    work();
  });
  socket.on('close', () => {
    clearTimeout(timer);
    frames.length = 0;
  });
};
