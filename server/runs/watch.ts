/** Looks for a text in output that comes in pieces, cut anywhere. */
export interface Watch {
  readonly seen: boolean;
  /** Takes the next piece; says whether the text has been seen by now. */
  feed(bytes: Uint8Array): boolean;
}

/** An empty text is seen with the first byte. */
export const createWatch = (text: string): Watch => {
  const wanted = Buffer.from(text);
  let tail: Buffer = Buffer.alloc(0);
  let seen = false;
  return {
    get seen() {
      return seen;
    },
    feed: (bytes) => {
      if (seen || bytes.length === 0) return seen;
      const joined = Buffer.concat([tail, bytes]);
      seen = joined.includes(wanted);
      tail = wanted.length > 1 ? joined.subarray(-(wanted.length - 1)) : Buffer.alloc(0);
      return seen;
    },
  };
};
