/**
 * What is answered once its outcome can be seen is no prediction: as the presenter runs a step, its poll
 * ends. What the step has come to, the class is told.
 */
import type { ServerMessage } from '../../../server/protocol.ts';
import type { Command } from '../../../server/workshop/protocol.ts';
import { isPossible } from '../../../server/workshop/state.ts';
import { connection } from '../connection.ts';
import { predicted } from './membership.ts';
import type { Presenter } from './present.ts';

/** Characters of a reason that a room takes. */
const REASON = 300;

/** @returns how to stop. */
export const endPredictions = (
  presenter: Pick<Presenter, 'class' | 'line' | 'subscribe'>,
): (() => void) => {
  /** Also what the hub hears of later: said again under the same id, it counts once. */
  const tell = (): void => {
    const { poll: about, run = '', outcome = null } = predicted.read() ?? {};
    const found = presenter.class?.room.polls.find(({ poll }) => poll === about);
    if (found === undefined) return;
    const { poll } = found;
    const say = (id: string, command: Command): void => {
      presenter.line.send({ type: 'room.command', id, command });
    };
    if (found.open) say(poll, { kind: 'poll-end', poll });
    else if (outcome !== null && found.outcome === null && isPossible(found, outcome.value))
      say(run, { kind: 'poll-outcome', poll, ...outcome });
  };
  const handleMessage = (message: ServerMessage): void => {
    // A recording is of another cluster than the class asked about.
    if (message.type !== 'run.status' || connection.state !== 'open') return;
    const { run, outcome } = message;
    const asked = predicted.read();
    if (outcome === null || asked?.run !== run || asked.outcome !== null) return;
    const { value, reason } = outcome;
    predicted.write({ ...asked, outcome: { value, reason: reason.slice(0, REASON) } });
    tell();
  };
  presenter.subscribe(tell);
  // What ended while the presenter went on to this page.
  for (const status of connection.runs) handleMessage(status);
  return connection.subscribe({
    // Also of a recording: it shows the outcome as well.
    handleStart: ({ step, run }) => {
      const poll = presenter.class?.room.polls.at(-1);
      if (poll?.step !== step) return;
      const before = predicted.read();
      // What it came to first, it came to.
      if (before?.poll !== poll.poll || before.outcome === null)
        predicted.write({ poll: poll.poll, run, outcome: null });
      tell();
    },
    handleMessage,
  });
};
