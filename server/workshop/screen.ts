/**
 * What there is to see of the presenter: whether somebody leads, whether a page of theirs shows what its
 * lab does, and what runs there where the class is not.
 */
import type { RunStatus, ServerMessage, StepId } from '../protocol.ts';
import type { Place } from './protocol.ts';

/** Milliseconds without one until participants are told: the next page of theirs is loading. */
const ABSENCE = 5_000;

/** Milliseconds that a run is told of after its end: most are over before anybody has read that they go on. */
const RECENT = 20_000;

/** A page of the presenter's. */
type Source = object;

export interface Screen {
  /** Whether a page of the presenter's is there: the dashboard, the wall, or a lesson. */
  readonly presented: boolean;
  /** Whether one of them shows its lab; `undefined` until the first has had the time to. */
  readonly shown: boolean | undefined;
  /** The step that was begun last, if that was not where the class was; `null` once it has ended. */
  readonly elsewhere: StepId | null;
  /** That step, a while after its end: until the class moves, or another run begins. */
  readonly ran: StepId | null;
  come(page: Source): void;
  /** What its lab has told. */
  show(page: Source, message: ServerMessage): void;
  leave(page: Source): void;
  close(): void;
}

/** @param placeOf where the class is. */
export const createScreen = (placeOf: () => Place | null, handleChange: () => void): Screen => {
  const pages = new Set<Source>();
  const showing = new Set<Source>();
  let presented = false;
  let shown: boolean | undefined;
  /** Of all runs, the one that was begun last. */
  let newest: RunStatus | undefined;
  let elsewhere: StepId | null = null;
  /** `place`: where the class was. */
  let ended: { readonly step: StepId; readonly place: Place | null } | undefined;
  let recent: NodeJS.Timeout | undefined;
  let absence: NodeJS.Timeout | undefined;

  const set = (
    next: Partial<Pick<Screen, 'presented' | 'shown' | 'elsewhere'>> & { ended?: typeof ended },
  ): void => {
    const before = { presented, shown, elsewhere, ended };
    ({ presented, shown, elsewhere, ended } = { ...before, ...next });
    const isSame =
      presented === before.presented &&
      shown === before.shown &&
      elsewhere === before.elsewhere &&
      ended === before.ended;
    if (!isSame) handleChange();
  };
  const settle = (): void => {
    set({ presented: pages.size > 0, shown: showing.size > 0 });
  };
  /** That there is one, is told at once. */
  const note = (): void => {
    clearTimeout(absence);
    if (showing.size === 0) absence = setTimeout(settle, ABSENCE);
    set({
      presented: presented || pages.size > 0,
      shown: showing.size > 0 || shown,
    });
  };
  /** @param next what runs elsewhere now. */
  const follow = (next: StepId | null, past?: typeof ended): void => {
    clearTimeout(recent);
    set({ elsewhere: next, ended: past });
    if (past !== undefined) recent = setTimeout(() => set({ ended: undefined }), RECENT);
  };
  const startedBefore = (at: number): boolean => newest !== undefined && newest.startedAt < at;
  const noteRun = (status: RunStatus): void => {
    if (status.run !== newest?.run) {
      // A page that loads tells all that it knows.
      if (newest !== undefined && status.startedAt <= newest.startedAt) return;
      const isElsewhere = goesOn(status) && placeOf()?.step !== status.step;
      follow(isElsewhere ? status.step : null);
    } else if (!goesOn(status) && elsewhere !== null) {
      follow(null, { step: elsewhere, place: placeOf() });
    }
    newest = status;
  };

  return {
    get presented() {
      return presented;
    },
    get shown() {
      return shown;
    },
    get elsewhere() {
      // Of what nobody tells, nobody knows whether it goes on.
      return shown === false || elsewhere === placeOf()?.step ? null : elsewhere;
    },
    get ran() {
      const place = placeOf();
      if (shown === false || ended === undefined || ended.place !== place) return null;
      return ended.step === place?.step ? null : ended.step;
    },
    come: (page) => {
      pages.add(page);
      note();
    },
    show: (page, message) => {
      if (!showing.has(page)) {
        showing.add(page);
        note();
      }
      if (message.type === 'run.status') noteRun(message);
      // Its runs are no more; said again, it is of those before.
      const isOver =
        message.type === 'lab.resetting' && message.state === 'done' && startedBefore(message.at);
      if (isOver) follow(null);
    },
    leave: (page) => {
      pages.delete(page);
      showing.delete(page);
      note();
    },
    close: () => {
      clearTimeout(absence);
      clearTimeout(recent);
    },
  };
};

const goesOn = ({ status, background }: RunStatus): boolean => status === 'running' || background;
