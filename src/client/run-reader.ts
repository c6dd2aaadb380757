import { terminal as strings } from '../strings/page.ts';
import { createAcknowledger } from './acknowledger.ts';
import { createOutputCursor } from './output-cursor.ts';

/** Milliseconds without any byte after which the rest of an output is not coming. */
const PATIENCE = 2_000;
/** Milliseconds that a screen has for all it was given: it may be loading still, on a slow machine. */
const SLOWEST = 30_000;

/** Reads one run's output onto a screen: each byte once, in order. */
export interface RunReader {
  /** Bytes seen: where to go on reading. */
  readonly offset: number;
  take(offset: number, bytes: Uint8Array): void;
  /** Resolves once `size` bytes are on the screen, or will not be. */
  drawn(size: number): Promise<void>;
  dispose(): void;
}

export interface RunReaderOptions {
  write(bytes: Uint8Array, parsed: () => void): void;
  acknowledge(offset: number): void;
}

export const createRunReader = ({ write, acknowledge }: RunReaderOptions): RunReader => {
  const cursor = createOutputCursor();
  const acknowledger = createAcknowledger(acknowledge);
  const waiting = new Set<() => void>();
  let drawn = 0;

  const handleParsed = (offset: number): void => {
    drawn = offset;
    acknowledger.reached(offset);
    for (const check of waiting) check();
  };

  return {
    get offset() {
      return cursor.offset;
    },
    take: (offset, bytes) => {
      const { skip, gap } = cursor.take(offset, bytes.length);
      if (gap > 0) write(gapMark(gap), () => {});
      const fresh = bytes.subarray(skip);
      const end = cursor.offset;
      if (fresh.length > 0) write(fresh, () => handleParsed(end));
    },
    drawn: (size) =>
      new Promise((resolve) => {
        let seen = cursor.offset;
        let timer: ReturnType<typeof setTimeout> | undefined;
        const finish = (): void => {
          clearTimeout(timer);
          clearTimeout(slowest);
          waiting.delete(check);
          resolve();
        };
        const check = (): void => {
          if (drawn >= size) finish();
        };
        const look = (): void => {
          const stuck = seen === cursor.offset && seen < size;
          seen = cursor.offset;
          if (stuck) finish();
          else timer = setTimeout(look, PATIENCE);
        };
        timer = setTimeout(look, PATIENCE);
        const slowest = setTimeout(finish, SLOWEST);
        waiting.add(check);
        check();
      }),
    dispose: () => acknowledger.dispose(),
  };
};

/** CAN first: the bytes before the gap may have ended inside an escape sequence. */
const gapMark = (bytes: number): Uint8Array =>
  new TextEncoder().encode(`\x18\x1b[0m\r\n\x1b[2m${strings.gap(bytes)}\x1b[0m\r\n`);
