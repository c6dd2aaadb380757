/** As much of xterm's buffer as its text needs. */
export interface Lines {
  readonly length: number;
  getLine(y: number): Line | undefined;
}

interface Line {
  /** This line goes on where the one above ran out of columns. */
  readonly isWrapped: boolean;
  translateToString(trimRight: boolean): string;
}

/** All lines as plain text: wrapped ones joined, without the blank ones at the end. */
export const plainText = (lines: Lines): string => {
  const text: string[] = [];
  for (let y = 0; y < lines.length; y += 1) {
    const line = lines.getLine(y);
    // Only cells never written are cut, so spaces that a program wrote before a wrap stay.
    const content = line?.translateToString(true) ?? '';
    if (line?.isWrapped === true && text.length > 0) text.push(`${text.pop()}${content}`);
    else text.push(content);
  }
  while (text.at(-1)?.trim() === '') text.pop();
  return text.join('\n');
};
