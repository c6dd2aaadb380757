/** The newest bytes of a run, addressed by their offset since the run began. */
export interface Output {
  /** Bytes since the run began. */
  readonly size: number;
  /** The offset of the oldest byte kept. */
  readonly start: number;
  /**
   * At most one part (64 KiB) from `offset` on; from the oldest byte kept, where that one is already
   * dropped. `undefined` at the end.
   */
  read(offset: number): { readonly offset: number; readonly bytes: Uint8Array } | undefined;
}

/** Bytes of a run's output that are kept: the newest, about 20,000 lines. */
export const KEPT = 2 * 1024 * 1024;
/** Bytes that `read` gives at most. */
export const PART = 64 * 1024;

export interface LiveOutput extends Output {
  append(bytes: Uint8Array): void;
}

interface Segment {
  readonly offset: number;
  readonly bytes: Uint8Array;
  used: number;
}

/** In memory, while the run goes on: pages read it without waiting for a disk. */
export const createOutput = (): LiveOutput => {
  const segments: Segment[] = [];
  let size = 0;

  const room = (): Segment => {
    const last = segments.at(-1);
    if (last !== undefined && last.used < PART) return last;
    const segment = { offset: size, bytes: new Uint8Array(PART), used: 0 };
    segments.push(segment);
    if (segments.length * PART > KEPT) segments.shift();
    return segment;
  };

  return {
    get size() {
      return size;
    },
    get start() {
      return segments[0]?.offset ?? 0;
    },
    append: (bytes) => {
      for (let from = 0; from < bytes.length; ) {
        const segment = room();
        const part = bytes.subarray(from, from + PART - segment.used);
        segment.bytes.set(part, segment.used);
        segment.used += part.length;
        from += part.length;
        size += part.length;
      }
    },
    read: (offset) => {
      if (offset >= size) return undefined;
      const segment = segments.find(({ offset: start, used }) => offset < start + used);
      if (segment === undefined) return undefined;
      const start = Math.max(offset, segment.offset);
      return { offset: start, bytes: segment.bytes.subarray(start - segment.offset, segment.used) };
    },
  };
};
