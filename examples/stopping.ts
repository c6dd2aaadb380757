/** Ctrl+C, and what must not wait for anything longer than that. */

/** 128 + SIGINT. */
const INTERRUPTED = 130;

/**
 * Aborted by Ctrl+C, or by whoever ends this program.
 *
 * @param again what a second Ctrl+C does; by default the program ends at once.
 */
export const stopSignal = (again = (): void => process.exit(INTERRUPTED)): AbortSignal => {
  const controller = new AbortController();
  // With its terminal gone (EIO, EPIPE) it still puts back what it has to.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => (controller.signal.aborted ? again() : controller.abort()));
  }
  return controller.signal;
};

/** A broker may keep `work` waiting for long. Rejects with the abort. */
export const unlessAborted = <T>(work: Promise<T>, abort: AbortSignal): Promise<T> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(abort.reason);
  if (abort.aborted) stop();
  abort.addEventListener('abort', stop, { once: true });
  return Promise.race([work, promise]).finally(() => abort.removeEventListener('abort', stop));
};
