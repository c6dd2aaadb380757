/** xterm.js as a step's terminal. Everything that this file imports is loaded at the first run. */
import './xterm-styles.ts';
import { FitAddon } from '@xterm/addon-fit';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal as Xterm } from '@xterm/xterm';
import { OSC } from '../../server/event-escape.ts';
import { terminal as strings } from '../strings/page.ts';
import { joinWrites } from './joined-writes.ts';
import { HISTORY, ROWS, type Terminal, type TerminalEvents } from './terminal.ts';
import { watchTheme } from './theme.ts';
import { loadFont } from './xterm-font.ts';
import { attachKeys } from './xterm-keys.ts';
import { limitOutput, linkHandler, openLink } from './xterm-limits.ts';
import { createScreen } from './xterm-screen.ts';
import { plainText } from './xterm-text.ts';
import { readTheme } from './xterm-theme.ts';
import { useUnicode } from './xterm-unicode.ts';

/** CAN ends an unfinished escape sequence, RIS resets. As bytes, so that it keeps its place. */
const RESET = Uint8Array.of(0x18, 0x1b, 0x63);

const FALLBACK_FONT = 'ui-monospace, Menlo, Consolas, monospace';

export const openXterm = async (host: HTMLElement, events: TerminalEvents): Promise<Terminal> => {
  const { fontFamily, fontSize } = getComputedStyle(host);
  const hasFont = await loadFont(fontFamily);

  Xterm.strings.promptLabel = strings.input;
  const xterm = new Xterm({
    allowProposedApi: true,
    convertEol: true,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    cursorInactiveStyle: 'none',
    disableStdin: true,
    fontFamily: hasFont ? fontFamily : FALLBACK_FONT,
    fontSize: Number.parseFloat(fontSize),
    lineHeight: 1.3,
    linkHandler,
    minimumContrastRatio: 4.5,
    rows: ROWS,
    // Off: it announces output over the page's own words, and takes text from input methods away
    // (CoreBrowserTerminal._inputEvent). The step offers its output as plain text instead.
    screenReaderMode: false,
    // Half a terminal's: a line of `kafka-topics --describe` takes 105 columns instead of 121, which
    // a laptop's page has.
    tabStopWidth: 4,
    scrollback: HISTORY,
    theme: readTheme(host),
  });
  useUnicode(xterm);
  xterm.loadAddon(new WebLinksAddon(openLink));
  const fit = new FitAddon();
  xterm.loadAddon(fit);
  limitOutput(xterm);
  xterm.parser.registerOscHandler(OSC, (data) => {
    events.handleEvent(data);
    return true;
  });
  let live = false;
  attachKeys(xterm, { ...events, isLive: () => live });

  const box = document.createElement('div');
  host.append(box);
  // What scrolls sideways must do so without a mouse.
  if (host.dataset.columns !== undefined) box.tabIndex = 0;
  xterm.open(box);
  xterm.textarea?.setAttribute('aria-description', strings.help);
  const screen = createScreen(xterm, host, box, fit);

  const listeners = [
    xterm.onData((text) => events.handleInput(text)),
    xterm.onResize((size) => events.handleResize(size)),
  ];
  const unwatchTheme = watchTheme(() => {
    xterm.options.theme = readTheme(host);
  });
  if (!hasFont) {
    // It may still come; then the cells are measured anew.
    void document.fonts.ready.then(() => {
      xterm.options.fontFamily = fontFamily;
      screen.refit();
    });
  }

  const write = joinWrites((bytes, parsed) => xterm.write(bytes, parsed));
  return {
    write,
    clear: () => write(RESET, events.handleClear),
    get text() {
      return plainText(xterm.buffer.normal);
    },
    get full() {
      return xterm.buffer.normal.length >= HISTORY + xterm.rows;
    },
    get size() {
      return { cols: xterm.cols, rows: xterm.rows };
    },
    setLive: (next) => {
      live = next;
      xterm.options.disableStdin = !next;
      screen.settle(next);
    },
    dispose: () => {
      unwatchTheme();
      for (const listener of listeners) listener.dispose();
      screen.dispose();
      xterm.dispose();
      box.remove();
    },
  };
};
