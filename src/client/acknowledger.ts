/** Bytes and milliseconds: well inside the sidecar's window, and far fewer messages than chunks. */
const STRIDE = 64 * 1024;
const DELAY = 100;

/** Tells the sidecar how far the screen is, every 64 KiB or every 100 ms, whichever comes first. */
export interface Acknowledger {
  /** Everything before `offset` is on the screen. */
  reached(offset: number): void;
  dispose(): void;
}

export const createAcknowledger = (send: (offset: number) => void): Acknowledger => {
  let reached = 0;
  let told = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (): void => {
    clearTimeout(timer);
    timer = undefined;
    told = reached;
    send(reached);
  };
  return {
    reached: (offset) => {
      reached = offset;
      if (reached - told >= STRIDE) tell();
      else timer ??= setTimeout(tell, DELAY);
    },
    dispose: () => clearTimeout(timer),
  };
};
