/** A terminal that nobody sees: what a run's bytes come to as text. Loaded when there is one to read. */
import { Terminal as Xterm } from '@xterm/xterm';
import { OSC } from '../../server/event-escape.ts';
import { HISTORY, ROWS, type Terminal } from './terminal.ts';
import { limitOutput } from './xterm-limits.ts';
import { plainText } from './xterm-text.ts';
import { useUnicode } from './xterm-unicode.ts';

/** Wide enough for every table: paper wraps lines where it ends. */
const COLS = 500;

export const openTextScreen = (): Pick<Terminal, 'write' | 'text' | 'dispose'> => {
  const xterm = new Xterm({
    allowProposedApi: true,
    cols: COLS,
    rows: ROWS,
    convertEol: true,
    scrollback: HISTORY,
    tabStopWidth: 4,
  });
  useUnicode(xterm);
  limitOutput(xterm);
  xterm.parser.registerOscHandler(OSC, () => true);
  return {
    write: (bytes, parsed) => xterm.write(bytes, parsed),
    get text() {
      return plainText(xterm.buffer.normal);
    },
    dispose: () => xterm.dispose(),
  };
};
