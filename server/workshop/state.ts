/**
 * What a room is: its events, one after the other, and nothing besides. The hub and the presenter's
 * page apply the same ones with this.
 */
import type { Outcome } from '../protocol.ts';
import type { RoomEvent } from './events.ts';
import type {
  Command,
  LabName,
  ParticipantId,
  Place,
  Poll,
  Reason,
  Report,
  StepStatus,
} from './protocol.ts';

export interface StepState {
  readonly status: StepStatus;
  readonly reason: Reason | null;
  /** Milliseconds since 1970: since when it is so. */
  readonly since: number;
  // These only where they tell something: a room has a thousand people with all steps.
  /** Since when it is tried, where that is longer: what fails again and again has not just begun to. */
  readonly trying?: number | undefined;
  /** It has passed and still runs, as far as was told. */
  readonly background?: true | undefined;
}

export interface Hand {
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly step: string | null;
  /** Somebody is on the way. */
  claimed: boolean;
}

export interface Participant {
  readonly nickname: string;
  lab: LabName;
  readonly joinedAt: number;
  /** By step; one that was never run has none. */
  readonly steps: Record<string, StepState>;
  hand: Hand | null;
  preflight: Extract<Report, { kind: 'preflight' }>['findings'] | null;
  /** Milliseconds since 1970: what it says was so then. */
  preflightAt: number;
}

export interface PollState extends Pick<Poll, 'poll' | 'step' | 'question' | 'options'> {
  open: boolean;
  /** What has happened, once that is known. */
  outcome: Outcome | null;
  /** By participant: one person, one vote, the last. */
  readonly votes: Record<ParticipantId, string>;
  /** The session that it was asked in: counts from 1. */
  readonly session: number;
  /** The class's moves while it was open: another since, and the class has gone on. */
  moves: number;
}

/** A time that a class was open. Milliseconds since 1970, by the hub's clock. */
export interface Session {
  readonly from: number;
  /** `null` until it was closed in order: a hub that is killed and comes again goes on with it. */
  until: number | null;
}

export interface RoomState {
  name: string;
  /** Milliseconds since 1970. A class called the same, opened after this one was deleted, has another. */
  openedAt: number;
  /** The oldest first; only the last may be open. */
  readonly sessions: Session[];
  place: Place | null;
  /** Two moves to the same place are two. */
  moves: number;
  /** `at`: milliseconds since 1970. */
  announcement: { readonly text: string; readonly at: number } | null;
  /** `until`: milliseconds since 1970, by the hub's clock. */
  timer: { readonly until: number; readonly label: string } | null;
  readonly participants: Record<ParticipantId, Participant>;
  /** The oldest first; only the last may be open. */
  readonly polls: PollState[];
}

export const emptyRoom = (): RoomState => ({
  name: '',
  openedAt: 0,
  sessions: [],
  place: null,
  moves: 0,
  announcement: null,
  timer: null,
  participants: {},
  polls: [],
});

/**
 * The next event. In place: a copy of a thousand people for each of their words would cost more than
 * the words.
 */
export const apply = (room: RoomState, event: RoomEvent): void => {
  switch (event.kind) {
    case 'opened':
      room.name = event.name;
      room.openedAt ||= event.at;
      if (isOpen(room)) break;
      // Also what was said while the hub went, after its last word.
      endPassing(room);
      room.sessions.push({ from: event.at, until: null });
      break;
    case 'closed': {
      const last = room.sessions.at(-1);
      if (last !== undefined) last.until ??= event.at;
      endPassing(room);
      break;
    }
    case 'joined':
      room.participants[event.participant] = {
        nickname: event.nickname,
        lab: event.lab,
        joinedAt: event.at,
        steps: {},
        hand: null,
        preflight: null,
        preflightAt: event.at,
      };
      break;
    case 'resumed': {
      const participant = room.participants[event.participant];
      if (participant !== undefined) participant.lab = event.lab;
      break;
    }
    case 'left':
    case 'removed':
      delete room.participants[event.participant];
      for (const { votes } of room.polls) delete votes[event.participant];
      break;
    case 'reported':
      applyReport(room, event.participant, event.report, event.at);
      break;
    case 'commanded':
      applyCommand(room, event.command, event.at);
  }
};

export const isOpen = ({ sessions }: RoomState): boolean => sessions.at(-1)?.until === null;

/** @param at milliseconds since 1970. */
export const wasOpen = ({ sessions }: Pick<RoomState, 'sessions'>, at: number): boolean =>
  sessions.some(({ from, until }) => from <= at && (until === null || at < until));

/** What was for the moment: on another day, nobody waits for it any more. */
const endPassing = (room: RoomState): void => {
  room.announcement = null;
  room.timer = null;
  for (const participant of Object.values(room.participants)) participant.hand = null;
  const poll = room.polls.at(-1);
  if (poll !== undefined) poll.open = false;
};

const applyReport = (room: RoomState, id: ParticipantId, report: Report, at: number): void => {
  const participant = room.participants[id];
  if (participant === undefined) return;
  switch (report.kind) {
    case 'progress': {
      const { step, status, background = false, reason } = report;
      const before = participant.steps[step];
      // Its end is no news of how they get on: what they did since it passed stays the last.
      if (status === 'passed' && !background && before?.background) {
        participant.steps[step] = { status, reason, since: before.since };
        break;
      }
      const isNew = status === 'passed' || before === undefined || before.status === 'passed';
      participant.steps[step] = {
        status,
        reason,
        since: at,
        ...(!isNew && { trying: before.trying ?? before.since }),
        ...(background && { background }),
      };
      if (reason !== null) forgetOldReasons(participant);
      break;
    }
    case 'preflight':
      participant.preflight = report.findings;
      participant.preflightAt = at;
      break;
    case 'hand':
      // Put up again, it keeps its place in the queue.
      if (!report.up) participant.hand = null;
      else participant.hand ??= { since: at, step: report.step, claimed: false };
      break;
    case 'vote': {
      const poll = pollOf(room, report);
      if (poll !== undefined) poll.votes[id] = report.value;
    }
  }
};

/** Why steps failed, of one person: what is older says nothing of now, and a room of such people is large. */
const REASONS = 20;

const forgetOldReasons = ({ steps }: Participant): void => {
  const failed = Object.entries(steps).filter(([, { reason }]) => reason !== null);
  if (failed.length <= REASONS) return;
  const [oldest] = failed.toSorted(([, a], [, b]) => a.since - b.since);
  if (oldest !== undefined) steps[oldest[0]] = { ...oldest[1], reason: null };
};

/** The poll that this is an answer to, while it takes answers. */
export const pollOf = (
  { polls }: RoomState,
  { poll, value: answer }: Extract<Report, { kind: 'vote' }>,
): PollState | undefined => {
  const last = polls.at(-1);
  if (last?.poll !== poll || !last.open) return undefined;
  return last.options.some(({ value }) => value === answer) ? last : undefined;
};

/** Whether there is something that this person may have done: who only reads runs nothing. */
export const runs = ({ lab, steps }: Participant): boolean =>
  lab !== 'none' || Object.keys(steps).length > 0;

/** The last that was asked, unless that was on another day. */
export const pollToday = ({ polls, sessions }: RoomState): PollState | undefined => {
  const last = polls.at(-1);
  return last?.session === sessions.length ? last : undefined;
};

/** It has ended, and the class has gone on to something else: what came of it is shown no more. */
export const isPast = ({ open, moves }: PollState, room: Pick<RoomState, 'moves'>): boolean =>
  !open && moves !== room.moves;

/** `null`: nobody can say. */
export const isPossible = ({ options }: Pick<Poll, 'options'>, outcome: string | null): boolean =>
  outcome === null || options.some(({ value }) => value === outcome);

/** It may move while everybody answers. */
const noteMove = ({ polls, moves }: RoomState): void => {
  const last = polls.at(-1);
  if (last?.open) last.moves = moves;
};

const applyCommand = (room: RoomState, command: Command, at: number): void => {
  switch (command.kind) {
    case 'move':
      room.place = command.to;
      room.moves += 1;
      noteMove(room);
      break;
    case 'announce':
      room.announcement = command.text === null ? null : { text: command.text, at };
      break;
    case 'timer':
      room.timer =
        command.seconds === null
          ? null
          : { until: at + command.seconds * 1000, label: command.label };
      break;
    case 'poll': {
      const last = room.polls.at(-1);
      if (last !== undefined) last.open = false;
      const { poll, step, question, options } = command;
      room.polls.push({
        ...{ poll, step, question, options, open: true, outcome: null, votes: {} },
        session: room.sessions.length,
        moves: room.moves,
      });
      break;
    }
    case 'poll-end': {
      const last = room.polls.at(-1);
      if (last?.poll === command.poll) last.open = false;
      break;
    }
    case 'poll-outcome': {
      const { value, reason } = command;
      // A cluster takes its time to settle: meanwhile, something else may have been asked.
      const poll = room.polls.find((each) => each.poll === command.poll);
      if (poll === undefined || poll.open || poll.outcome !== null) break;
      if (isPossible(poll, value)) poll.outcome = { value, reason };
      break;
    }
    case 'claim': {
      const hand = room.participants[command.participant]?.hand;
      if (hand) hand.claimed = true;
      break;
    }
    case 'help-done': {
      const participant = room.participants[command.participant];
      if (participant !== undefined) participant.hand = null;
    }
  }
};
