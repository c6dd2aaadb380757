/** Which room this browser is in, and as whom: kept in it, and for this page only where it keeps nothing. */

import type { Outcome } from '../../../server/protocol.ts';
import { ownName } from '../../../server/workshop/nicknames.ts';
import type { Report } from '../../../server/workshop/protocol.ts';
import { forgetChoices } from '../prediction-verdict.ts';
import type { Findings } from './preflight.ts';
import { createSlot, type Slot } from './slot.ts';

/** `hub`: `http://192.168.0.7:4330`, or empty where the hub itself serves this page. */
export interface Participation {
  readonly hub: string;
  /** To come back with. */
  readonly token: string;
  readonly nickname: string;
  /** Which class, as the hub gives it. */
  readonly room?: number | undefined;
  /** Milliseconds since 1970: what ran before is nobody's business there. */
  readonly joinedAt: number;
  /** When they were in another class: what ran then is that one's. Milliseconds since 1970. */
  readonly away?: readonly Away[] | undefined;
}

interface Away {
  readonly from: number;
  /** `undefined` while they are. */
  readonly until?: number | undefined;
}

/** Of this tab only. */
export interface Presentation {
  readonly hub: string;
  readonly token: string;
}

/** How a tab follows. */
export interface Following {
  readonly on: boolean;
  /** The presenter's moves that it has gone after; `null`: the next one that it hears of. */
  readonly moves: number | null;
}

const isText = (value: unknown): boolean => typeof value === 'string';

export const participation = createSlot<Participation>(
  'lab:room',
  () => localStorage,
  ({ hub, token, nickname, joinedAt }) =>
    isText(hub) && isText(token) && isText(nickname) && typeof joinedAt === 'number',
);

/** Whom this page is, once it knows: another tab may be somebody else by now. */
let self: string | undefined;

/** A slot of each person that this browser is: what is of one class, stays in it. */
interface OwnSlot<T> extends Slot<T> {
  /** Somebody is in their class no more. */
  drop(token: string): void;
}

const createOwnSlot = <T>(
  ...[key, storage, isWhole]: Parameters<typeof createSlot<T>>
): OwnSlot<T> => {
  const slots = new Map<string, Slot<T>>();
  const slotOf = (token: string): Slot<T> => {
    const slot = slots.get(token) ?? createSlot(`${key}:${token}`, storage, isWhole);
    slots.set(token, slot);
    return slot;
  };
  const own = (): Slot<T> => slotOf(self ?? participation.read()?.token ?? '');
  return {
    get isKept() {
      return own().isKept;
    },
    get isFull() {
      return own().isFull;
    },
    read: () => own().read(),
    write: (value) => own().write(value),
    drop: (token) => slotOf(token).write(undefined),
  };
};

/** Who this tab's person was in a class that has shown them out: they need not type it again. */
export const shownOut = createSlot<Pick<Participation, 'hub' | 'nickname'>>(
  'lab:room:shown-out',
  () => sessionStorage,
  ({ hub, nickname }) => isText(hub) && isText(nickname),
);

export const presentation = createSlot<Presentation>(
  'lab:presenter',
  () => sessionStorage,
  ({ hub, token }) => isText(hub) && isText(token),
);

export const following = createOwnSlot<Following>(
  'lab:room:following',
  () => sessionStorage,
  ({ on }) => typeof on === 'boolean',
);

/** The votes of this browser, by their polls. */
export const votes = createOwnSlot<Record<string, string>>(
  'lab:room:votes',
  () => localStorage,
  () => true,
);

/** By step, the last report that the hub has: other pages need not say it again. */
export const told = createOwnSlot<Record<string, string>>(
  'lab:room:told',
  () => localStorage,
  () => true,
);

/** A step that did not begin, after all that was run. */
export interface Unbegun {
  readonly step: string;
  /** The newest run then; absent where nothing had run. */
  readonly after?: string | undefined;
}

/** Of the tab where it was clicked, the others know by this. */
export const unbegun = createOwnSlot<Unbegun>(
  'lab:room:unbegun',
  () => localStorage,
  ({ step }) => isText(step),
);

/** What the hub knows of this computer. */
export const examined = createOwnSlot<Findings>(
  'lab:room:examined',
  () => localStorage,
  Array.isArray,
);

/** What the room is called: the next page need not wait to be told. */
export const roomName = createOwnSlot<string>('lab:room:name', () => localStorage, isText);

/** When the announcement was made that was read and put away. */
export const dismissed = createOwnSlot<number>(
  'lab:room:dismissed',
  () => localStorage,
  (found) => typeof found === 'number',
);

/** Until when the time was that is over, and was put away. */
export const endedTimer = createOwnSlot<number>(
  'lab:room:ended-timer',
  () => localStorage,
  (found) => typeof found === 'number',
);

/** The last poll, where its results were put away. */
export const hiddenPoll = createOwnSlot<string>('lab:room:hidden-poll', () => localStorage, isText);

/** Chapters that their cluster was ready for once the class was there, or that they want no help with. */
export const caughtUp = createOwnSlot<string[]>(
  'lab:room:caught-up',
  () => localStorage,
  Array.isArray,
);

interface Led {
  /** Which class, as the hub gives it: its token would stay here after the tab has stopped to lead it. */
  readonly room: number;
  readonly from: number;
  /** `undefined` while it does. */
  readonly until?: number | undefined;
}

/** When this tab has led which class: milliseconds since 1970. */
const led = createSlot<Led[]>('lab:presenter:led', () => sessionStorage, Array.isArray);

/** What a tab keeps of that: nobody leads more in a day. */
const MOST_LED = 100;

/** @param room the class that this tab leads from now on; `undefined`: none. */
export const noteLed = (room: number | undefined): void => {
  const all = led.read() ?? [];
  const last = all.at(-1);
  if (last !== undefined && last.until === undefined && last.room === room) return;
  const now = Date.now();
  const before = all.map((each) => ({ until: now, ...each }));
  led.write([...before, ...(room === undefined ? [] : [{ room, from: now }])].slice(-MOST_LED));
};

/** Whether this tab has led another class then: what its lab has run is that one's. */
export const ledAnother = (room: number, at: number): boolean =>
  led
    .read()
    ?.some(
      (each) =>
        each.room !== room && each.from <= at && (each.until === undefined || at < each.until),
    ) === true;

/** The presenter's last poll whose step was run, that run, and what has come of it. */
export interface Predicted {
  readonly poll: string;
  readonly run: string;
  readonly outcome: Outcome | null;
}

/** A run takes its time, and the presenter may go on to another page. */
export const predicted = createSlot<Predicted>(
  'lab:presenter:predicted',
  () => sessionStorage,
  ({ poll, run }) => isText(poll) && isText(run),
);

/** What was reported, and is not in the hub's log yet. */
export interface Letter {
  readonly id: string;
  readonly report: Report;
}

export const letters = createOwnSlot<Letter[]>(
  'lab:room:outbox',
  () => sessionStorage,
  Array.isArray,
);

/** Somebody who has left, and whom their hub has not forgotten yet. */
export interface Leaver extends Pick<Participation, 'hub' | 'token' | 'room'> {
  /** Milliseconds since 1970. */
  readonly leftAt?: number;
  /** It is said no more: it goes on all the same. */
  readonly isHidden: boolean;
}

/** Its own: one may be in another room by then. */
export const leavers = createSlot<Leaver[]>('lab:room:leaving', () => localStorage, Array.isArray);

/** Other classes that a browser stays in: no more than the protocol takes. */
const OTHERS = 10;

/** Other classes that this browser is in, the last one last: a hub may lead them again. */
export const otherClasses = createSlot<Participation[]>(
  'lab:room:others',
  () => localStorage,
  Array.isArray,
);

/**
 * Tokens of who this browser is in classes of that hub.
 *
 * @param nickname of those only who are called so: at one computer, somebody else may sit by now.
 */
export const othersAt = (hub: string, nickname?: string): string[] => {
  // Forgotten with the page, nobody could be them.
  if (!participation.isKept) return [];
  const own = participation.read();
  const all = [...(otherClasses.read() ?? []), ...(own === undefined ? [] : [own])];
  const there = all.filter(
    (each) => each.hub === hub && (nickname === undefined || isCalled(each.nickname, nickname)),
  );
  return there.map(({ token }) => token).slice(-OTHERS);
};

/** A class numbers those whose name it has already, and calls nobody as it calls its presenter. */
const isCalled = (called: string, nickname: string): boolean =>
  ownName(called) === ownName(nickname);

/** What this page is told, and tells, is theirs from now on. */
export const become = ({ token }: Participation): void => {
  self = token;
};

/**
 * Into a class, anew or again.
 *
 * @param before who this page was until now, and stays in their own.
 * @returns as whom: what they ran since they first came, but for what they ran in another class, is this
 * one's business.
 */
export const enterClass = (
  next: Participation,
  before: Participation | undefined,
): Participation => {
  const now = next.joinedAt;
  const byToken = new Map(otherClasses.read()?.map((each) => [each.token, each]));
  // In another tab, they may have gone from it before.
  if (before !== undefined && !byToken.has(before.token)) {
    const away = [...(before.away ?? []), { from: now }];
    byToken.set(before.token, { ...before, away });
  }
  const kept = byToken.get(next.token);
  const away = kept?.away?.map((each) => ({ until: now, ...each }));
  const who = { ...next, joinedAt: kept?.joinedAt ?? now, away };
  byToken.delete(who.token);
  const others = [...byToken.values()];
  for (const { token } of others.splice(0, others.length - OTHERS)) drop(token);
  otherClasses.write(others);
  participation.write(who);
  shownOut.write(undefined);
  become(who);
  // What was chosen, and not sent, is of the class before.
  forgetChoices();
  following.write(following.read() ?? { on: true, moves: null });
  return who;
};

/** Which class it is: an address that leads there does not tell. */
export const noteRoom = (token: string, room: number): void => {
  const own = participation.read();
  if (own?.token === token) participation.write({ ...own, room });
};

/**
 * Whether what began then is the business of that person's class: as this browser knows by now, which may
 * have gone to another in another tab.
 *
 * @param at milliseconds since 1970.
 */
export const wasIn = (token: string, at: number): boolean => {
  const all = [participation.read(), ...(otherClasses.read() ?? [])];
  const who = all.find((each) => each?.token === token);
  if (who === undefined || at < who.joinedAt) return false;
  return !who.away?.some(({ from, until }) => from <= at && (until === undefined || at < until));
};

/** All that belongs to one person. */
const drop = (token: string): void => {
  const news = [dismissed, endedTimer, hiddenPoll, caughtUp];
  for (const slot of [votes, told, unbegun, examined, following, letters, roomName, ...news])
    slot.drop(token);
};

/** This tab's person is out. In another tab, they may be somebody else since: that stays. */
export const forget = (token: string): void => {
  if (participation.read()?.token === token) participation.write(undefined);
  const others = otherClasses.read()?.filter((each) => each.token !== token) ?? [];
  otherClasses.write(others.length === 0 ? undefined : others);
  drop(token);
};
