/** The last poll, live, and the form for the next. */
import type { Command, Place } from '../../../server/workshop/protocol.ts';
import { poll as strings } from '../../strings/class.ts';
import { setText } from '../keep.ts';
import { renderBars } from './bars-view.ts';
import type { ClassBook, ClassQuestion, ClassStep } from './class-book.ts';
import { part, typed } from './parts.ts';
import { complaint, linesOf } from './poll-options.ts';
import type { Desk, View } from './view.ts';

type PollCommand = Extract<Command, { kind: 'poll' }>;
type Options = PollCommand['options'];

export const createPollView = (root: HTMLElement, desk: Desk): View => {
  const form = part<HTMLFormElement>(root, 'poll-form');
  const wrong = part(root, 'poll-wrong');
  let open: string | undefined;

  /** By the presenter: what they have chosen, or written, stays. */
  let touched = false;

  const from = form.elements.namedItem('from') as HTMLSelectElement;
  const fill = (question: ClassQuestion): void => {
    (form.elements.namedItem('question') as HTMLInputElement).value = question.question;
    const labels = question.options.map(({ label }) => label).join('\n');
    (form.elements.namedItem('options') as HTMLTextAreaElement).value = labels;
  };
  /** Until then, it asks what the class is about to find out. */
  const follow = (place: Place | null): void => {
    const step = stepOf(desk.book, place?.step ?? '');
    const wanted = step?.question === undefined ? '' : step.id;
    if (touched || from.value === wanted) return;
    form.reset();
    from.value = wanted;
    if (step?.question !== undefined) fill(step.question);
  };
  from.addEventListener('change', () => {
    const question = stepOf(desk.book, from.value)?.question;
    if (question !== undefined) fill(question);
  });
  form.addEventListener('input', () => {
    touched = true;
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const labels = linesOf(typed(form, 'options'));
    setText(wrong, complaint(labels));
    if (complaint(labels) !== '') return;
    const step = stepOf(desk.book, typed(form, 'from'));
    const asked = step?.question;
    // Reworded, it is the presenter's own.
    const isBook =
      asked !== undefined &&
      asked.options.map(({ label }) => label).join('\n') === labels.join('\n');
    const options: Options = isBook
      ? [...asked.options]
      : labels.map((label, index) => ({ value: String(index + 1), label }));
    const isTold = desk.command({
      kind: 'poll',
      poll: crypto.randomUUID(),
      step: isBook && step !== undefined ? step.id : null,
      question: typed(form, 'question'),
      options,
    });
    if (!isTold) return;
    form.reset();
    touched = false;
    part<HTMLDetailsElement>(root, 'poll-new').open = false;
  });
  part(root, 'poll-end').addEventListener('click', () => {
    if (open !== undefined) desk.command({ kind: 'poll-end', poll: open });
  });

  return {
    render: ({ room }) => {
      follow(room.place);
      const poll = room.polls.at(-1);
      part(root, 'poll-shown').hidden = poll === undefined;
      setText(
        part(root, 'poll-state'),
        poll === undefined ? strings.none : poll.open ? strings.running : strings.ended,
      );
      open = poll?.open ? poll.poll : undefined;
      part(root, 'poll-end').hidden = open === undefined;
      part(root, 'poll-new').hidden = open !== undefined;
      if (poll === undefined) return;
      setText(part(root, 'question'), poll.question);
      renderBars(part(root, 'bars'), poll, true);
      setText(part(root, 'reason'), poll.outcome?.reason ?? '');
      const votes = Object.keys(poll.votes).length;
      const all = Object.keys(room.participants).length;
      // Once it has ended, others come and go.
      setText(part(root, 'votes'), poll.open ? strings.votes(votes, all) : strings.total(votes));
    },
  };
};

const stepOf = (book: ClassBook, id: string): ClassStep | undefined =>
  book.flatMap(({ steps }) => steps).find((step) => step.id === id);
