/** Until when a poll is shown in each participant's bar. On the wall: `wall.ts`. */
import type { Poll } from '../../../server/workshop/protocol.ts';

/** The poll that was open last, and the class's moves then. */
export interface Asked {
  readonly poll: string;
  readonly moves: number;
}

/** Where that is remembered. */
export interface AskedSlot {
  read(): Asked | undefined;
  write(asked: Asked): void;
}

/** One that has ended stays until the class goes on to something else. */
export const isAsked = (
  { poll, open }: Pick<Poll, 'poll' | 'open'>,
  moves: number,
  slot: AskedSlot,
): boolean => {
  const last = slot.read();
  const isSame = last?.poll === poll && last.moves === moves;
  if (open && !isSame) slot.write({ poll, moves });
  return open || isSame;
};
