/** The ledger as a table: what was sent, and, once it has been read back, what that proves. */
import { figure as strings } from '../strings/figure.ts';
import { keep, setText } from './keep.ts';
import type { Series } from './run-series.ts';

type Row = readonly [name: string, value: number];

export const renderLedger = (host: HTMLElement, { last, ledger, what }: Series): void => {
  host.hidden = what === 'read';
  if (host.hidden) return;
  const acked = last.counts.reduce((sum, count) => sum + count, 0);
  // What has ended is not all that was sent.
  const waiting = ledger === undefined ? last.waiting.reduce((sum, count) => sum + count, 0) : 0;
  const { sent, failed, unknown } = ledger ?? {
    ...last,
    sent: acked + last.failed + last.unknown + waiting,
  };
  const { rows } = strings;
  const tables: (readonly [string, readonly Row[]])[] = [
    [
      strings.sent,
      [
        [rows.sent, sent],
        [rows.acked, ledger?.acked ?? acked],
        [rows.failed, failed],
        [rows.unknown, unknown],
        ...(ledger === undefined ? [[rows.waiting, waiting] as const] : []),
      ],
    ],
  ];
  if (ledger !== undefined) {
    const proved = ['read', 'lost', 'duplicated', 'outOfOrder', 'misplaced', 'foreign'] as const;
    tables.push([strings.readBack, proved.map((name): Row => [rows[name], ledger[name]])]);
  }
  keep(
    host,
    [...tables.map(([title, lines]) => ({ title, lines })), ...(ledger ? [ledger.verdict] : [])],
    (part) => (typeof part === 'string' ? 'verdict' : part.title),
    (element, part) => {
      if (typeof part === 'string') {
        element.className = 'verdict';
        element.dataset.verdict = part;
        setText(element, strings.verdicts[part]);
      } else {
        renderTable(element, part.title, part.lines);
      }
    },
  );
};

const renderTable = (host: HTMLElement, title: string, lines: readonly Row[]): void => {
  if (host.firstElementChild === null)
    host.innerHTML = '<table><caption></caption><tbody></tbody></table>';
  const [caption, body] = [host.querySelector('caption'), host.querySelector('tbody')];
  if (caption === null || body === null) return;
  setText(caption, title);
  keep(
    body,
    lines,
    ([name]) => name,
    (line, [name, value]) => {
      if (line.firstElementChild === null) line.innerHTML = '<th scope="row"></th><td></td>';
      const [label, number] = line.children;
      if (label === undefined || number === undefined) return;
      setText(label, name);
      setText(number, value.toLocaleString('ko'));
    },
    'tr',
  );
};
