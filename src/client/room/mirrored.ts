/** Answers a page that has no lab with what the presenter's does now. */
import type { ServerMessage } from '../../../server/protocol.ts';
import { createShown } from '../../../server/workshop/shown.ts';
import { mirror as strings } from '../../strings/present.ts';
import type { StandIn, StandInEvents } from '../stand-in.ts';
import { badged, hideTapeBars, showBar } from '../tape-bar.ts';
import { showRun } from './go.ts';
import type { RoomConnection } from './room-connection.ts';

/**
 * @param chapter whose runs the page shows.
 * @param handleStart the reader wants to run something: then this is not what they want to see.
 * @param isShown whether the class is shown what the presenter's lab does.
 */
export const createMirrored = (
  events: StandInEvents,
  line: Pick<RoomConnection, 'state' | 'send' | 'subscribe'>,
  chapter: string,
  handleStart: () => void,
  isShown: () => boolean,
): StandIn => {
  const shown = createShown();
  const attached = new Set<string>();
  /** Runs that the reader was taken to: once, then they may look elsewhere. */
  const seen = new Set<string>();
  let watched = false;

  const ask = (): void => void line.send({ type: 'room.mirror', on: true, chapter });
  const give = (message: ServerMessage): void => {
    if (!message.type.startsWith('cluster.') || watched) events.handleMessage(message);
  };
  const take = (message: ServerMessage): void => {
    // After a reconnect, all is told anew.
    if (!shown.take(message)) return;
    if (message.type === 'run.status') showBadge(message.step);
    give(message);
    if (message.type !== 'run.status' || message.status !== 'running') return;
    if (!seen.has(message.run)) showRun(message.step);
    seen.add(message.run);
  };
  const leave = line.subscribe({
    handleState: (state) => {
      if (state === 'open') ask();
      events.handleLive?.();
    },
    handleMessage: (message) => {
      if (message.type === 'room.shown') take(message.message);
      if (message.type === 'room.view') events.handleLive?.();
    },
    handleOutput: ({ run, offset }, bytes) => {
      const news = shown.takeOutput(run, offset, bytes);
      if (news !== undefined && attached.has(run))
        events.handleOutput({ type: 'run.output', run, offset: news.offset }, news.bytes);
    },
  });
  ask();

  const watch = (on: boolean): void => {
    watched = on;
    if (!on) return;
    // What was on the axis before was something else.
    events.handleMessage({ type: 'cluster.history', happenings: [] });
    for (const told of shown.since(0)) {
      if (told.kind === 'message' && told.message.type.startsWith('cluster.')) give(told.message);
    }
  };

  return {
    get isLive() {
      // While it connects, nothing is known to be wrong.
      return line.state !== 'lost' && isShown();
    },
    receive: (message) => {
      if (message.type === 'run.start') handleStart();
      if (message.type === 'cluster.watch') watch(message.on);
      if (message.type !== 'run.attach') return;
      const { run } = message;
      attached.add(run);
      for (const { offset, bytes } of shown.outputOf(run, message.offset))
        events.handleOutput({ type: 'run.output', run, offset }, bytes);
    },
    // The hub does not know them.
    keys: () => undefined,
    dispose: () => {
      leave();
      line.send({ type: 'room.mirror', on: false });
      hideTapeBars();
    },
  };
};

const showBadge = (step: string): void => {
  const bar = document.querySelector(`lab-step[data-step="${CSS.escape(step)}"] .tape`);
  if (bar === null) showBar(step, strings.title, [badged(strings.title, strings.about)]);
};
