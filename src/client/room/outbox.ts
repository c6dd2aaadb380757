/**
 * What was reported, until the hub has it in its log: in order, one after the other, and again after a
 * reconnect under the same id. It survives its page as well: somebody who votes may be taken to the next
 * chapter in the same second.
 */
import type { Report } from '../../../server/workshop/protocol.ts';
import { uuid } from '../uuid.ts';
import { letters as kept, type Letter } from './membership.ts';
import type { Slot } from './slot.ts';

export interface Outbox {
  /** @param id the same for what counts once, whoever says it. */
  post(report: Report, id?: string): void;
  /** There is a connection: what is first is sent, and sent again. */
  begin(): void;
  /** There is none any more. */
  end(): void;
  /** The hub has it. */
  settle(id: string): void;
  /** The hub will never take it. */
  discard(id: string): void;
  /** The class has gone: what was for its moment is for no other. */
  dropPassing(): void;
  /** What the hub has not answered, the oldest first. */
  readonly waiting: readonly Report[];
  /** Milliseconds since 1970 when what the hub has not answered was sent. */
  readonly waitingSince: number | undefined;
}

/** More than anybody reports while a hub is away. */
const MOST = 500;

export const createOutbox = (
  send: (letter: Letter) => void,
  settled: (letter: Letter) => void = () => {},
  slot: Slot<Letter[]> = kept,
): Outbox => {
  let open = false;
  let sentAt: number | undefined;

  /** Whose they are is known once their class is: a page may come into another than the last. */
  const all = (): readonly Letter[] => slot.read() ?? [];
  const keep = (next: readonly Letter[]): void =>
    slot.write(next.length === 0 ? undefined : [...next]);
  const sendFirst = (): void => {
    const [first] = all();
    sentAt = open && first !== undefined ? Date.now() : undefined;
    if (open && first !== undefined) send(first);
  };
  /** @returns what it was. */
  const takeOut = (id: string): Letter | undefined => {
    const letters = all();
    const letter = letters.find((each) => each.id === id);
    if (letter !== undefined) keep(letters.filter((each) => each !== letter));
    return letter;
  };
  return {
    get waiting() {
      return all().map(({ report }) => report);
    },
    get waitingSince() {
      return sentAt;
    },
    post: (report, id = uuid()) => {
      const letters = all();
      if (letters.some((letter) => letter.id === id)) return;
      keep([...letters, { id, report }].slice(-MOST));
      if (letters.length === 0 || sentAt === undefined) sendFirst();
    },
    begin: () => {
      open = true;
      sendFirst();
    },
    end: () => {
      open = false;
      sentAt = undefined;
    },
    settle: (id) => {
      const letter = takeOut(id);
      if (letter === undefined) return;
      settled(letter);
      sendFirst();
    },
    discard: (id) => {
      if (takeOut(id) !== undefined) sendFirst();
    },
    dropPassing: () =>
      keep(all().filter(({ report: { kind } }) => kind !== 'hand' && kind !== 'vote')),
  };
};
