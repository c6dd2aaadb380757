/** Characters in one `run.input`, by its schema. */
const LIMIT = 16_384;

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
