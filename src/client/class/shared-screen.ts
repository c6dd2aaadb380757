/** A terminal with what somebody shares, loaded when there is something to look at. */
import { openTerminal } from '../load-terminal.ts';
import { createRunReader } from '../run-reader.ts';
import type { Terminal } from '../terminal.ts';
import type { Chunk } from './shares.ts';

export interface SharedScreen {
  readonly text: string;
  take(chunk: Chunk): void;
  dispose(): void;
}

const nothing = (): void => {};

/** @param chunks what came before. */
export const openSharedScreen = (host: HTMLElement, chunks: readonly Chunk[]): SharedScreen => {
  const waiting = [...chunks];
  let terminal: Terminal | undefined;
  let isOver = false;
  const reader = createRunReader({
    write: (bytes, parsed) => terminal?.write(bytes, parsed),
    acknowledge: nothing,
  });
  const open = async (): Promise<void> => {
    const opened = await openTerminal(host, {
      handleInput: nothing,
      handleResize: nothing,
      handleLeave: nothing,
      handleCopy: nothing,
      handleEvent: nothing,
      handleClear: nothing,
    });
    if (isOver) return opened.dispose();
    terminal = opened;
    for (const { offset, bytes } of waiting.splice(0)) reader.take(offset, bytes);
  };
  open().catch((error: unknown) => console.error(error));
  return {
    get text() {
      return terminal?.text ?? '';
    },
    take: (chunk) => {
      if (terminal === undefined) waiting.push(chunk);
      else reader.take(chunk.offset, chunk.bytes);
    },
    dispose: () => {
      isOver = true;
      reader.dispose();
      terminal?.dispose();
      host.replaceChildren();
    },
  };
};
