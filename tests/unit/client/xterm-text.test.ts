import { describe, expect, it } from 'vitest';
import { type Lines, plainText } from '../../../src/client/xterm-text.ts';

/** A line that begins with `+` goes on where the one above wrapped. */
const buffer = (...lines: string[]): Lines => ({
  length: lines.length,
  getLine: (y) => {
    const line = lines[y];
    if (line === undefined) return undefined;
    return { isWrapped: line.startsWith('+'), translateToString: () => line.replace(/^\+/, '') };
  },
});

describe("the terminal's text", () => {
  it('has a line for each line', () => {
    expect(plainText(buffer('orders', 'events'))).toBe('orders\nevents');
  });

  it('joins what the width of the terminal had wrapped', () => {
    expect(plainText(buffer('Topic: ord', '+ers Parti', '+tion: 0', 'end'))).toBe(
      'Topic: orders Partition: 0\nend',
    );
  });

  it('keeps blank lines between, and drops those at the end', () => {
    expect(plainText(buffer('', 'a', '', 'b', '', '  ', ''))).toBe('\na\n\nb');
  });

  it('is empty for an empty screen', () => {
    expect(plainText(buffer('', '', ''))).toBe('');
  });
});
