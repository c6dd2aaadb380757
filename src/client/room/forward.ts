/** Tells the room what the presenter's own lab tells their page. */
import type { RunId, RunStatus, ServerMessage } from '../../../server/protocol.ts';
import { onlyOf } from '../../../server/workshop/rehearsal.ts';
import { cluster } from '../cluster.ts';
import { connection } from '../connection.ts';
import { isFinal } from '../step-state.ts';
import { stepOf } from './go.ts';
import type { RoomConnection } from './room-connection.ts';
import { createValve } from './valve.ts';

/** Bytes of output that are read again for the room, the last ones of what goes on: as many as it keeps. */
const SHORT = 64 * 1024;
/** Characters of the axis that are told at once. */
const HISTORY = 100_000;

const SHOWN: ReadonlySet<ServerMessage['type']> = new Set([
  'run.status',
  'run.effect',
  'cluster.state',
  'cluster.change',
  'cluster.history',
  'cluster.happened',
  'lab.resetting',
]);

/**
 * @param isOfClass whether what began then is the room's business. Milliseconds since 1970.
 * @returns how to stop.
 */
export const forwardLab = (
  line: Pick<RoomConnection, 'state' | 'send' | 'sendOutput' | 'subscribe'>,
  isOfClass: (at: number) => boolean,
): (() => void) => {
  const valve = createValve((run, offset, bytes) => {
    line.sendOutput({ type: 'run.output', run, offset }, bytes);
  });
  const again = new Map<RunId, Reread>();
  /** Runs that are not. */
  const others = new Set<RunId>();
  const show = (message: ServerMessage): void => {
    // Recordings everybody has.
    if (connection.state !== 'open' || !SHOWN.has(message.type)) return;
    const shown = onlyOf(message, isOfClass);
    if (shown === undefined) {
      if (message.type === 'run.status') others.add(message.run);
      return;
    }
    // The last bytes go before the word that there are no more.
    if (message.type === 'run.status' && isFinal(message)) valve.flush(message.run);
    line.send({ type: 'room.show', message: bounded(shown) });
  };
  /** For a hub that knows nothing of it yet. Of output, who has it already takes it for no news. */
  const tellAll = (): void => {
    if (line.state !== 'open' || connection.state !== 'open') return;
    valve.dispose();
    for (const status of connection.runs) {
      show(status);
      if (others.has(status.run)) continue;
      const effect = connection.effectOf(status.run);
      if (effect !== undefined) show(effect);
      const reread = rereadOf(status, connection.endOf(status.run));
      if (reread === undefined) continue;
      again.set(status.run, reread);
      connection.send({ type: 'run.attach', run: status.run, offset: reread.from });
    }
    // Answered with the axis and the whole cluster.
    connection.send({ type: 'cluster.watch', on: true });
  };

  const leave = [
    line.subscribe({ handleState: tellAll }),
    connection.subscribe({
      // Connected anew, the page reads on from where it was.
      handleConnection: () => again.clear(),
      handleMessage: show,
      handleOutput: ({ run, offset }, bytes) => {
        if (connection.state !== 'open' || line.state !== 'open' || others.has(run)) return;
        const reread = again.get(run);
        if (reread !== undefined) {
          // On its way before it was asked for, it follows what has come: it comes once more, in its place.
          const follows = offset > reread.from && offset === connection.endOf(run);
          if (!reread.isBegun && follows) return;
          reread.isBegun = true;
          // It came before: its terminal says nothing of it.
          const end = offset + bytes.length;
          if (end <= reread.until) connection.send({ type: 'run.ack', run, offset: end });
          else again.delete(run);
        }
        valve.take(run, offset, bytes);
      },
    }),
    // Also while nobody looks at it here.
    cluster.watch({ handleCluster: () => {} }),
  ];
  tellAll();
  return () => {
    for (const each of leave) each();
    valve.dispose();
  };
};

/** What of a run's output is read once more: bytes since it began. */
interface Reread {
  readonly from: number;
  readonly until: number;
  isBegun: boolean;
}

/**
 * `undefined` where nothing is: it has no screen on this page, or has ended, and there is too much of it.
 *
 * @param end bytes that have come to this page.
 */
const rereadOf = (status: RunStatus, end: number): Reread | undefined => {
  if (stepOf(status) === null) return undefined;
  if (isFinal(status) && status.size > SHORT) return undefined;
  const until = isFinal(status) ? status.size : end;
  return { from: Math.max(0, until - SHORT), until, isBegun: false };
};

/** Of a long axis, the end. */
const bounded = (message: ServerMessage): ServerMessage => {
  if (message.type !== 'cluster.history') return message;
  let size = 0;
  const from = message.happenings.findLastIndex((each) => {
    size += JSON.stringify(each).length;
    return size > HISTORY;
  });
  return { ...message, happenings: message.happenings.slice(from + 1) };
};
