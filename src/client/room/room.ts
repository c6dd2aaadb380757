/** The room that this browser is in, on this page. Loaded only where it is in one. */
import type { RoomView } from '../../../server/workshop/protocol.ts';
import { connection, type Subscriber } from '../connection.ts';
import { isFinal } from '../step-state.ts';
import { uuid } from '../uuid.ts';
import { createFollower, type Follower } from './follow.ts';
import { checkpointOf, goTo, isAtHead, isOnPage, mark, stepOf } from './go.ts';
import { labOfPage } from './lab-of-page.ts';
import { createLateOffer } from './late-offer.ts';
import { finishLeaving, hideLeaving, isLeaving, isLeavingShown, leave } from './leaving.ts';
import {
  become,
  caughtUp,
  enterClass,
  examined,
  following,
  forget,
  type Letter,
  noteRoom,
  othersAt,
  type Participation,
  type Presentation,
  participation,
  presentation,
  roomName,
  shownOut,
  told,
  unbegun,
  wasIn,
} from './membership.ts';
import { createPreflight, type Preflight } from './preflight.ts';
import type { Presenter } from './present.ts';
import { createReporter } from './reporter.ts';
import { RoomBar } from './room-bar.ts';
import { RoomConnection } from './room-connection.ts';
import { createShare, type Share } from './share.ts';

/** What a participant's page does in its room. */
export interface Room {
  readonly line: RoomConnection;
  readonly nickname: string;
  /** What it is called; empty until the hub has told. */
  readonly name: string;
  /** `undefined` until the hub has told. */
  readonly view: RoomView | undefined;
  /** Milliseconds since 1970 by the hub's clock. */
  readonly now: number;
  readonly hand: 'up' | 'claimed' | 'down';
  /** Why the hub keeps no more of what they say, in Korean; empty while it does. */
  readonly refusal: string;
  readonly follower: Follower;
  readonly share: Share;
  /** Whether this page has a lab of their own, and tells of it. */
  readonly hasLab: boolean;
  /** "여기서 시작" of where the class is, for one whose cluster lacks it; `undefined` for others. */
  readonly checkpoint: HTMLElement | undefined;
  /** Enough of that, in this chapter. */
  catchUp(): void;
  raise(up: boolean): void;
  vote(poll: string, value: string): void;
  /** The page is out at once. */
  leave(): void;
  /** Another class takes this page; in this one, they stay who they are. */
  stepAside(): void;
  /** `undefined` until they leave; resolves once the hub has forgotten them. */
  readonly left: Promise<void> | undefined;
  /** Looks again what this computer has. @returns what was found. */
  readonly preflight: Preflight['look'];
  /** Called after each change. Returns how to stop. */
  subscribe(listener: () => void): () => void;
}

let current: Room | undefined;
let opening: Promise<Room | undefined> | undefined;

/** As a participant or a presenter, where this browser is one. @returns the participant's room. */
export const openRoom = (): Promise<Room | undefined> => {
  opening ??= open();
  return opening;
};

/** That of this page, once it has one. */
export const currentRoom = (): Room | undefined => current;

const open = async (): Promise<Room | undefined> => {
  const left = finishLeaving();
  const presenter = presentation.read();
  if (presenter !== undefined) {
    await lead(presenter);
    return undefined;
  }
  const who = participation.read();
  if (who === undefined) {
    if (isLeavingShown()) new RoomBar().showLeaving(left);
    return undefined;
  }
  const { hub, token, room } = who;
  const line = new RoomConnection({
    hub,
    credential: { as: 'participant', token, room },
    lab: () => labOfPage(hub),
    others: (nickname) => othersAt(hub, nickname),
    settled: handleSettled,
  });
  return attend(line, who);
};

let leading: Presenter | undefined;

/** That of this page, while it presents. */
export const currentPresenter = (): Presenter | undefined => leading;

export const lead = async ({ hub, token }: Presentation): Promise<Presenter> => {
  // First: the hub tells all there is as soon as there is a connection.
  const { present } = await import('./present.ts');
  // As a participant: in this tab, nobody is one now.
  current?.stepAside();
  document.querySelector('room-bar')?.remove();
  const credential = { as: 'presenter', token } as const;
  leading = present(new RoomConnection({ hub, credential, lab: () => labOfPage(hub) }));
  return leading;
};

/** What the hub has of this person, it need not be told again. */
export const handleSettled = ({ id, report }: Letter): void => {
  if (report.kind === 'preflight') examined.write(report.findings);
  const key = report.kind === 'progress' ? report.step : report.kind;
  told.write({ ...told.read(), [key]: id });
};

/** @param line that has joined as this person, or is coming back as them. */
export const attend = (line: RoomConnection, who: Participation): Room => {
  become(who);
  // Of the class before: in this one, it would be read as of this.
  hideLeaving();
  const listeners = new Set<() => void>();
  let view: RoomView | undefined;
  let heardAt = 0;
  let hand: Room['hand'] = 'down';
  /** As the hub has it. */
  let handThere: Room['hand'] = 'down';
  let refusal = '';
  let left: Promise<void> | undefined;
  let led = who.room;
  /** They stay in this class, whatever this page goes on with. */
  let stays = false;
  /** Who they are in the class that is led now. */
  let other: Participation | undefined;
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const isOfClass = (startedAt: number): boolean => wasIn(who.token, startedAt);

  const follower = createFollower(following, {
    go: (place, now) => {
      // Elsewhere, a page that keeps nothing would be in no room.
      if (now && (participation.isKept || isOnPage(place)) && !goTo(place)) return;
      mark(place);
    },
    handleChange: changed,
    isAtHead,
  });
  const share = createShare(
    {
      send: (message) => line.send(message),
      sendOutput: (header, bytes) => line.sendOutput(header, bytes),
      reread: (run, offset) => void connection.send({ type: 'run.attach', run, offset }),
      isHere: (step) => stepOf({ step }) !== null,
      endOf: (run) => connection.endOf(run),
      acknowledge: (run, offset) => void connection.send({ type: 'run.ack', run, offset }),
      now: () => performance.now(),
      unbegun,
      handleChange: changed,
    },
    ({ startedAt }) => isOfClass(startedAt),
  );
  const preflight = createPreflight({
    last: () =>
      line.waiting.findLast((each) => each.kind === 'preflight')?.findings ?? examined.read(),
    report: (findings) => line.report({ kind: 'preflight', findings }, uuid()),
  });
  let watching = false;
  // Until it is known: a hub's own page has none.
  let hasLab = who.hub !== '';
  /** Only what this computer's own lab tells is this person's. */
  const watchLab = async (): Promise<void> => {
    if (watching) return;
    watching = true;
    const lab = await labOfPage(who.hub).catch(() => undefined);
    // Asked again with the next connection.
    watching = lab !== undefined;
    if (line.state === 'ended' || lab === undefined) return;
    hasLab = lab !== 'none';
    changed();
    if (!hasLab) {
      // What the presenter's tells, this page shows instead.
      (await import('./mirror.ts')).mirrorPresenter(room);
      return;
    }
    const reporter = createReporter({
      isOfClass,
      report: (report, id) => line.report(report, id),
      isTold: (step, id) => told.read()?.[step] === id,
      isRecorded: () => connection.state !== 'open',
    });
    /** Begun by this page. */
    const ran = new Set<string>();
    const subscribers: readonly Subscriber[] = [
      reporter,
      share.subscriber,
      {
        handleConnection: changed,
        handleStart: ({ run }) => void ran.add(run),
        // A run is how one mends something, and sees that it is mended.
        handleMessage: (message) => {
          if (message.type !== 'run.status' || !isFinal(message) || connection.state !== 'open')
            return;
          // Those that were before this page came say nothing new.
          if (message.status === 'failed' && ran.has(message.run)) preflight.handleFailure();
          else preflight.handleNews();
        },
      },
    ];
    const leave = subscribers.map((subscriber) => {
      const stop = connection.subscribe(subscriber);
      // What its lab has said before.
      for (const status of connection.runs) subscriber.handleMessage?.(status);
      return stop;
    });
    line.subscribe({
      handleState: (state) => {
        if (state === 'open') preflight.handleNews();
        if (state !== 'ended') return;
        preflight.end();
        for (const each of leave) each();
      },
    });
    preflight.handleNews();
  };

  const catchUp = (): void => {
    const chapter = view?.place?.chapter;
    if (chapter !== undefined) caughtUp.write([...(caughtUp.read() ?? []), chapter]);
    changed();
  };
  const offer = createLateOffer(changed, catchUp);
  const dueCheckpoint = (): HTMLElement | undefined => {
    const place = view?.place;
    if (!place || !hasLab || !isOnPage(place)) return undefined;
    // Once there, they go on in it: what its steps stop or delete, they do not lack.
    if (caughtUp.read()?.includes(place.chapter)) return undefined;
    if (connection.state !== 'open' || line.state === 'ended' || line.isGone) return undefined;
    return checkpointOf(place) ?? undefined;
  };

  const bar = new RoomBar();
  line.subscribe({
    handleState: (state) => {
      // A hand goes down as the class ends.
      if (line.isGone) {
        handThere = 'down';
        hand = 'down';
      }
      if (state === 'open') {
        void watchLab();
        share.resume();
      }
      if (state === 'ended') {
        share.revoke();
        mark(null);
        if (other !== undefined) {
          enterClass(other, who);
          location.reload();
          // What this page shows is of the class before.
          return;
        }
        if (!stays && !isLeaving(who.token))
          shownOut.write({ hub: who.hub, nickname: who.nickname });
        if (!stays) forget(who.token);
      }
      changed();
    },
    handleMessage: (message) => {
      switch (message.type) {
        case 'room.joined':
          if (message.token !== who.token) {
            const { token, nickname, room } = message;
            other = { hub: who.hub, token, nickname, room, joinedAt: Date.now() };
            return;
          }
          led = message.room;
          noteRoom(who.token, led);
          handThere = message.hand;
          hand = handThere;
          break;
        case 'room.hand':
          handThere = message.state;
          hand = handThere;
          break;
        case 'room.view':
          view = message;
          if (view.name !== roomName.read()) roomName.write(view.name);
          heardAt = performance.now();
          changed();
          follower.handleView(message);
          return;
        case 'room.refused':
          if (message.code !== 'too-much') return;
          refusal = message.message;
          hand = handThere;
          break;
        case 'room.asked':
          // Of a second screen, the page of the lab answers.
          if (hasLab) share.ask();
          break;
        case 'room.look-ended':
          share.dismiss();
          share.revoke();
          break;
        default:
          return;
      }
      changed();
    },
  });

  const goOut = (): void => {
    if (line.state === 'ended') return;
    // First: it is kept before anything is forgotten.
    left = leave({ ...who, room: led });
    line.end();
  };
  // In another tab.
  addEventListener('storage', () => {
    if (isLeaving(who.token)) goOut();
    // What was answered there, or put away, is so here, too.
    else changed();
  });

  const room: Room = {
    line,
    nickname: who.nickname,
    get name() {
      return view?.name ?? roomName.read() ?? '';
    },
    get view() {
      return view;
    },
    get now() {
      return (view?.now ?? 0) + performance.now() - heardAt;
    },
    get hand() {
      return hand;
    },
    get refusal() {
      return refusal;
    },
    follower,
    share,
    get hasLab() {
      return hasLab;
    },
    get checkpoint() {
      const due = dueCheckpoint();
      return offer.lacks(due) ? due : undefined;
    },
    catchUp,
    raise: (up) => {
      hand = up ? 'up' : 'down';
      const step = document.querySelector('lab-step[data-here], lab-step:focus-within');
      line.report({ kind: 'hand', up, step: step?.getAttribute('data-step') ?? null });
      changed();
    },
    vote: (poll, value) => line.report({ kind: 'vote', poll, value }),
    leave: goOut,
    stepAside: () => {
      stays = true;
      line.end();
    },
    get left() {
      return left;
    },
    preflight: preflight.look,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  current = room;
  bar.show(room);
  void watchLab();
  return room;
};
