/**
 * The engine sends stdout and stderr in one stream, in frames: a byte that says which (1 or 2),
 * three that are zero, the length in four, the bytes (API: "Attach to a container").
 */
import type { Stdio } from '../lab.ts';

const HEADER = 8;
const STDERR = 2;

/** Takes the stream as it comes, cut anywhere, and hands on the bytes at once. */
export const demultiplexer = (stdio: Stdio): ((chunk: Uint8Array) => void) => {
  let header = Buffer.alloc(0);
  /** Bytes of the frame that are still to come. */
  let left = 0;
  let write = stdio.stdout;

  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0) {
      if (left === 0) {
        const missing = HEADER - header.length;
        header = Buffer.concat([header, rest.subarray(0, missing)]);
        rest = rest.subarray(missing);
        if (header.length < HEADER) return;
        write = header[0] === STDERR ? stdio.stderr : stdio.stdout;
        left = header.readUInt32BE(4);
        header = Buffer.alloc(0);
      }
      const part = rest.subarray(0, left);
      if (part.length > 0) write(part);
      left -= part.length;
      rest = rest.subarray(part.length);
    }
  };
};
