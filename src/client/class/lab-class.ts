/** `<lab-class>`: the presenter's dashboard. The markup is `ClassRoom.astro`'s. */
import { look as lookStrings, dashboard as strings } from '../../strings/class.ts';
import { setText } from '../keep.ts';
import { createAnnouncementView } from './announcement-view.ts';
import { createAwayView } from './away-view.ts';
import { createCausesView } from './causes-view.ts';
import { readClassBook } from './class-book.ts';
import type { Class } from './feed.ts';
import { tellHeight } from './heights.ts';
import { createHelpView } from './help-view.ts';
import { holdFocus } from './hold-focus.ts';
import { createJoinView } from './join-view.ts';
import { createLateView } from './late-view.ts';
import { openLink } from './link.ts';
import { createLinkView } from './link-view.ts';
import { createLookView, type LookView } from './look-view.ts';
import { createMatrixView } from './matrix-view.ts';
import { createNameView } from './name-view.ts';
import { part } from './parts.ts';
import { createPollView } from './poll-view.ts';
import { createPreflightView } from './preflight-view.ts';
import { noteReplaced, takeReplaced } from './replaced.ts';
import { createShares } from './shares.ts';
import { createSharesView } from './shares-view.ts';
import { createTimerView } from './timer-view.ts';
import type { Desk, View } from './view.ts';

/** People from which on what others do is drawn once a second: nobody follows more, and it costs less. */
const CROWD = 200;

class LabClass extends HTMLElement {
  #life: AbortController | undefined;
  #look: LookView | undefined;

  /** What the shared terminal that is looked at says. */
  get screenText(): string {
    return this.#look?.text ?? '';
  }

  connectedCallback(): void {
    const life = new AbortController();
    this.#life = life;
    const shares = createShares();
    const tell = createLinkView(this, strings);
    tellHeight(this, '--class-notices', part(this, 'notices'), life.signal);
    tellHeight(this, '--class-first', part(this, 'first'), life.signal);
    let now: Class | undefined;
    let isDrawing = false;
    /** Of all news within a frame, the last picture. */
    const draw = (): void => {
      if (isDrawing) return;
      isDrawing = true;
      requestAnimationFrame(() => {
        isDrawing = false;
        if (now === undefined || life.signal.aborted) return;
        const [known, at] = [now, Date.now() + now.ahead];
        holdFocus(this, () => {
          for (const view of views) view.render(known, at);
        });
      });
    };

    let pause: ReturnType<typeof setTimeout> | undefined;
    const drawNews = (): void => {
      if (now === undefined || Object.keys(now.room.participants).length < CROWD) {
        draw();
        return;
      }
      if (pause !== undefined) return;
      pause = setTimeout(() => {
        pause = undefined;
        draw();
      }, 1_000);
    };

    const book = readClassBook(this);
    const desk: Desk = {
      book,
      command: (command) => {
        const isTold = link.command(command);
        const wait = isTold ? strings.waits : strings.shut;
        setText(part(this, 'notice'), this.dataset.state === 'open' ? '' : wait);
        return isTold;
      },
      renewCode: () => setText(part(this, 'notice'), link.renew() ? '' : strings.noHub),
      removeAway: () => setText(part(this, 'notice'), link.removeAway() ? '' : strings.noHub),
      removeSince: (since) =>
        setText(part(this, 'notice'), link.removeSince(since) ? '' : strings.noHub),
      open: (participant) => look.open(participant),
      filter: (filter) => matrix.filter(filter),
    };
    const matrix = createMatrixView(this, desk, draw, life.signal);
    const look = createLookView(part(this, 'look'), {
      book,
      shares,
      ask: (participant) => link.ask(participant),
      help: (participant, kind) => desk.command({ kind, participant }),
      endLook: (participant) =>
        setText(part(this, 'notice'), link.endLook(participant) ? '' : strings.noHub),
      remove: (participant) => {
        setText(part(this, 'notice'), this.dataset.state === 'open' ? '' : strings.waits);
        link.remove(participant);
      },
      handleChange: draw,
      handleLostOpener: () => matrix.focus(),
      handleWaiting: () => help.focus(),
      handleLeft: (nickname) => setText(part(this, 'notice'), lookStrings.left(nickname)),
    });
    this.#look = look;
    const help = createHelpView(this, desk);
    const timer = createTimerView(this, desk);
    const views: readonly View[] = [
      createNameView(document.querySelector('h1')),
      createJoinView(this, desk),
      createAwayView(this, desk),
      createLateView(this, desk),
      createSharesView(this, desk, shares),
      help,
      createPollView(this, desk),
      createAnnouncementView(this, desk),
      timer,
      createPreflightView(this, desk),
      createCausesView(this, desk),
      matrix,
      look,
    ];

    const link = openLink({
      handleAnother: noteReplaced,
      handleState: (state, word) => {
        if (!tell(state, word)) {
          now = undefined;
          look.close();
        }
        look.setConnected(state === 'open');
        if (state !== 'lost' && state !== 'closed') setText(part(this, 'notice'), '');
        if (state !== 'open') shares.clear();
        // Told anew with the next connection.
        if (state !== 'open') setText(part(this, 'unseen'), '');
        draw();
      },
      handleClass: (next) => {
        now = next;
        if (part(this, 'room').hidden) {
          const before = takeReplaced();
          if (before !== undefined)
            setText(part(this, 'notice'), strings.replaced(before, next.room.name));
          draw();
        }
        part(this, 'room').hidden = false;
        drawNews();
      },
      handleView: ({ shown }) =>
        setText(part(this, 'unseen'), shown === false ? strings.unseen : ''),
      handleShared: (shared) => {
        shares.receive(shared);
        if (shared.anew) look.noteAnew(shared.run);
        draw();
      },
      handleDeclined: (declined) => look.decline(declined),
      handleOutput: (header, bytes) => {
        const share = shares.add(header, bytes);
        if (share !== undefined) look.take(share, { offset: header.offset, bytes });
      },
      handleRefused: (message) => setText(part(this, 'notice'), strings.refused(message)),
    });
    life.signal.addEventListener('abort', () => link.close());

    let seconds = 0;
    const tick = setInterval(() => {
      seconds += 1;
      // Minutes change elsewhere; the timer's face, every second.
      if (seconds % 10 === 0) draw();
      else if (now?.room.timer) timer.render(now, Date.now() + now.ahead);
    }, 1_000);
    life.signal.addEventListener('abort', () => clearInterval(tick));
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }
}

customElements.define('lab-class', LabClass);
