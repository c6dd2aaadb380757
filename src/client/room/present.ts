/** What a presenter's lesson page does: loaded where the tab is one's. */
import type { Command } from '../../../server/workshop/protocol.ts';
import { present as strings } from '../../strings/present.ts';
import styles from '../../styles/present.css?inline';
import { addStyles } from '../add-styles.ts';
import { countThere } from '../class/away.ts';
import { type Class, createFeed } from '../class/feed.ts';
import { connection } from '../connection.ts';
import { uuid } from '../uuid.ts';
import { askHere } from './ask-here.ts';
import { endPredictions } from './end-predictions.ts';
import { forwardLab } from './forward.ts';
import { gatherHere } from './gather-here.ts';
import { goTo, holdTarget, isOnPage, isTyping } from './go.ts';
import { createCompanion } from './go-along.ts';
import { createLargeType } from './large-type.ts';
import { ledAnother, noteLed, presentation } from './membership.ts';
import { showPresentBar } from './present-bar.ts';
import type { RoomConnection } from './room-connection.ts';
import { titleOf } from './where.ts';

export interface Presenter {
  readonly line: RoomConnection;
  /** `undefined` until the hub has told. */
  readonly class: Class | undefined;
  /** Done now, or not at all: what the class is to do, it is to do when the presenter says it. */
  command(command: Command): void;
  /** Called after each change. */
  subscribe(listener: () => void): void;
  stop(): void;
}

export const present = (line: RoomConnection): Presenter => {
  addStyles(styles);
  const feed = createFeed(() => Date.now());
  const companion = createCompanion((place) => {
    const isTaken = document.hasFocus() && isTyping();
    // Elsewhere, a page that keeps nothing would present no more.
    if (isOnPage(place) || (presentation.isKept && !isTaken)) goTo(place);
  });
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  let { state } = line;
  line.subscribe({
    handleState: (next) => {
      // What was said before is of another moment.
      if (next !== state) bar.say('');
      // What is run from now on is of the class that this tab leads next.
      if (line.isGone) noteLed(undefined);
      state = next;
      changed();
    },
    handleMessage: (message) => {
      if (message.type === 'room.refused') bar.say(message.message);
      const { type } = message;
      if (type !== 'room.people' && type !== 'room.snapshot' && type !== 'room.events') return;
      // With a gap in it, only all of it anew helps.
      if (!feed.receive(message)) return line.again();
      if (type === 'room.snapshot') lead(message.state.openedAt);
      changed();
      if (feed.class !== undefined && type !== 'room.people') companion.handleRoom(feed.class.room);
    },
  });
  let endForward: (() => void) | undefined;
  /** Which class it is, only the hub can tell: before, nothing of the lab is shown. */
  const lead = (room: number): void => {
    noteLed(room);
    endForward ??= forwardLab(line, (at) => !ledAnother(room, at));
  };
  const presenter: Presenter = {
    line,
    get class() {
      return feed.class;
    },
    command: (command) => {
      const sent = line.send({ type: 'room.command', id: uuid(), command });
      if (sent && command.kind === 'move') companion.lead(command.to);
      const unsent = line.isGone ? strings.shut : strings.notSent;
      bar.say(sent ? '' : unsent);
    },
    subscribe: (listener) => listeners.add(listener),
    stop: () => {
      presentation.write(undefined);
      noteLed(undefined);
      for (const end of ends) end();
      line.end();
    },
  };
  const large = createLargeType();
  const bar = showPresentBar(presenter, large);
  const ends = [
    () => endForward?.(),
    gatherHere(presenter),
    askHere(presenter),
    endPredictions(presenter),
    connection.subscribe({
      handleStart: ({ step }) => {
        const known = feed.class;
        // Without a hub, nobody can be taken along.
        if (known === undefined || line.state !== 'open') return;
        if (countThere(known, Date.now() + known.ahead) === 0) return;
        const { place } = known.room;
        bar.say(place?.step === step ? '' : strings.elsewhere(titleOf(place)));
      },
    }),
    () => large.set(false),
    () => bar.remove(),
  ];
  changed();
  holdTarget();
  return presenter;
};
