/**
 * A room that is open: the only place that takes what pages say. Whatever changes it is an event that
 * is in the log before anybody is told; who is connected is in memory only.
 */
import { randomUUID } from 'node:crypto';
import { createAllowance } from './allowance.ts';
import { createArrivals } from './arrivals.ts';
import { createAttendance } from './attendance.ts';
import { type Codes, keyOf, makeToken } from './codes.ts';
import type { RoomEvent } from './events.ts';
import { createFeed } from './feed.ts';
import { createLobby } from './lobby.ts';
import type { RoomLog } from './log.ts';
import { readMessage, readOutput } from './messages.ts';
import type { Mirror } from './mirror.ts';
import { createNicknames, ownName } from './nicknames.ts';
import { encode, type Page } from './page.ts';
import type { Join } from './presenter.ts';
import {
  type Command,
  type HubMessage,
  type LabName,
  type ParticipantId,
  ParticipantMessage,
  PresenterMessage,
  type Refusal,
} from './protocol.ts';
import { createQuestions } from './questions.ts';
import { REFUSALS, sayAgain, sayAnotherClass } from './refusals.ts';
import { withoutRehearsal } from './rehearsal.ts';
import { createScreen } from './screen.ts';
import { createShares } from './shares.ts';
import { snapshotOf } from './snapshot.ts';
import { apply, emptyRoom, isOpen, pollOf, type RoomState } from './state.ts';
import { viewOf } from './view.ts';

/** People in one room. */
export const CAPACITY = 6_000;

/** Of a class that was given none. */
const NAME = 'Kafka 멀티 브로커 실습';

/**
 * Milliseconds without a word in the log after which a class whose hub was killed counts as closed with its
 * last: a day that ended with an empty battery. Whoever is in class says something every few minutes.
 */
const SILENCE = 3_600_000;

/** What these do, every page shows. */
const SEEN: ReadonlySet<Command['kind']> = new Set([
  'move',
  'announce',
  'timer',
  'poll',
  'poll-end',
  'poll-outcome',
]);

/** A page's line to the room. */
export interface Visitor {
  /** A frame: its text, or its bytes where it is a binary one. */
  receive(text: string | undefined, frame: Uint8Array): void;
  /** The page has gone. */
  leave(): void;
}

export interface Room {
  readonly state: RoomState;
  /** A page of the presenter. */
  present(page: Page): Visitor;
  /** A page of somebody else. */
  attend(page: Page): Visitor;
  /**
   * In order, until it is opened again. All are told: without a word, a hub that is gone may as well be a
   * network.
   *
   * @param again the command that opens it: for its presenter, who alone may read it.
   */
  sayClosed(again: string): void;
  /** Of what it has open. Alone, it is as if the hub were killed. */
  close(): void;
}

export interface RoomOptions {
  readonly log: RoomLog;
  /** Without one, it is called as before. */
  readonly name: string | undefined;
  readonly codes: Codes;
  readonly mirror: Mirror;
  /** All that the book has: of others, nothing is kept. */
  readonly steps: ReadonlySet<string>;
  readonly join: () => Join;
  /** `join` gives another code from now on. */
  readonly handleRenewed: () => void;
}

interface Attendee {
  readonly page: Page;
  /** `undefined` until it has said so. */
  id: ParticipantId | undefined;
  /** It has said so, or is gone. */
  readonly settle: () => void;
}

export const createRoom = async (options: RoomOptions): Promise<Room> => {
  const { log, name, codes, mirror, steps, join, handleRenewed } = options;
  const state = emptyRoom();
  let seq = 0;
  let lastAt = 0;
  for await (const entry of log.readFrom(1)) {
    apply(state, entry.event);
    seq = entry.seq;
    lastAt = entry.event.at;
  }

  const nicknames = createNicknames();
  for (const [id, { nickname }] of Object.entries(state.participants)) nicknames.take(id, nickname);
  const attendees = new Set<Attendee>();
  const isForgotten = Date.now() - lastAt > SILENCE;
  const attendance = createAttendance<Attendee>(
    isOpen(state) && !isForgotten ? Object.keys(state.participants) : [],
    () => feed.notePresence(),
  );
  const feed = createFeed(() => attendance.told);
  const shares = createShares(feed.pages);
  const questions = createQuestions();
  const lobby = createLobby();
  const allowance = createAllowance();
  /** Who have been let in, and are not on disk yet. */
  const arriving = new Set<ParticipantId>();
  /** Each code has its own: whoever came by the last one without end does not come by this one. */
  let arrivals = createArrivals(CAPACITY);
  const screen = createScreen(
    () => state.place,
    () => showAll(),
  );

  const view = (): Buffer => encode(viewOf(state, screen, Date.now()));
  const showAll = (): void => {
    const message = view();
    for (const { page, id } of attendees) if (id !== undefined) page.tell(message);
    for (const page of feed.pages) page.tell(message);
  };
  const handOf = (id: ParticipantId): 'up' | 'claimed' | 'down' => {
    const hand = state.participants[id]?.hand ?? null;
    return hand === null ? 'down' : hand.claimed ? 'claimed' : 'up';
  };
  const tellPages = (id: ParticipantId, message: HubMessage): void => {
    const frame = encode(message);
    for (const { page } of attendance.pagesOf(id)) page.tell(frame);
  };
  const tellHand = (id: ParticipantId): void =>
    tellPages(id, { type: 'room.hand', state: handOf(id) });
  const refuse = (page: Page, code: Refusal, id?: string): void => {
    const message = code === 'another-class' ? sayAnotherClass(state.name) : REFUSALS[code];
    page.tell(encode({ type: 'room.refused', code, message, ...(id && { id }) }));
  };

  /** Resolves once it is on disk, applied and told, first by `done`; the same `id` twice is once. */
  const record = async (event: RoomEvent, id?: string, done?: () => void): Promise<void> => {
    const entry = await log.append(event, id);
    if (entry !== undefined) apply(state, event);
    done?.();
    if (entry === undefined) return;
    seq = entry.seq;
    feed.add(entry);
    if (event.kind === 'left' || event.kind === 'removed') {
      nicknames.free(event.participant);
      allowance.forget(event.participant);
      mirror.forget(event.participant);
      attendance.forget(event.participant);
      questions.end(event.participant);
    }
    if (event.kind === 'commanded') {
      const { command } = event;
      if (SEEN.has(command.kind)) showAll();
      else if ('participant' in command) tellHand(command.participant);
    }
    if (event.kind === 'reported' && event.report.kind === 'hand') tellHand(event.participant);
  };
  /** As `record`. A page whose word could not be kept tries again, connected anew. */
  const recordFor = (page: Page, event: RoomEvent, id?: string, done?: () => void) =>
    record(event, id, done).catch((error: unknown) => {
      console.error(error);
      page.drop();
    });
  const acknowledge = (page: Page, id: string) => (): void =>
    page.tell(encode({ type: 'room.ack', id }));

  const enter = (attendee: Attendee, id: ParticipantId): void => {
    attendee.id = id;
    attendee.settle();
    attendance.enter(id, attendee);
  };
  const exit = (attendee: Attendee): void => {
    const { id, page } = attendee;
    if (id === undefined) return;
    attendee.id = undefined;
    mirror.unwatch(page);
    shares.leave(page);
    attendance.exit(id, attendee);
  };

  const welcome = ({ page }: Attendee, id: ParticipantId, token: string) => {
    // Meanwhile, they may have left.
    const person = state.participants[id];
    if (person === undefined) return refuse(page, 'unknown');
    const { nickname } = person;
    const { openedAt: room } = state;
    const hand = handOf(id);
    page.tell(encode({ type: 'room.joined', participant: id, nickname, token, room, hand }));
    page.tell(view());
    if (questions.isAsked(id)) page.tell(encode({ type: 'room.asked' }));
  };
  const personOf = (token: string): ParticipantId | undefined => {
    const event = log.find(keyOf(token));
    if (event?.kind !== 'joined') return undefined;
    return event.participant in state.participants ? event.participant : undefined;
  };
  /** The first of these that is somebody's here. */
  const knownOf = (tokens: readonly string[]): string | undefined =>
    tokens.find((each) => personOf(each) !== undefined);
  const admit = (
    attendee: Attendee,
    {
      code,
      nickname: wanted,
      lab,
      others = [],
    }: Extract<ParticipantMessage, { type: 'room.join' }>,
  ) => {
    const { page } = attendee;
    const { shut } = codes;
    const verdict = codes.check(code, page.address);
    if (codes.shut !== shut) tellJoin();
    if (verdict !== 'right') return refuse(page, verdict);
    const known = knownOf(others);
    if (known !== undefined) return readmit(attendee, known, lab);
    const people = Object.keys(state.participants).length + arriving.size;
    if (people >= CAPACITY) return refuse(page, 'full');
    if (!arrivals.take()) return refuse(page, 'too-many');
    const [participant, token] = [randomUUID(), makeToken()];
    // Before it is on disk: another of this name may be on the way there.
    const nickname = nicknames.take(participant, ownName(wanted));
    // At once: what the page says next is theirs already, and comes after it in the log.
    enter(attendee, participant);
    arriving.add(participant);
    recordFor(
      page,
      { kind: 'joined', at: Date.now(), participant, nickname, lab },
      keyOf(token),
      () => welcome(attendee, participant, token),
    ).finally(() => arriving.delete(participant));
  };
  const resume = (
    attendee: Attendee,
    { token, lab, room, others = [] }: Extract<ParticipantMessage, { type: 'room.resume' }>,
  ) => {
    if (room === undefined || room === state.openedAt) return readmit(attendee, token, lab);
    const known = knownOf(others);
    // Who they are is not forgotten in the meantime: the presenter may have mistyped its name.
    if (known === undefined) return refuse(attendee.page, 'another-class');
    readmit(attendee, known, lab);
  };
  const readmit = (attendee: Attendee, token: string, lab: LabName) => {
    const id = personOf(token);
    const person = id === undefined ? undefined : state.participants[id];
    if (id === undefined || person === undefined) return refuse(attendee.page, 'unknown');
    // A second screen has no lab; its reader has one all the same.
    const isSecond = lab === 'none' && attendance.has(id);
    enter(attendee, id);
    const back: RoomEvent = { kind: 'resumed', at: Date.now(), participant: id, lab };
    // Each page that is opened comes back: only what is news is an event.
    if (person.lab === lab || isSecond || !allowance.spend(id, back))
      return welcome(attendee, id, token);
    recordFor(attendee.page, back, undefined, () => welcome(attendee, id, token));
  };
  /**
   * Ends all pages of somebody, also of who leaves: until they are told so, they have not left. Once it is on
   * disk: what they say until then is forgotten with the rest.
   */
  const dismiss = (
    asker: Page,
    participant: ParticipantId,
    kind: 'left' | 'removed',
    id?: string,
  ) =>
    recordFor(asker, { kind, at: Date.now(), participant }, id && `presenter:${id}`, () => {
      for (const each of attendance.pagesOf(participant)) {
        exit(each);
        refuse(each.page, kind === 'left' ? 'unknown' : kind);
        each.page.drop();
      }
      if (id !== undefined) acknowledge(asker, id)();
    });

  const hear = (attendee: Attendee, message: ParticipantMessage) => {
    const { page, id } = attendee;
    if (message.type === 'room.join' || message.type === 'room.resume') {
      // One page is one person: another comes with a page of its own.
      if (id !== undefined) return refuse(page, 'not-yours');
      if (message.type === 'room.resume') return resume(attendee, message);
      return admit(attendee, message);
    }
    if (id === undefined) {
      return refuse(page, 'unknown', message.type === 'room.report' ? message.id : undefined);
    }
    switch (message.type) {
      case 'room.report': {
        const { report: told } = message;
        const isKnown = !('step' in told) || told.step === null || steps.has(told.step);
        if (told.kind === 'progress' && !isKnown) return refuse(page, 'bad-message', message.id);
        // Of another edition of the book, perhaps: help is wanted all the same.
        const report = told.kind === 'hand' && !isKnown ? { ...told, step: null } : told;
        const acknowledged = acknowledge(page, message.id);
        // It was late, and never counts. What only repeats is kept: said again after a lost connection,
        // under the same ids, words come to the same in their order alone.
        if (report.kind === 'vote' && pollOf(state, report) === undefined) return acknowledged();
        const event: RoomEvent = { kind: 'reported', at: Date.now(), participant: id, report };
        const key = `${id}:${message.id}`;
        // A page tells again what is there already, each time that it is opened.
        if (log.find(key) !== undefined) return acknowledged();
        if (!allowance.spend(id, event)) return refuse(page, 'too-much', message.id);
        return recordFor(page, event, key, acknowledged);
      }
      case 'room.mirror':
        return message.on ? mirror.watch(page, id, message.chapter) : mirror.unwatch(page);
      case 'room.share': {
        const { run, step, on, anew } = message;
        if (!on) return shares.stop(page, run, anew);
        if (shares.start({ participant: id, run, step, from: page })) questions.end(id);
        else refuse(page, 'not-yours');
        return;
      }
      case 'room.decline': {
        questions.end(id);
        const declined = encode({ type: 'room.declined', participant: id, why: message.why });
        for (const presenter of feed.pages) presenter.tell(declined);
        return;
      }
      case 'room.leave':
        return dismiss(page, id, 'left');
    }
  };

  const attend = (page: Page): Visitor => {
    let turnedAway = false;
    const settle = lobby.wait(page.address, () => {
      turnedAway = true;
      page.drop();
    });
    const attendee: Attendee = { page, id: undefined, settle };
    attendees.add(attendee);
    return {
      receive: (text, frame) => {
        // It would be in the room without a page, and come a second time.
        if (turnedAway) return;
        if (text === undefined) {
          const header = readOutput(frame);
          if (header === undefined) return refuse(page, 'bad-message');
          if (!shares.pass(page, header.run, frame)) refuse(page, 'not-yours');
          return;
        }
        const { message, problem, id } = readMessage(text, ParticipantMessage, PresenterMessage);
        if (message === undefined) refuse(page, problem, id);
        else hear(attendee, message);
      },
      leave: () => {
        settle();
        exit(attendee);
        attendees.delete(attendee);
      },
    };
  };

  const tellJoin = (): void => {
    const update = encode({ type: 'room.code', join: join(), now: Date.now() });
    for (const page of feed.pages) page.tell(update);
  };
  /** `false` where it could not be kept, and the last one is still right. */
  const renew = (asker: Page): boolean => {
    try {
      codes.renew();
    } catch (error) {
      console.error(error);
      asker.drop();
      return false;
    }
    arrivals = createArrivals(CAPACITY);
    tellJoin();
    handleRenewed();
    return true;
  };
  /** Also who is on the way: by the last code, nobody else comes any more. */
  const removeSince = (asker: Page, since: number): void => {
    if (!renew(asker)) return;
    const late = Object.keys(state.participants).filter(
      (id) => (state.participants[id]?.joinedAt ?? 0) >= since,
    );
    for (const id of new Set([...late, ...arriving])) dismiss(asker, id, 'removed');
  };

  const obey = (page: Page, message: PresenterMessage) => {
    switch (message.type) {
      case 'room.command':
        return recordFor(
          page,
          { kind: 'commanded', at: Date.now(), command: message.command },
          `presenter:${message.id}`,
          acknowledge(page, message.id),
        );
      case 'room.remove':
        return dismiss(page, message.participant, 'removed', message.id);
      case 'room.remove-away':
        for (const participant of Object.keys(state.participants))
          if (attendance.isAway(participant)) dismiss(page, participant, 'removed');
        return;
      case 'room.remove-since':
        return removeSince(page, message.since);
      case 'room.renew':
        renew(page);
        return;
      case 'room.show': {
        const shown = withoutRehearsal(message.message, state);
        if (shown === undefined) return;
        screen.show(page, shown);
        return mirror.show(page, shown);
      }
      case 'room.ask':
        // Who has left meanwhile answers nothing.
        if (!(message.participant in state.participants)) return;
        questions.ask(message.participant, page);
        return tellPages(message.participant, { type: 'room.asked' });
      case 'room.look-end':
        questions.end(message.participant);
        return tellPages(message.participant, { type: 'room.look-ended' });
    }
  };

  const present = (page: Page): Visitor => {
    feed.join(page, () =>
      snapshotOf(state, { seq, presence: attendance.told, join: join(), now: Date.now() }),
    );
    shares.tell(page);
    if (screen.presented) page.tell(view());
    screen.come(page);
    return {
      receive: (text, frame) => {
        if (text === undefined) {
          const header = readOutput(frame);
          if (header === undefined) refuse(page, 'bad-message');
          else mirror.output(page, header, frame.subarray(frame.indexOf(10) + 1));
          return;
        }
        const { message, problem, id } = readMessage(text, PresenterMessage, ParticipantMessage);
        if (message === undefined) refuse(page, problem, id);
        else obey(page, message);
      },
      leave: () => {
        mirror.leave(page);
        feed.leave(page);
        questions.leave(page);
        screen.leave(page);
      },
    };
  };

  if (isOpen(state) && isForgotten) await record({ kind: 'closed', at: lastAt });
  const called = name ?? (state.name || NAME);
  if (state.name !== called || !isOpen(state))
    await record({ kind: 'opened', at: Date.now(), name: called });
  return {
    state,
    present,
    attend,
    sayClosed: (again) => {
      record({ kind: 'closed', at: Date.now() }).catch(console.error);
      for (const { page, id } of attendees) if (id !== undefined) refuse(page, 'closed');
      const closed = encode({ type: 'room.refused', code: 'closed', message: sayAgain(again) });
      for (const page of feed.pages) page.tell(closed);
    },
    close: () => {
      screen.close();
      feed.close();
      log.close();
    },
  };
};
