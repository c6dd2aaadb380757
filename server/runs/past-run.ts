/** A run that has ended: what its journal says of it. */
import { UNSEEN } from '../cluster/outcome.ts';
import { LabError } from '../errors.ts';
import type { Lab } from '../lab/lab.ts';
import type { Outcome } from '../protocol.ts';
import { type Recorded, readJournal } from './journal.ts';
import type { Output } from './output.ts';
import { ENDED, NOT_KEPT, type Run } from './run.ts';

export interface PastRun extends Run {
  readonly lab: Lab['name'];
}

/**
 * @param folder of its journal. Where that does not say how the run ended, the sidecar was killed
 *   under it: its outcome is unknown, and stays so.
 * @throws NoJournal
 */
export const pastRun = (folder: string): PastRun => {
  const { intent, events, output: kept } = readJournal(folder);
  const noted = events.find((each) => each.event === 'end');
  const end = noted ?? {
    at: events.at(-1)?.at ?? 0,
    status: 'unknown' as const,
    exitCode: null,
  };
  const checked = events.find((each) => each.event === 'check');
  const mark = noted === undefined ? ENDS_HERE : noted.whole ? undefined : NOT_KEPT;
  const output = mark === undefined ? kept : followedBy(kept, mark);
  const { run: id, step, edition, startedAt, lab } = intent;
  return {
    id,
    lab,
    step,
    output,
    status: {
      type: 'run.status',
      run: id,
      step,
      edition,
      startedAt,
      background: false,
      stopping: null,
      size: output.size,
      dropped: output.start,
      status: end.status,
      exitCode: end.exitCode,
      duration: end.at,
      check: checked === undefined ? null : { state: checked.state, reason: checked.reason },
      outcome: outcomeOf(events, intent.asks),
    },
    ended: Promise.resolve(),
    effect: events.find((each) => each.event === 'effect')?.changes,
    write: () => {
      throw new LabError('bad-message', ENDED);
    },
    taken: async () => {},
    resize: () => {},
    signal: () => {},
    attend: () => ({ reached: () => {}, leave: () => {} }),
    remember: () => {},
    subscribe: () => () => {},
  };
};

/** Where nobody has noted it, nobody will. */
const outcomeOf = (events: Recorded['events'], asks: boolean): Outcome | null => {
  const found = events.find((each) => each.event === 'outcome');
  if (found !== undefined) return { value: found.value, reason: found.reason };
  return asks ? UNSEEN : null;
};

/** What it printed after the last byte that was written down, nobody knows. */
const ENDS_HERE = Buffer.from(
  '\r\n\x1b[2m기록이 여기에서 끊겼습니다. 그 뒤의 출력은 남아 있지 않습니다.\x1b[0m\r\n',
);

const followedBy = (output: Output, mark: Uint8Array): Output => ({
  size: output.size + mark.length,
  start: output.start,
  read: (offset) =>
    output.read(offset) ??
    (offset < output.size + mark.length
      ? {
          offset: Math.max(offset, output.size),
          bytes: mark.subarray(Math.max(0, offset - output.size)),
        }
      : undefined),
});
