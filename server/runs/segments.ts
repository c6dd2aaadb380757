/**
 * A run's bytes on disk, as they came: files of 256 KiB, each named by the offset of its first byte
 * (`0.out`, `262144.out`, …), each with an index of when what came (`0.times`). The oldest go when
 * the newest 2 MiB are kept without them.
 */
import { closeSync, openSync, readdirSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { KEPT, type Output, PART } from './output.ts';

/** Bytes. */
const SEGMENT = 256 * 1024;
/** Milliseconds between two lines of the index, at least: a screen shows no more than that. */
const TICK = 10;

export interface SegmentWriter {
  /** @throws when the disk is full, say; what was written until then is there. */
  append(bytes: Uint8Array): void;
  close(): void;
}

/** @param elapsed milliseconds since the run began. */
export const writeSegments = (folder: string, elapsed: () => number): SegmentWriter => {
  const starts: number[] = [];
  let size = 0;
  let open: { readonly out: number; readonly times: number; ticked: number } | undefined;

  const close = (): void => {
    if (open === undefined) return;
    closeSync(open.out);
    closeSync(open.times);
    open = undefined;
  };
  const next = (): NonNullable<typeof open> => {
    close();
    open = {
      out: openSync(join(folder, `${size}.out`), 'a'),
      times: openSync(join(folder, `${size}.times`), 'a'),
      ticked: Number.NEGATIVE_INFINITY,
    };
    starts.push(size);
    // What is left without the oldest begins with the second oldest.
    while (size - (starts[1] ?? size) >= KEPT) remove(starts.shift());
    return open;
  };

  const remove = (start: number | undefined): void => {
    for (const kind of ['out', 'times']) rmSync(join(folder, `${start}.${kind}`));
  };

  return {
    append: (bytes) => {
      for (let from = 0; from < bytes.length; ) {
        const used = size - (starts.at(-1) ?? 0);
        const segment = open === undefined || used >= SEGMENT ? next() : open;
        const now = Math.round(elapsed());
        if (now - segment.ticked >= TICK) {
          writeSync(segment.times, `${now} ${size}\n`);
          segment.ticked = now;
        }
        const room = SEGMENT - (size - (starts.at(-1) ?? 0));
        const written = writeSync(segment.out, bytes, from, Math.min(room, bytes.length - from));
        from += written;
        size += written;
      }
    },
    close,
  };
};

/**
 * What `writeSegments` has left; nothing writes there any more. What is removed while it is read ends
 * there: a newer run may need the room.
 *
 * @throws when there is no such folder.
 */
export const readSegments = (folder: string): Output => {
  const segments = readdirSync(folder)
    .filter((name) => name.endsWith('.out'))
    .map((name) => ({ path: join(folder, name), offset: Number.parseInt(name, 10) }))
    .map((segment) => ({ ...segment, end: segment.offset + statSync(segment.path).size }))
    .sort((left, right) => left.offset - right.offset);
  return {
    size: segments.at(-1)?.end ?? 0,
    start: segments[0]?.offset ?? 0,
    read: (offset) => {
      const segment = segments.find(({ end }) => offset < end);
      if (segment === undefined) return undefined;
      const start = Math.max(offset, segment.offset);
      const bytes = new Uint8Array(Math.min(PART, segment.end - start));
      try {
        const file = openSync(segment.path, 'r');
        try {
          readSync(file, bytes, 0, bytes.length, start - segment.offset);
        } finally {
          closeSync(file);
        }
      } catch {
        return undefined;
      }
      return { offset: start, bytes };
    },
  };
};
