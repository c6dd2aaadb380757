/** The smallest terminal that a step needs. Nothing else here knows that xterm draws it. */
export interface Terminal {
  /** Draws `bytes` after what came before; `parsed` is called when they are on the screen. */
  write(bytes: Uint8Array, parsed?: () => void): void;
  /** Empties screen and history, in order with what is written. */
  clear(): void;
  /** Screen and history as plain text. Wrapped lines are one line, and no blank lines end it. */
  readonly text: string;
  /** Whether its history is as long as it may be: what was above may be gone. */
  readonly full: boolean;
  readonly size: Size;
  /** Whether somebody reads what is typed. */
  setLive(live: boolean): void;
  dispose(): void;
}

/** Characters. */
export interface Size {
  readonly cols: number;
  readonly rows: number;
}

/** Pixels that xterm keeps for its own scrollbar. */
export const SCROLLBAR = 14;

/** What the sidecar takes. */
const FEWEST_COLS = 2;
const MOST_COLS = 500;

/**
 * The columns of a terminal in `host`, where so many fit: as many, or those of the step's table
 * (`data-columns`), for which it then scrolls sideways.
 */
export const columnsFor = (host: HTMLElement, fitting: number): number =>
  Math.min(MOST_COLS, Math.max(FEWEST_COLS, Number(host.dataset.columns ?? 0), fitting));

export interface TerminalEvents {
  /** Typed or pasted text, for the program that runs. */
  handleInput(text: string): void;
  /** The reader's window gave it another size. */
  handleResize(size: Size): void;
  /** Esc. */
  handleLeave(): void;
  handleCopy(copied: boolean): void;
  /** Data for the page, which stood between the text. */
  handleEvent(data: string): void;
  /** What came before is gone from the screen. */
  handleClear(): void;
}

/** Lines of history above the screen. */
export const HISTORY = 5_000;

/**
 * Rows of the screen that programs are told of. Little output shows as a lower box, but the screen
 * stays as high as this, so that what moves the cursor up finds its lines.
 */
export const ROWS = 18;
