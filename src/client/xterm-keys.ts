import type { Terminal as Xterm } from '@xterm/xterm';
import { copyText } from './copy.ts';

export interface KeyHandlers {
  /** Whether a program reads what is typed. */
  isLive(): boolean;
  handleLeave(): void;
  handleCopy(copied: boolean): void;
}

/**
 * Which keys are the page's and which the program's: `false` leaves a key to the page, so that the
 * browser and the step see it too.
 */
export const attachKeys = (terminal: Xterm, handlers: KeyHandlers): void => {
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.type !== 'keydown' || event.isComposing || event.keyCode === COMPOSING) {
      return handlers.isLive();
    }
    if (event.key === 'Escape') {
      handlers.handleLeave();
      return false;
    }
    if (isCopy(event, terminal)) {
      event.preventDefault();
      void copyText(terminal.getSelection()).then(handlers.handleCopy);
      terminal.clearSelection();
      return false;
    }
    // The browser pastes; the terminal would send Ctrl+V itself.
    if (isWith(event, 'KeyV')) return false;
    if (handlers.isLive()) return true;
    scroll(terminal, event);
    return false;
  });
};

/** What an input method reports instead of the key while it builds a syllable. */
const COMPOSING = 229;

/** Ctrl+C copies a selection, and interrupts without one; Ctrl+Shift+C never interrupts. */
const isCopy = (event: KeyboardEvent, terminal: Xterm): boolean =>
  isWith(event, 'KeyC') && (event.shiftKey || terminal.hasSelection());

/** Ctrl or ⌘ with this key, wherever the layout (두벌식, say) puts its letter. */
const isWith = (event: KeyboardEvent, code: string): boolean =>
  (event.ctrlKey || event.metaKey) && !event.altKey && event.code === code;

/** After the run nothing is typed any more, and the keys read the output. */
const scroll = (terminal: Xterm, event: KeyboardEvent): void => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const moves: Record<string, () => void> = {
    ArrowUp: () => terminal.scrollLines(-1),
    ArrowDown: () => terminal.scrollLines(1),
    PageUp: () => terminal.scrollPages(-1),
    PageDown: () => terminal.scrollPages(1),
    Home: () => terminal.scrollToTop(),
    End: () => terminal.scrollToBottom(),
  };
  const move = moves[event.key];
  // Where all output is in view, the keys scroll the page.
  if (move === undefined || terminal.buffer.active.baseY === 0) return;
  event.preventDefault();
  move();
};
