/** Where an operation that prints much waits while nobody reads. */
export interface Gate {
  pause(): void;
  resume(): void;
  /**
   * Resolves at once, or when it is resumed.
   *
   * @throws the reason of the abort, also while paused.
   */
  open(): Promise<void>;
}

export const createGate = (abort: AbortSignal): Gate => {
  let paused: PromiseWithResolvers<void> | undefined;
  abort.addEventListener('abort', () => paused?.resolve(), { once: true });
  return {
    pause: () => {
      paused ??= Promise.withResolvers();
    },
    resume: () => {
      paused?.resolve();
      paused = undefined;
    },
    open: async () => {
      // Again: it may have been paused anew before this goes on.
      while (paused !== undefined && !abort.aborted) await paused.promise;
      abort.throwIfAborted();
    },
  };
};

const PIECE = 64 * 1024;

/** What is given out at once, and so may still come after a pause; a stream may hand over more. */
export const piecesOf = function* (bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE);
};
