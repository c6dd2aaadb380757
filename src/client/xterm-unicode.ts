/** How wide characters are, and how many marks one may carry. */
import { Unicode11Addon } from '@xterm/addon-unicode11';
import type { IUnicodeVersionProvider, Terminal as Xterm } from '@xterm/xterm';

/**
 * Marks on one character. No script has so many; drawing some ten thousand takes a browser seconds, and
 * a million, which fit into one message, for ever.
 */
const MOST_MARKS = 16;

/** What xterm packs into a character's properties: whether it joins the one before, its width, a state. */
const JOINS = 1;
const ONE_WIDE = 1 << 1;
const STATE_SHIFT = 3;

/** The same widths; a mark too many is a character of its own. */
export const limitMarks = (widths: IUnicodeVersionProvider): IUnicodeVersionProvider => ({
  version: `${widths.version}-limited`,
  wcwidth: (codepoint) => widths.wcwidth(codepoint),
  charProperties: (codepoint, preceding) => {
    const properties = widths.charProperties(codepoint, preceding);
    if ((properties & JOINS) === 0) return properties;
    // The state of these widths is always 0: it counts here.
    const marks = (preceding >> STATE_SHIFT) + 1;
    return marks > MOST_MARKS ? ONE_WIDE : properties | (marks << STATE_SHIFT);
  },
});

export const useUnicode = (xterm: Xterm): void => {
  const { unicode } = xterm;
  const register = (widths: IUnicodeVersionProvider): void => {
    const limited = limitMarks(widths);
    unicode.register(limited);
    unicode.activeVersion = limited.version;
  };
  // The addon hands its widths to whatever terminal it is given, and to nobody else.
  const terminal: Xterm = Object.create(xterm, { unicode: { value: { register } } });
  new Unicode11Addon().activate(terminal);
};
