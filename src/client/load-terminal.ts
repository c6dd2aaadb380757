import {
  columnsFor,
  ROWS,
  SCROLLBAR,
  type Size,
  type Terminal,
  type TerminalEvents,
} from './terminal.ts';

/**
 * The size that the terminal will have in `host`, before the terminal is loaded: a run must not
 * wait for it. The terminal's font is half as wide as it is high; a wrong guess is corrected by a
 * resize once the terminal is there.
 */
export const estimateSize = (host: HTMLElement): Size => {
  const style = getComputedStyle(host);
  const padding = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight);
  const cell = Number.parseFloat(style.fontSize) / 2;
  const cols = Math.floor((host.clientWidth - padding - SCROLLBAR) / cell);
  return { cols: columnsFor(host, cols), rows: ROWS };
};

/** Loads the terminal (once a page) and opens it in `host`, which must be visible. */
export const openTerminal = async (
  host: HTMLElement,
  events: TerminalEvents,
): Promise<Terminal> => {
  const { openXterm } = await import('./xterm.ts');
  return openXterm(host, events);
};
