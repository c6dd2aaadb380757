/** What is answered once its outcome can be seen is no prediction: as the presenter runs a step, its poll ends. */
import type { PollState } from '../../../server/workshop/state.ts';
import { connection } from '../connection.ts';
import type { Presenter } from './present.ts';

/** @returns how to stop. */
export const endPredictions = (
  presenter: Pick<Presenter, 'class' | 'line' | 'subscribe'>,
): (() => void) => {
  /** Run since they were asked; the hub may hear of it later. */
  const due = new Set<string>();
  const last = (): PollState | undefined => presenter.class?.room.polls.at(-1);
  const end = (): void => {
    const { poll, open } = last() ?? {};
    if (poll === undefined || !open || !due.has(poll)) return;
    // Said again under the same id, it counts once.
    presenter.line.send({ type: 'room.command', id: poll, command: { kind: 'poll-end', poll } });
  };
  presenter.subscribe(end);
  // Also of a recording: it shows the outcome as well.
  return connection.subscribe({
    handleStart: ({ step }) => {
      const poll = last();
      if (poll?.step !== step) return;
      due.add(poll.poll);
      end();
    },
  });
};
