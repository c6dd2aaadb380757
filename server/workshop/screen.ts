/**
 * What there is to see of the presenter: whether somebody leads, whether a page of theirs shows what its
 * lab does, and what runs there where the class is not.
 */
import type { RunStatus, ServerMessage, StepId } from '../protocol.ts';
import type { Place } from './protocol.ts';

/** Milliseconds without one until participants are told: the next page of theirs is loading. */
const ABSENCE = 5_000;

/** A page of the presenter's. */
type Source = object;

export interface Screen {
  /** Whether a page of the presenter's is there: the dashboard, the wall, or a lesson. */
  readonly presented: boolean;
  /** Whether one of them shows its lab; `undefined` until the first has had the time to. */
  readonly shown: boolean | undefined;
  /** The step that was begun last, if that was not where the class was; `null` once it has ended. */
  readonly elsewhere: StepId | null;
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
  let absence: NodeJS.Timeout | undefined;

  const set = (next: Pick<Screen, 'presented' | 'shown' | 'elsewhere'>): void => {
    const isSame =
      presented === next.presented && shown === next.shown && elsewhere === next.elsewhere;
    ({ presented, shown, elsewhere } = next);
    if (!isSame) handleChange();
  };
  const settle = (): void => {
    set({ presented: pages.size > 0, shown: showing.size > 0, elsewhere });
  };
  /** That there is one, is told at once. */
  const note = (): void => {
    clearTimeout(absence);
    if (showing.size === 0) absence = setTimeout(settle, ABSENCE);
    set({
      presented: presented || pages.size > 0,
      shown: showing.size > 0 || shown,
      elsewhere,
    });
  };
  const startedBefore = (at: number): boolean => newest !== undefined && newest.startedAt < at;
  const noteRun = (status: RunStatus): void => {
    if (status.run !== newest?.run) {
      // A page that loads tells all that it knows.
      if (newest !== undefined && status.startedAt <= newest.startedAt) return;
      const isElsewhere = goesOn(status) && placeOf()?.step !== status.step;
      set({ presented, shown, elsewhere: isElsewhere ? status.step : null });
    } else if (!goesOn(status)) set({ presented, shown, elsewhere: null });
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
      if (isOver) set({ presented, shown, elsewhere: null });
    },
    leave: (page) => {
      pages.delete(page);
      showing.delete(page);
      note();
    },
    close: () => clearTimeout(absence),
  };
};

const goesOn = ({ status, background }: RunStatus): boolean => status === 'running' || background;
