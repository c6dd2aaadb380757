/** A class on one page that needs nothing else: to read, to print, to pass on. */
import type { Entry } from './events.ts';
import type { Participant, PollState, RoomState, Session } from './state.ts';
import { runs } from './state.ts';
import {
  type Chapter,
  chaptersOf,
  type Failure,
  failuresOf,
  type Help,
  helpOf,
  type Progress,
  runnersOf,
} from './summary-facts.ts';
import { STYLE } from './summary-style.ts';
import { LABS, peopleOf, STATUS } from './table.ts';
import { countVotes } from './view.ts';

/** What stands between a chapter's title and a step's. */
const WITHIN = ' › ';

/** @param room as `withoutRefusals` makes it of the entries. */
export const summaryPage = (
  room: RoomState,
  entries: readonly Entry[],
  /** All that may have been run, in the book's order. */
  all: readonly string[],
  titleOf: (step: string) => string,
): string => {
  const people = peopleOf(room);
  const steps = all.filter((step) => people.some((person) => person.steps[step] !== undefined));
  /** Who had a lab, whether they ran anything in it or not. */
  const able = people.filter(runs).length;
  const help = helpOf(entries);
  const failures = failuresOf(room, entries);
  const last = entries.at(-1)?.event.at;
  return `<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${asText(room.name)} 요약</title>
<style>${STYLE}</style>
<main>
<header>
<p class="kind">수업 요약</p>
<h1>${asText(room.name)}</h1>
${lines(room.sessions.map((session) => `<p class="when">${asText(timeOf(session, last))}</p>`))}
<dl class="figures">
${figure('참가자', `${people.length}명`)}
${figure('실습한 사람', `${runnersOf(people).length}명`)}
${figure('실행한 단계', `${steps.length}개`)}
${figure('투표', `${room.polls.length}번`)}
${figure('도움 요청', `${help.asked}번`)}
</dl>
</header>
<h2>단원마다 어디까지</h2>
${steps.length === 0 ? NOTHING : KEY}
${lines(chaptersOf(people, steps).map((chapter) => chapterOf(chapter, able, titleOf)))}
<h2>자주 막힌 이유</h2>
${failures.length === 0 ? NOTHING : `<ol class="rows">\n${lines(failures.map((each) => failureOf(each, able, titleOf)))}\n</ol>`}
<h2>투표</h2>
${lines(room.polls.map((poll) => pollOf(poll, titleOf))) || NOTHING}
<h2>도움 요청</h2>
${helped(help)}
<h2>참가자</h2>
${people.length === 0 ? NOTHING : tableOf(people, titleOf)}
</main>
<footer>참가자가 고른 별명이 들어 있습니다. 수업 밖의 사람에게 보낼 때는 먼저 확인하세요.</footer>
</html>
`;
};

const NOTHING = '<p class="muted">없었습니다.</p>';

const day = new Intl.DateTimeFormat('ko', {
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** @param last when the log's last word was said: after that, nothing is known of one that was not closed. */
const timeOf = ({ from, until }: Session, last = from): string =>
  until === null
    ? `${day.formatRange(from, Math.max(from, last))} (닫지 않음, 마지막 기록까지)`
    : day.formatRange(from, until);

const figure = (name: string, value: string): string =>
  `<div><dt>${name}</dt><dd>${value}</dd></div>`;

const KEY = `<p class="key">${[
  ['passed', '성공'],
  ['failed', '실패'],
  ['open', '중지하거나 끝을 모름'],
  ['untried', '시작하지 않음'],
]
  .map(([part, name]) => `<span><i class="${part}"></i>${name}</span>`)
  .join('')}</p>`;

const chapterOf = (
  { id, steps, began, finished }: Chapter,
  able: number,
  titleOf: (step: string) => string,
): string => {
  const first = titleOf(steps[0]?.step ?? id);
  const title = first.includes(WITHIN) ? first.slice(0, first.indexOf(WITHIN)) : id;
  return `<section class="box"><h3>${asText(title)}</h3>
<p class="about">자기 실습실로 참가한 ${able}명 중 ${began}명이 시작했고, ${finished}명이 아래의 단계를 모두 성공했습니다.</p>
<ul class="rows">
${lines(steps.map((each) => stepOf(each, titleOf(each.step).replace(`${title}${WITHIN}`, ''))))}
</ul></section>`;
};

const stepOf = ({ passed, failed, stopped, open, untried }: Progress, title: string): string => {
  const parts = [
    [passed, 'passed'],
    [failed, 'failed'],
    [stopped + open, 'open'],
    [untried, 'untried'],
  ] as const;
  const said = [
    [passed, STATUS.passed],
    [failed, STATUS.failed],
    [stopped, STATUS.stopped],
    [open, STATUS.unknown],
    [untried, '시작하지 않음'],
  ] as const;
  const words = said.filter(([count], at) => count > 0 || at === 0);
  return row(
    title,
    parts.filter(([count]) => count > 0),
    // Each on one line.
    words.map(([count, name]) => `${name} ${count}`.replaceAll(' ', '\u00A0')).join(' · '),
  );
};

const failureOf = (
  { steps, text, people, mended }: Failure,
  able: number,
  titleOf: (step: string) => string,
): string => {
  const [first = '', ...others] = [...steps].map(titleOf);
  const where = others.length === 0 ? first : `${first} 등 단계 ${steps.size}개`;
  const all = mended === people.size ? '모두 나중에 성공' : `${mended}명은 나중에 성공`;
  return `<li><span><b>${asText(text)}</b><br><span class="muted">${asText(where)}</span></span>${bar(
    [
      [people.size, 'failed'],
      [able - people.size, 'untried'],
    ],
  )}<span>${people.size}명${mended === 0 ? '' : ` · ${all}`}</span></li>`;
};

const pollOf = (poll: PollState, titleOf: (step: string) => string): string => {
  const counts = countVotes(poll);
  const { outcome, question, step, options } = poll;
  const all = Object.keys(poll.votes).length;
  const rows = options.map(({ value, label }) => {
    const count = counts[value] ?? 0;
    const share = all === 0 ? '' : ` · ${Math.round((count / all) * 100)}%`;
    const parts = [
      [count, 'share'],
      [all - count, 'untried'],
    ] as const;
    return row(label, parts, `${count}명${share}`, value === outcome?.value ? 'real' : '');
  });
  const right = counts[outcome?.value ?? ''];
  const about = [
    ...(step === null ? [] : [titleOf(step)]),
    `${all}명 답함`,
    ...(right === undefined ? [] : [`${right}명 맞힘`]),
  ];
  const why =
    outcome && (outcome.reason || (outcome.value === null && '실제 결과를 알 수 없습니다.'));
  return `<section class="box poll"><h3>${asText(question)}</h3>
<p class="about">${asText(about.join(' · '))}</p>
<ul class="rows">
${lines(rows)}
</ul>${why ? `<p class="reason">${asText(why)}</p>` : ''}</section>`;
};

const helped = ({ asked, people, solved, withdrawn, wait }: Help): string => {
  if (asked === 0) return NOTHING;
  const minutes = Math.round((wait ?? 0) / 60_000);
  const waited = minutes < 1 ? '1분 안' : `${minutes}분`;
  return `<p>${people}명이 ${asked}번 손을 들었습니다. 강사가 ${solved}번 해결했고, ${withdrawn}번은 스스로 내렸거나 수업이 끝나며 내려갔습니다.${
    wait === null ? '' : ` 도우러 가기까지 걸린 시간의 중앙값은 ${waited}입니다.`
  }</p>`;
};

const tableOf = (people: readonly Participant[], titleOf: (step: string) => string): string => {
  const rows = people.map((person) => {
    const all = Object.entries(person.steps);
    const open = all.filter(([, { status }]) => status !== 'passed');
    const texts = open.map(([step, { status }]) => `${titleOf(step)} (${STATUS[status]})`);
    const passed = runs(person) ? `${all.length - open.length}단계` : '읽기만';
    const list =
      texts.length === 0
        ? ''
        : `<ul>${texts.map((text) => `<li>${asText(text)}</li>`).join('')}</ul>`;
    return `<tr><td>${asText(person.nickname)}</td><td>${LABS[person.lab]}</td><td>${passed}</td><td>${list}</td></tr>`;
  });
  return `<table class="wide"><thead><tr><th>이름</th><th>실습 환경</th><th>성공</th><th>성공하지 못한 단계</th></tr></thead><tbody>
${lines(rows)}
</tbody></table>`;
};

type Parts = readonly (readonly [number, string])[];

/** The words say the same: it is for the eye. */
const bar = (parts: Parts): string =>
  `<span class="bar" aria-hidden="true">${parts
    .filter(([count]) => count > 0)
    .map(([count, kind]) => `<i class="${kind}" style="flex:${count}"></i>`)
    .join('')}</span>`;

const row = (name: string, parts: Parts, said: string, kind = ''): string =>
  `<li${kind && ` class="${kind}"`}><b>${asText(name)}</b>${bar(parts)}<span>${said}</span></li>`;

const lines = (parts: readonly string[]): string => parts.join('\n');

/** People typed it: it is text wherever it stands. */
const asText = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
