/** The place in a step where its program's picture will be: nothing until the program tells something. */
import type { RunFigure } from './run-figure.ts';

/** Programs of `examples/` that tell the page how they get on. */
const TELLING = /\b(?:producer_example|consumer_example|test_broker_failure)\b/;

export interface StepFigure {
  /** What an escape sequence of ours held, while that run was on the screen. */
  take(run: string, data: string): void;
  /** Another run begins. */
  clear(): void;
  dispose(): void;
}

/** @param commands of the step: what any other program prints is drawn nowhere. */
export const createStepFigure = (host: HTMLElement, commands: string): StepFigure => {
  let loading: Promise<RunFigure | undefined> | undefined;

  const load = async (): Promise<RunFigure | undefined> => {
    try {
      const { openFigure } = await import('./run-figure.ts');
      return openFigure(host);
    } catch (error) {
      // The text says all of it, too. It may not have been served just then: the next piece asks again.
      console.error(error);
      loading = undefined;
      return undefined;
    }
  };
  return {
    take: (run, data) => {
      if (!TELLING.test(commands)) return;
      loading ??= load();
      void loading.then((figure) => figure?.take(run, data));
    },
    clear: () => void loading?.then((figure) => figure?.clear()),
    dispose: () => void loading?.then((figure) => figure?.dispose()),
  };
};
