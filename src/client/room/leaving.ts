/** Out of a room: this browser is so at once, and tells the hub until that has forgotten who has left. */
import { labOfPage } from './lab-of-page.ts';
import { type Leaver, leavers, type Participation } from './membership.ts';
import { RoomConnection } from './room-connection.ts';

/**
 * Milliseconds. No hub says that it is gone for good. A class that goes on does so within weeks; later,
 * somebody else may have its address, who need not hear of it.
 */
const LONGEST = 30 * 24 * 3600 * 1000;

/** By their tokens: told once by each page. */
const told = new Map<string, Promise<void>>();

const all = (): Leaver[] => leavers.read() ?? [];

const keep = (next: readonly Leaver[]): void =>
  leavers.write(next.length === 0 ? undefined : [...next]);

const tell = ({ hub, token, room }: Leaver): Promise<void> =>
  new Promise((resolve) => {
    const credential = { as: 'leaver', token, room } as const;
    const line = new RoomConnection({ hub, credential, lab: () => labOfPage(hub) });
    line.subscribe({
      handleState: (state) => {
        if (state !== 'ended') return;
        keep(all().filter((each) => each.token !== token));
        resolve();
      },
    });
  });

const tellOnce = (who: Leaver): Promise<void> => {
  const answer = told.get(who.token) ?? tell(who);
  told.set(who.token, answer);
  return answer;
};

/** Of all who have left before. @returns once no hub knows any of them. */
export const finishLeaving = async (): Promise<void> => {
  const now = Date.now();
  // An older edition did not say when.
  const dated = all().map((each) => ({ leftAt: now, ...each }));
  keep(dated.filter(({ leftAt }) => now - leftAt < LONGEST));
  await Promise.all(all().map(tellOnce));
};

/** The same twice is once. @returns once the hub has forgotten them. */
export const leave = ({ hub, token, room }: Participation): Promise<void> => {
  const who = { hub, token, room, leftAt: Date.now(), isHidden: false };
  if (!isLeaving(token)) keep([...all(), who]);
  return tellOnce(who);
};

export const isLeaving = (token: string): boolean => all().some((each) => each.token === token);

/** Whether there is something to say of it. */
export const isLeavingShown = (): boolean => all().some(({ isHidden }) => !isHidden);

/** Whether it was put away, here or in another tab. */
export const isLeavingHidden = (): boolean => {
  const known = all();
  return known.length > 0 && known.every(({ isHidden }) => isHidden);
};

export const hideLeaving = (): void => keep(all().map((each) => ({ ...each, isHidden: true })));
