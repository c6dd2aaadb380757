/** The presenter's last question: asked, and when it has ended, how many gave which answer. */
import type { Poll } from '../../../server/workshop/protocol.ts';
import { poll as strings } from '../../strings/room.ts';
import { make } from './make.ts';
import { hiddenPoll, votes } from './membership.ts';
import { createOwnQuestion, watchSteps } from './own-question.ts';
import { createPollQuestion, type PollQuestion } from './poll-question.ts';
import { createPollResult } from './poll-result.ts';
import type { Room } from './room.ts';

export interface PollView {
  readonly element: HTMLElement;
  render(): void;
}

/** Put away before it was known what has happened, it comes once more. */
const nameOf = ({ poll, outcome }: Poll): string => (outcome === null ? poll : `${poll} outcome`);

export const createPoll = (room: Pick<Room, 'view' | 'vote' | 'line'>): PollView => {
  const element = make('div', { 'data-part': 'poll' });
  /** What is drawn: drawn anew, a choice that was not sent would be lost. */
  let drawn = '';
  let question: PollQuestion | undefined;
  /** The last poll that ended while a choice here was not sent. */
  let unsent = '';
  const result = createPollResult(element, (poll) => {
    hiddenPoll.write(nameOf(poll));
    render();
  });

  const voted = (label: string): string => {
    const isWaiting = room.line.waiting.some(({ kind }) => kind === 'vote');
    const isLater = isWaiting && room.line.state !== 'open';
    return isLater ? strings.votedLater(label) : strings.voted(label);
  };
  /** What is said in the step of the question. */
  const ownQuestion = createOwnQuestion(
    () => question?.submit(),
    voted,
    () => question?.yield(),
  );
  const renderStep = (): void => {
    const isOver = room.line.state === 'ended' || room.line.isGone;
    const { poll = null } = isOver ? {} : (room.view ?? {});
    ownQuestion.render(poll && { ...poll, answer: votes.read()?.[poll.poll] });
  };
  watchSteps(() => {
    question?.takeChoice();
    renderStep();
  });

  const ask = (poll: Poll): void => {
    question = createPollQuestion(poll, {
      send: (value) => room.vote(poll.poll, value),
      voted,
      handleChoice: renderStep,
    });
    element.replaceChildren(question.element);
  };
  const render = (): void => {
    const { poll = null } = room.view ?? {};
    if (poll?.open === true && poll.poll === question?.poll) question.render();
    renderStep();
    const shows = poll !== null && !poll.past;
    // Of a class that is not led now, nothing is asked.
    element.hidden = !shows || room.line.isGone || hiddenPoll.read() === nameOf(poll);
    if (!shows) return;
    const next = `${poll.poll} ${poll.open} ${JSON.stringify([poll.counts, poll.outcome])}`;
    if (next === drawn) return;
    if (!drawn.startsWith(poll.poll)) result.fold();
    if (!poll.open && question?.poll === poll.poll && question.isUnsent) unsent = poll.poll;
    drawn = next;
    if (poll.open) {
      ask(poll);
      return;
    }
    question = undefined;
    result.draw(poll, unsent === poll.poll);
  };
  return { element, render };
};
