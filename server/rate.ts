/**
 * How fast one page is listened to. One that sends more is not refused, only read later: its bytes
 * wait in its own network buffers, so that neither memory nor another page pays for them.
 */
import type { WebSocket } from 'ws';

/** Milliseconds. */
const TURN = 10;

/**
 * What one page may have done in a turn: a frame is one unit, and each KiB of it another. That is
 * far more than one that draws 100 MB of output a second (16 acknowledgements a turn) and pastes.
 */
const UNITS = 64;

/** Bytes on the way to a page: several runs' windows. One that reads nothing is asked nothing. */
export const BACKLOG = 8 * 1024 * 1024;

interface Frame {
  readonly bytes: number;
  /** `undefined` for a binary one. */
  readonly text: string | undefined;
}

/** Hands over the text of each frame in its order; `undefined` for a binary one. */
export const readFrames = (socket: WebSocket, handle: (text: string | undefined) => void): void => {
  const frames: Frame[] = [];
  /** Below zero after a frame that was larger than what was left. */
  let units = UNITS;
  let timer: NodeJS.Timeout | undefined;

  const work = (): void => {
    while (units > 0 && socket.bufferedAmount <= BACKLOG) {
      const frame = frames.shift();
      if (frame === undefined) {
        socket.resume();
        return;
      }
      timer ??= setTimeout(takeTurn, TURN);
      units -= 1 + frame.bytes / 1024;
      handle(frame.text);
    }
    // Of the chunk that was read last, at most 64 KiB, the rest still comes, and waits in `frames`.
    socket.pause();
    timer ??= setTimeout(takeTurn, TURN);
  };
  const takeTurn = (): void => {
    timer = undefined;
    units = Math.min(units + UNITS, UNITS);
    work();
  };

  socket.on('message', (data: Buffer, isBinary) => {
    frames.push({ bytes: data.length, text: isBinary ? undefined : data.toString() });
    work();
  });
  socket.on('close', () => {
    clearTimeout(timer);
    frames.length = 0;
  });
};
