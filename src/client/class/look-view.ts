/** All that is known of one person, and what they let the presenter see. */
import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import type { Participant } from '../../../server/workshop/state.ts';
import { help as helpWords, matrix, look as strings } from '../../strings/class.ts';
import { keep, setText } from '../keep.ts';
import { awayOf } from './away.ts';
import { cellOf } from './cell.ts';
import { type ClassBook, titleOf } from './class-book.ts';
import { isWaiting } from './help-queue.ts';
import type { Declined } from './link.ts';
import { button, element, part, setAttribute } from './parts.ts';
import { openSharedScreen, type SharedScreen } from './shared-screen.ts';
import type { Chunk, Share, Shares } from './shares.ts';
import { createSurely } from './surely.ts';
import type { View } from './view.ts';

export interface LookView extends View {
  open(participant: ParticipantId): void;
  close(): void;
  /** More of what this person shares. */
  take(share: Share, chunk: Chunk): void;
  /** While it is not, nobody knows what is still shared. It covers where that is said. */
  setConnected(is: boolean): void;
  /** One ends as its step was run again: told before it is drawn. */
  noteAnew(run: string): void;
  /** Who was asked gives no look now. */
  decline(declined: Declined): void;
  /** Text on the screen. */
  readonly text: string;
}

export interface LookOptions {
  readonly book: ClassBook;
  readonly shares: Shares;
  /** Whether there is somebody to ask. */
  ask(participant: ParticipantId): boolean;
  help(participant: ParticipantId, kind: 'claim' | 'help-done'): void;
  endLook(participant: ParticipantId): void;
  remove(participant: ParticipantId): void;
  handleChange(): void;
  /** What it was opened from is gone: the focus needs another place. */
  handleLostOpener(): void;
  /** To who else waits for help. */
  handleWaiting(): void;
  /** The one who was looked at has left the room: nothing of them is. */
  handleLeft(nickname: string): void;
}

export const createLookView = (
  panel: HTMLElement,
  {
    book,
    shares,
    ask,
    help,
    endLook,
    remove,
    handleChange,
    handleLostOpener,
    handleWaiting,
    handleLeft,
  }: LookOptions,
): LookView => {
  let shown: ParticipantId | undefined;
  let nickname = '';
  let connected = true;
  let asked = false;
  let seen: { readonly share: Share; readonly screen: SharedScreen } | undefined;
  /** The run whose step was run again. */
  let replaced: string | undefined;
  /** What has become of the last one. */
  let ended = '';
  let opener: Element | null = null;

  const close = (): void => {
    shown = undefined;
    leaveScreen();
    // Who writes elsewhere goes on writing.
    const hadFocus = panel.contains(document.activeElement);
    show(false);
    if (hadFocus) {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
      else handleLostOpener();
    }
    handleChange();
  };
  /** Wide, the page makes room for it. */
  const show = (is: boolean): void => {
    panel.hidden = !is;
    document.documentElement.toggleAttribute('data-look', is);
  };
  const leaveScreen = (): void => {
    seen?.screen.dispose();
    seen = undefined;
  };
  /** The question stands, or has been answered by what is seen: asked again, it is no other. */
  const hasAsked = (): boolean => asked || (shown !== undefined && shares.of(shown) !== undefined);
  build(
    panel,
    close,
    () => {
      if (shown !== undefined && !hasAsked()) asked = ask(shown);
      handleChange();
    },
    () => {
      if (shown !== undefined) endLook(shown);
    },
    (kind) => {
      if (shown !== undefined) help(shown, kind);
    },
    () => {
      close();
      handleWaiting();
    },
  );
  const removal = createSurely(strings.remove, () => {
    if (shown !== undefined) remove(shown);
    close();
  });
  panel.append(removal.element);

  const renderScreen = (nickname: string): void => {
    const share = shown === undefined ? undefined : shares.of(shown);
    const host = part(panel, 'screen');
    if (seen !== undefined && seen.share.run !== share?.run) {
      const words = seen.share.run === replaced ? strings.endedAnew : strings.ended;
      if (share === undefined) ended = words(nickname, new Date());
      leaveScreen();
    }
    host.hidden = share === undefined;
    // A terminal takes more room than words.
    document.documentElement.toggleAttribute('data-look-screen', share !== undefined);
    if (share !== undefined && seen === undefined) {
      asked = false;
      setAttribute(host, 'aria-label', strings.screen(nickname));
      seen = { share, screen: openSharedScreen(host, share.chunks) };
    }
    part(panel, 'end-look').hidden = share === undefined;
    const note = part(panel, 'note');
    note.toggleAttribute('data-on', share !== undefined);
    setText(
      note,
      share !== undefined
        ? strings.shares(nickname, titleOf(book, share.step))
        : asked
          ? strings.asked
          : ended,
    );
  };

  return {
    get text() {
      return seen?.screen.text ?? '';
    },
    open: (participant) => {
      if (shown !== participant) {
        leaveScreen();
        asked = false;
        ended = '';
        removal.close();
        // Until this person is drawn: nobody else's is to be pressed.
        part(panel, 'hand-up').hidden = true;
      }
      shown = participant;
      opener = document.activeElement;
      show(true);
      handleChange();
      part(panel, 'close').focus({ preventScroll: true });
    },
    close,
    take: (share, chunk) => {
      if (seen?.share.run === share.run) seen.screen.take(chunk);
    },
    setConnected: (is) => {
      connected = is;
      // The hub has forgotten that it was asked.
      if (!is) asked = false;
      if (is || seen === undefined) return;
      leaveScreen();
      ended = strings.lost;
    },
    noteAnew: (run) => {
      replaced = run;
    },
    decline: ({ participant, why }) => {
      if (participant !== shown || !asked) return;
      asked = false;
      ended = strings.declined[why](nickname);
      handleChange();
    },
    render: (known, at) => {
      const { room } = known;
      if (shown === undefined) return;
      const person = room.participants[shown];
      if (person === undefined) {
        close();
        handleLeft(nickname);
        return;
      }
      nickname = person.nickname;
      const isThere = !awayOf(known, at).has(shown);
      setText(part(panel, 'title'), strings.title(person.nickname));
      const about = [
        matrix.lab(person.lab),
        isThere ? matrix.online : matrix.offline,
        ...(person.hand === null ? [] : [person.hand.claimed ? matrix.claimed : matrix.hand]),
      ];
      setText(part(panel, 'about'), about.join(' · '));
      part(panel, 'hand-up').hidden = person.hand === null;
      part(panel, 'claim-look').hidden = person.hand?.claimed === true;
      const waiting = Object.entries(room.participants).filter(
        ([id, each]) => id !== shown && isWaiting(each),
      ).length;
      part(panel, 'waiting').hidden = waiting === 0;
      setText(part(panel, 'waiting-text'), strings.waiting(waiting));
      const why = !connected
        ? strings.noHub
        : person.lab === 'none'
          ? strings.noLab
          : isThere
            ? ''
            : strings.away;
      setText(part(panel, 'why'), why);
      renderScreen(person.nickname);
      const askButton = part<HTMLButtonElement>(panel, 'ask');
      askButton.disabled = why !== '';
      // It keeps the focus of who has just pressed it.
      setAttribute(askButton, 'aria-disabled', hasAsked() ? 'true' : null);
      renderSteps(part(panel, 'done'), person, at, book);
      setText(
        part(panel, 'done-none'),
        Object.keys(person.steps).length > 0 ? '' : strings.noSteps,
      );
      renderFindings(panel, person);
    },
  };
};

const build = (
  panel: HTMLElement,
  close: () => void,
  handleAsk: () => void,
  handleEnd: () => void,
  handleHelp: (kind: 'claim' | 'help-done') => void,
  handleWaiting: () => void,
): void => {
  const named = <Made extends HTMLElement>(made: Made, name: string): Made => {
    made.dataset.part = name;
    return made;
  };
  const title = named(element('h2'), 'title');
  title.id = 'class-look';
  const head = element('div', 'head');
  head.append(title, named(button(strings.close, close), 'close'));
  const hand = named(element('p', 'hand-up'), 'hand-up');
  hand.append(
    named(
      button(helpWords.claim, () => handleHelp('claim')),
      'claim-look',
    ),
    button(helpWords.done, () => handleHelp('help-done')),
  );
  const waiting = named(element('p', 'waiting'), 'waiting');
  const waitingText = named(element('span'), 'waiting-text');
  waitingText.setAttribute('role', 'status');
  waiting.append(waitingText, button(strings.toWaiting, handleWaiting));
  const note = named(element('p', 'note'), 'note');
  note.setAttribute('role', 'status');
  const screen = named(element('div', 'screen'), 'screen');
  screen.setAttribute('role', 'region');
  screen.hidden = true;
  const doctor = named(element('section'), 'doctor');
  doctor.append(named(element('h3'), 'examined'), named(element('ul'), 'findings'));
  const known = named(element('section'), 'known');
  known.append(
    element('h3', '', strings.steps),
    named(element('ol'), 'done'),
    named(element('p', 'why'), 'done-none'),
    doctor,
  );
  panel.append(
    head,
    waiting,
    named(element('p', 'about'), 'about'),
    hand,
    named(button(strings.ask, handleAsk), 'ask'),
    named(element('p', 'why'), 'why'),
    note,
    screen,
    named(button(strings.end, handleEnd), 'end-look'),
    known,
  );
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
};

/** The last on top. */
const renderSteps = (list: HTMLElement, person: Participant, at: number, book: ClassBook): void =>
  keep(
    list,
    Object.entries(person.steps).sort(([, a], [, b]) => b.since - a.since),
    ([step]) => step,
    (row, [step, state]) => {
      if (row.childElementCount === 0) row.append(element('b'), element('span'));
      const { status, label } = cellOf(state, at);
      setAttribute(row, 'data-status', status);
      const [title, said] = row.children;
      if (title !== undefined) setText(title, titleOf(book, step));
      if (said !== undefined) setText(said, label);
    },
    'li',
  );

const renderFindings = (panel: HTMLElement, { preflight, preflightAt }: Participant): void => {
  part(panel, 'doctor').hidden = preflight === null;
  setText(part(panel, 'examined'), strings.doctor(new Date(preflightAt)));
  keep(
    part(panel, 'findings'),
    preflight ?? [],
    ({ text }) => text,
    (row, { good, text }) => {
      setAttribute(row, 'data-status', good ? 'passed' : 'failed');
      setText(row, `${good ? strings.good : strings.bad} · ${text}`);
    },
    'li',
  );
};
