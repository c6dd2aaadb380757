import type { ClusterState } from '../../server/protocol.ts';
import { timeline as strings } from '../strings/cluster.ts';
import { keep, setText } from './keep.ts';
import type { Timeline, TimelineEntry, Waiting } from './timeline.ts';

/** Milliseconds up to which distances are to scale; where more has passed, the line is broken. */
const LONGEST = 30_000;
/** Milliseconds from which a distance has its number. */
const NOTED = 2_000;

interface Row {
  readonly point: Waiting | TimelineEntry;
  /** Milliseconds since the one below; 0 for the oldest. */
  readonly since: number;
}

/** The newest first: it is what the reader has just done. Over it, what is waited for. */
export const renderTimeline = (
  root: Element,
  timeline: Timeline,
  state: ClusterState | undefined,
): void => {
  const list = root.querySelector('[data-part="timeline"]');
  const empty = root.querySelector<HTMLElement>('[data-part="timeline-empty"]');
  if (list === null || empty === null) return;
  const { entries } = timeline;
  empty.hidden = entries.length > 0;
  const rows: Row[] = entries.map((point, index) => {
    const before = entries[index - 1];
    const isKnown = before !== undefined && before.kind !== 'gap' && !point.missed;
    return { point, since: isKnown ? point.at - before.at : 0 };
  });
  if (state !== undefined) {
    const newest = entries.at(-1);
    // All of them are waited for now: only the first is any time after what happened last.
    for (const [index, point] of timeline.waiting(state).entries())
      rows.push({
        point,
        since: index === 0 && newest ? state.at - newest.at : 0,
      });
  }
  keep(list, rows.toReversed(), keyOf, renderRow, 'li');
};

const keyOf = ({ point }: Row): string =>
  'text' in point ? `${point.at} ${point.text}` : point.broker;

const renderRow = (row: HTMLElement, { point, since }: Row): void => {
  const text = part(row, 'p');
  const waits = !('text' in point);
  if (waits) {
    row.dataset.kind = 'waiting';
    setText(text, strings.waiting(point.broker, point.milliseconds));
  } else if (text.firstElementChild === null) {
    row.dataset.kind = point.kind;
    if (point.status !== undefined) row.dataset.status = point.status;
    renderEntry(text, point);
  }
  row.style.setProperty('--seconds', `${Math.min(since, LONGEST) / 1_000}`);
  row.toggleAttribute('data-broken', since > LONGEST);
  setText(part(row, 'small'), since >= NOTED && !waits ? strings.later(since) : '');
};

const renderEntry = (text: Element, entry: TimelineEntry): void => {
  const { date, text: words, missed, after } = entry;
  const what = document.createElement('span');
  setText(what, words);
  // It is all the time between two others.
  if (entry.kind === 'gap') {
    text.append(what);
    return;
  }
  const time = document.createElement('time');
  const when = new Date(date);
  time.dateTime = when.toISOString();
  const clock = when.toTimeString().slice(0, 8);
  const isToday = when.toDateString() === new Date().toDateString();
  const told = isToday ? clock : `${strings.date(when)} ${clock}`;
  time.textContent = missed ? strings.before(told) : told;
  text.append(time, ' ', what);
  if (after === undefined) return;
  const since = document.createElement('em');
  since.textContent = strings.after(after.what, after.milliseconds);
  text.append('\u00a0· ', since);
};

/** The row's own child of that kind, made where there is none yet. */
const part = (row: HTMLElement, tag: 'p' | 'small'): Element => {
  const there = row.querySelector(`:scope > ${tag}`);
  if (there !== null) return there;
  const made = document.createElement(tag);
  row.append(made);
  return made;
};
