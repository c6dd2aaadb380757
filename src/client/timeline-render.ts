import { timeline as strings } from '../strings/cluster.ts';
import { keep, setText } from './keep.ts';
import type { Timeline, TimelineEntry, Waiting } from './timeline.ts';

/** The newest first: it is what the reader has just done. Over it, what is waited for. */
export const renderTimeline = (root: Element, { entries, waiting }: Timeline): void => {
  const list = root.querySelector('[data-part="timeline"]');
  const empty = root.querySelector<HTMLElement>('[data-part="timeline-empty"]');
  if (list === null || empty === null) return;
  empty.hidden = entries.length > 0;
  keep<Waiting | TimelineEntry>(
    list,
    [...waiting, ...entries.toReversed()],
    (each) => ('text' in each ? `${each.at} ${each.text}` : each.broker),
    (row, each) => ('text' in each ? renderEntry(row, each) : renderWaiting(row, each)),
    'li',
  );
};

const renderWaiting = (row: HTMLElement, { broker, milliseconds }: Waiting): void => {
  row.dataset.kind = 'waiting';
  setText(row, strings.waiting(broker, milliseconds));
};

const renderEntry = (row: HTMLElement, { at, kind, text, after }: TimelineEntry): void => {
  if (row.firstElementChild !== null) return;
  row.dataset.kind = kind;
  const time = document.createElement('time');
  const date = new Date(at);
  time.dateTime = date.toISOString();
  time.textContent = date.toTimeString().slice(0, 8);
  const words = document.createElement('span');
  setText(words, text);
  row.append(time, ' ', words);
  if (after === undefined) return;
  const since = document.createElement('small');
  since.textContent = strings.after(after.broker, after.milliseconds);
  row.append(' ', since);
};
