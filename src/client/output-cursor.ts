/** How far one run's output has been read, in bytes since the run began. */
export interface OutputCursor {
  readonly offset: number;
  /** Advances over `length` bytes that begin at `offset`, and says what of them is new. */
  take(offset: number, length: number): Taken;
}

export interface Taken {
  /** Bytes at the beginning that were seen before: after a reconnect, frames may overlap. */
  readonly skip: number;
  /** Bytes before these that will never come: the sidecar had dropped them. */
  readonly gap: number;
}

export const createOutputCursor = (): OutputCursor => {
  let seen = 0;
  return {
    get offset() {
      return seen;
    },
    take: (offset, length) => {
      const gap = Math.max(0, offset - seen);
      const skip = Math.min(length, Math.max(0, seen - offset));
      seen = Math.max(seen, offset + length);
      return { skip, gap };
    },
  };
};
