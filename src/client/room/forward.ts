/** Tells the room what the presenter's own lab tells their page. */
import type { RunStatus, ServerMessage } from '../../../server/protocol.ts';
import { cluster } from '../cluster.ts';
import { connection } from '../connection.ts';
import { isFinal } from '../step-state.ts';
import type { RoomConnection } from './room-connection.ts';
import { createValve } from './valve.ts';

/** Bytes of output that are read again for the room: of a longer one, it has the end. */
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

/** @returns how to stop. */
export const forwardLab = (
  line: Pick<RoomConnection, 'state' | 'send' | 'sendOutput' | 'subscribe'>,
): (() => void) => {
  const valve = createValve((run, offset, bytes) => {
    line.sendOutput({ type: 'run.output', run, offset }, bytes);
  });
  const show = (message: ServerMessage): void => {
    // Recordings everybody has.
    if (connection.state !== 'open' || !SHOWN.has(message.type)) return;
    // The last bytes go before the word that there are no more.
    if (message.type === 'run.status' && isFinal(message)) valve.flush(message.run);
    line.send({ type: 'room.show', message: bounded(message) });
  };
  /** For a hub that knows nothing of it yet: who has it already, takes it for no news. */
  const tellAll = (): void => {
    if (line.state !== 'open' || connection.state !== 'open') return;
    for (const status of connection.runs) {
      show(status);
      if (isReadable(status)) connection.send({ type: 'run.attach', run: status.run, offset: 0 });
    }
    // Answered with the axis and the whole cluster.
    connection.send({ type: 'cluster.watch', on: true });
  };

  const leave = [
    line.subscribe({ handleState: tellAll }),
    connection.subscribe({
      handleMessage: show,
      handleOutput: ({ run, offset }, bytes) => {
        if (connection.state === 'open' && line.state === 'open') valve.take(run, offset, bytes);
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

/** Its output is on this page's screen, and all of it may be read again without a wait. */
const isReadable = (status: RunStatus): boolean =>
  isFinal(status) &&
  status.size <= SHORT &&
  document.querySelector(`lab-step[data-step="${CSS.escape(status.step)}"]`) !== null;

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
