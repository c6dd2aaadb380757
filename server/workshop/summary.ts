/** A class on one page that needs nothing else: to read, to print, to pass on. */
import type { Entry } from './events.ts';
import { type PollState, type RoomState, runs } from './state.ts';
import { LABS, peopleOf, STATUS } from './table.ts';
import { countVotes } from './view.ts';

export const summaryPage = (
  room: RoomState,
  entries: readonly Entry[],
  steps: readonly string[],
  titleOf: (step: string) => string,
): string => {
  const people = peopleOf(room);
  const days = new Set(entries.map(({ event }) => new Date(event.at).toLocaleDateString('ko-KR')));
  const hands = entries.filter(
    ({ event }) => event.kind === 'reported' && event.report.kind === 'hand' && event.report.up,
  );
  return `<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${asText(room.name)} 요약</title>
<style>${STYLE}</style>
<h1>${asText(room.name)}</h1>
<p>${asText([...days].join(', '))} · 참가자 ${people.length}명 · 도움 요청 ${hands.length}번</p>
<h2>단계마다</h2>
${table(
  ['단계', '성공', '실패', '그 밖', '시작하지 않음'],
  steps.map((step) => {
    const states = people.flatMap((person) => person.steps[step]?.status ?? []);
    const [passed, failed] = (['passed', 'failed'] as const).map(
      (wanted) => states.filter((status) => status === wanted).length,
    );
    const other = states.length - Number(passed) - Number(failed);
    return [
      titleOf(step),
      ...[passed, failed, other, people.filter(runs).length - states.length].map(String),
    ];
  }),
)}
<h2>막힌 이유</h2>
${table(
  ['단계', '사람', '이유'],
  failuresOf(entries).map(({ step, people: stuck, text }) => [
    titleOf(step),
    `${stuck.size}명`,
    text,
  ]),
)}
<h2>투표</h2>
${room.polls.map(pollOf).join('\n') || '<p>없었습니다.</p>'}
<h2>참가자</h2>
${table(
  ['이름', '실습 환경', '성공', '끝나지 않은 단계'],
  people.map((person) => {
    const { nickname, lab, steps: own } = person;
    const all = Object.entries(own);
    const open = all.filter(([, { status }]) => status !== 'passed');
    const texts = open.map(([step, { status }]) => `${titleOf(step)} (${STATUS[status]})`);
    const passed = runs(person) ? String(all.length - open.length) : '읽기만';
    return [nickname, LABS[lab], passed, texts.join(', ')];
  }),
)}
</html>
`;
};

interface Failure {
  readonly step: string;
  /** One of the words that people got. */
  readonly text: string;
  readonly people: Set<string>;
}

/** What has one cause is one row, also where it was mended later; most people first. */
const failuresOf = (entries: readonly Entry[]): Failure[] => {
  const failures = new Map<string, Failure>();
  for (const { event } of entries) {
    if (event.kind !== 'reported' || event.report.kind !== 'progress') continue;
    const { step, status, reason } = event.report;
    if ((status !== 'failed' && status !== 'refused') || reason === null) continue;
    const key = `${step} ${reason.kind}`;
    const failure = failures.get(key) ?? { step, text: reason.text, people: new Set() };
    failure.people.add(event.participant);
    failures.set(key, failure);
  }
  return [...failures.values()].toSorted((left, right) => right.people.size - left.people.size);
};

const pollOf = (poll: PollState): string => {
  const counts = countVotes(poll);
  const { outcome } = poll;
  const rows = poll.options.map(({ value, label }) => [
    label,
    `${counts[value] ?? 0}명`,
    ...(outcome === null ? [] : [value === outcome.value ? '✓ 실제 결과' : '']),
  ]);
  const head = ['답', '사람', ...(outcome === null ? [] : ['결과'])];
  const why = outcome && `<p>${asText(outcome.reason || '실제 결과를 알 수 없습니다.')}</p>`;
  return `<h3>${asText(poll.question)}</h3>${table(head, rows)}${why ?? ''}`;
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  if (rows.length === 0) return '<p>없었습니다.</p>';
  const line = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${asText(cell)}</${tag}>`).join('')}</tr>`;
  const body = rows.map((cells) => line(cells, 'td')).join('\n');
  return `<table><thead>${line(head, 'th')}</thead><tbody>\n${body}\n</tbody></table>`;
};

/** People typed it: it is text wherever it stands. */
const asText = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light dark }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; word-break: keep-all; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8884; overflow-wrap: break-word }
td:first-child, td:last-child { overflow-wrap: anywhere }
td:first-child { min-width: 5em }
`;
