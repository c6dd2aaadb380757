/**
 * Who was asked for a look and has yet to answer, by whichever page of theirs is there: a page that loads
 * has forgotten it. In memory only.
 */
import type { Page } from './page.ts';
import type { ParticipantId } from './protocol.ts';

export interface Questions {
  ask(participant: ParticipantId, asker: Page): void;
  isAsked(participant: ParticipantId): boolean;
  /** It was answered, or is not asked any more. */
  end(participant: ParticipantId): void;
  /** The presenter's page has gone: nobody waits for an answer there. */
  leave(asker: Page): void;
}

export const createQuestions = (): Questions => {
  /** The page that asked last. */
  const open = new Map<ParticipantId, Page>();
  return {
    ask: (participant, asker) => void open.set(participant, asker),
    isAsked: (participant) => open.has(participant),
    end: (participant) => void open.delete(participant),
    leave: (asker) => {
      for (const [participant, by] of open) if (by === asker) open.delete(participant);
    },
  };
};
