import { terminal as strings } from '../strings/page.ts';
import { estimateSize, openTerminal } from './load-terminal.ts';
import type { Size, Terminal, TerminalEvents } from './terminal.ts';

export interface ScreenEvents extends TerminalEvents {
  /** The terminal could not be loaded. */
  handleFailure(message: string): void;
}

/** The place in a step where its terminal will be: nothing until the first run needs one. */
export interface StepScreen {
  readonly text: string;
  /** Whether what was above may be gone. */
  readonly full: boolean;
  readonly size: Size;
  /** An empty screen for another run. */
  open(): void;
  write(bytes: Uint8Array, parsed: () => void): void;
  /** Nothing is shown until it is opened again. */
  close(): void;
  setLive(live: boolean): void;
  dispose(): void;
}

export const createStepScreen = (host: HTMLElement, events: ScreenEvents): StepScreen => {
  let loading: Promise<Terminal | undefined> | undefined;
  let terminal: Terminal | undefined;
  let live = false;
  let disposed = false;

  const load = async (): Promise<Terminal | undefined> => {
    try {
      const opened = await openTerminal(host, events);
      if (disposed) {
        opened.dispose();
        return undefined;
      }
      terminal = opened;
      opened.setLive(live);
      return opened;
    } catch (error) {
      console.error(error);
      events.handleFailure(strings.failed);
      return undefined;
    }
  };

  return {
    get text() {
      return terminal?.text ?? '';
    },
    get full() {
      return terminal?.full ?? false;
    },
    get size() {
      if (terminal !== undefined) return terminal.size;
      const { hidden } = host;
      host.hidden = false;
      const size = estimateSize(host);
      host.hidden = hidden;
      return size;
    },
    open: () => {
      host.hidden = false;
      if (loading === undefined) loading = load();
      else void loading.then((opened) => opened?.clear());
    },
    // Each in turn: what arrives while the terminal loads is written when it is there.
    write: (bytes, parsed) => {
      if (terminal !== undefined) terminal.write(bytes, parsed);
      else void loading?.then((opened) => opened?.write(bytes, parsed));
    },
    close: () => {
      host.hidden = true;
      void loading?.then((opened) => opened?.clear());
    },
    setLive: (next) => {
      live = next;
      terminal?.setLive(next);
    },
    dispose: () => {
      disposed = true;
      terminal?.dispose();
      host.hidden = true;
    },
  };
};
