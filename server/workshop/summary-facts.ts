/** What can be said of a class once it is over: counted from its log. */

import type { StepId } from '../protocol.ts';
import { isOfAStep } from './causes.ts';
import type { Entry } from './events.ts';
import { apply, emptyRoom, type Participant, type RoomState, runs } from './state.ts';

export interface Failure {
  /** One of the words that people got. */
  readonly text: string;
  /** Where they got it, in the order of the log. */
  readonly steps: ReadonlySet<string>;
  readonly people: ReadonlySet<string>;
  /** Of them, who has passed in the end where they had failed so. */
  readonly mended: number;
}

/** What has one cause is one of them, also where it was mended later; most people first. */
export const failuresOf = (room: RoomState, entries: readonly Entry[]): Failure[] => {
  const failures = new Map<string, { text: string; who: Map<string, Set<string>> }>();
  for (const { event } of entries) {
    if (event.kind !== 'reported' || event.report.kind !== 'progress') continue;
    const { step, status, reason } = event.report;
    if ((status !== 'failed' && status !== 'refused') || reason === null) continue;
    const key = `${reason.kind} ${isOfAStep(reason.kind) ? step : reason.text}`;
    const failure = failures.get(key) ?? { text: reason.text, who: new Map() };
    const steps = failure.who.get(event.participant) ?? new Set();
    failure.who.set(event.participant, steps.add(step));
    failures.set(key, failure);
  }
  const isMended = ([id, steps]: readonly [string, ReadonlySet<string>]): boolean =>
    [...steps].every((step) => room.participants[id]?.steps[step]?.status === 'passed');
  return [...failures.values()]
    .map(({ text, who }) => ({
      text,
      steps: new Set([...who.values()].flatMap((steps) => [...steps])),
      people: new Set(who.keys()),
      mended: [...who].filter(isMended).length,
    }))
    .toSorted((left, right) => right.people.size - left.people.size);
};

export interface Progress {
  readonly step: string;
  /** Of those who have a lab to run it in. */
  readonly passed: number;
  readonly failed: number;
  readonly stopped: number;
  /** It began, and nobody has said how it ended. */
  readonly open: number;
  readonly untried: number;
}

export interface Chapter {
  readonly id: string;
  readonly steps: readonly Progress[];
  /** Who has run something of it. */
  readonly began: number;
  /** Who has passed all of its steps that anybody in this class has run. */
  readonly finished: number;
}

/** How far people came: a run that did not begin takes nothing of what was done before. */
export const withoutRefusals = (entries: readonly Entry[]): RoomState => {
  const room = emptyRoom();
  for (const { event } of entries) {
    const report = event.kind === 'reported' ? event.report : undefined;
    if (report?.kind !== 'progress' || report.status !== 'refused') apply(room, event);
  }
  return room;
};

/** Who has run something, of all who might have. */
export const runnersOf = (people: readonly Participant[]): Participant[] =>
  people.filter(({ steps }) => Object.keys(steps).length > 0);

/** @param steps those that somebody has run, in the book's order. */
export const chaptersOf = (people: readonly Participant[], steps: readonly StepId[]): Chapter[] => {
  const able = people.filter(runs);
  return [...Map.groupBy(steps, (step) => step.split('/')[0] ?? step)].map(([id, own]) => ({
    id,
    steps: own.map((step) => progressOf(able, step)),
    began: able.filter((person) => own.some((step) => person.steps[step] !== undefined)).length,
    finished: able.filter((person) => own.every((step) => person.steps[step]?.status === 'passed'))
      .length,
  }));
};

const progressOf = (able: readonly Participant[], step: StepId): Progress => {
  const states = able.flatMap((person) => person.steps[step]?.status ?? []);
  const count = (...wanted: readonly string[]): number =>
    states.filter((status) => wanted.includes(status)).length;
  return {
    step,
    passed: count('passed'),
    failed: count('failed'),
    stopped: count('stopped'),
    open: count('running', 'unknown'),
    untried: able.length - states.length,
  };
};

export interface Help {
  /** How often a hand went up, and whose. */
  readonly asked: number;
  readonly people: number;
  /** How often the presenter said that it is solved. */
  readonly solved: number;
  /** How often it went down by itself: taken down, or with the end of a session. */
  readonly withdrawn: number;
  /** Milliseconds until somebody was on the way, or it was solved; half waited no longer. `null` where nobody came. */
  readonly wait: number | null;
}

export const helpOf = (entries: readonly Entry[]): Help => {
  const room = emptyRoom();
  const people = new Set<string>();
  const waits: number[] = [];
  let [asked, solved] = [0, 0];
  for (const { event } of entries) {
    const helped = event.kind === 'commanded' ? event.command : undefined;
    if (helped?.kind === 'claim' || helped?.kind === 'help-done') {
      const hand = room.participants[helped.participant]?.hand;
      if (hand && !hand.claimed) waits.push(event.at - hand.since);
      if (hand && helped.kind === 'help-done') solved += 1;
    }
    const reported = event.kind === 'reported' ? event.participant : undefined;
    const wasUp = reported !== undefined && room.participants[reported]?.hand;
    apply(room, event);
    if (reported === undefined || wasUp || !room.participants[reported]?.hand) continue;
    asked += 1;
    people.add(reported);
  }
  const half = waits.toSorted((left, right) => left - right)[Math.floor((waits.length - 1) / 2)];
  return { asked, people: people.size, solved, withdrawn: asked - solved, wait: half ?? null };
};
