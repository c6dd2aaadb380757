/** The presenter's dashboard of a workshop, and what the projector shows. */
import type { Shut } from '../../server/workshop/codes.ts';
import { present } from './present.ts';

// Made once: to make one takes longer than to use it a hundred times.
const number = new Intl.NumberFormat('ko');
const time = new Intl.DateTimeFormat('ko', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const day = new Intl.DateTimeFormat('ko', {
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const people = (count: number): string => `${number.format(count)}명`;

/** `10:42`, as the presenter's clock on the wall. */
const clock = (date: Date): string => time.format(date);

/** Minutes are enough: nobody is helped by seconds. */
const ago = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return '방금';
  return minutes < 60 ? `${minutes}분` : `${Math.floor(minutes / 60)}시간 ${minutes % 60}분`;
};

const OFFLINE = '연결 끊김';

const LABS = { local: '로컬', docker: 'Docker', none: '브라우저' } as const;

/** What a failure is called where there is room for a word. */
const KINDS: Readonly<Record<string, string>> = {
  'port-taken': '포트',
  'cluster-down': '꺼짐',
  'no-cluster': '꺼짐',
  'docker-down': 'Docker',
  unavailable: '실습실',
  internal: '실습실',
  image: '이미지',
  disk: '디스크',
  'no-container': '없음',
  'no-broker': '멈춤',
  paused: '정지',
  'few-brokers': '브로커',
  'no-answer': '응답',
  'no-leader': '리더',
  'no-replicas': '복제본',
  'no-topic': '토픽',
  'topic-exists': '토픽',
  'container-name': '이름',
  java: 'Java',
  timeout: '시간',
  check: '확인',
  exit: '오류',
  other: '결과',
};

export const dashboard = {
  title: '수업 현황',
  of: (name: string) => `${name} · 수업 현황`,
  description: '누가 어디에서 막혔는지 보고, 수업을 이끄는 강사 화면입니다.',
  noScript: '이 화면은 자바스크립트를 켜야 볼 수 있습니다.',
  connecting: '수업 서버에 연결하는 중',
  open: '연결됨',
  /** @param again what to do, with the command: no class is to read that. */
  closed: (at: Date, again: string) =>
    `${clock(at)}에 수업을 닫았습니다. 아래는 그때의 모습입니다. ${again}`,
  lost: (at: Date) =>
    `${clock(at)}에 수업 서버와 연결이 끊겼습니다. 다시 연결하는 중이며, 아래는 그때의 모습입니다. 오래 걸리면 npm run workshop을 실행한 터미널을 확인하세요.`,
  absent:
    '여기에는 수업 서버가 없습니다. 터미널에서 npm run workshop을 실행하고, 거기에 나온 Ready: 줄의 주소를 토큰까지 그대로 여세요.',
  denied:
    '이 화면은 강사만 볼 수 있습니다. npm run workshop이 출력한 Ready: 줄의 주소를 토큰까지 그대로 여세요.',
  // It may be the class of this tab that is led again, after another was in this browser.
  over: '수업이 바뀌어, 이 탭으로는 지금 열린 수업을 볼 수 없습니다. npm run workshop이 출력한 Ready: 줄의 주소를 토큰까지 그대로 여세요.',
  replaced: (before: string, name: string) =>
    `이 탭에 보이던 ‘${before}’ 수업 대신, 지금 열린 ‘${name}’ 수업을 보여 줍니다.`,
  refused: (message: string) => `수업 서버가 받아들이지 않았습니다: ${message}`,
  /** No page of the presenter's shows its lab. */
  unseen:
    '강사의 실습실을 보여 주는 교재 탭이 없어, 실행하는 것이 참가자에게 보이지 않습니다. npm start로 연 교재의 수업 참가 페이지(/workshop/)에 Ready: 줄의 주소를 붙여 넣으면 보입니다.',
  waits: '연결되는 대로 보냅니다.',
  /** The class was closed. */
  shut: '수업이 닫혀 있어 하지 않았습니다. 수업을 다시 연 다음에 눌러 주세요.',
  noHub: '수업 서버와 연결이 끊겨 있어 하지 못했습니다. 연결된 뒤에 다시 눌러 주세요.',
  people: (online: number, all: number) =>
    all === 0 ? '아직 아무도 없습니다' : `${people(online)} 접속 · 모두 ${people(all)}`,
} as const;

export const join = {
  title: '참가 방법',
  address: '주소',
  code: '참가 코드',
  others: (addresses: readonly string[]) => `다른 주소: ${addresses.join(', ')}`,
  expires: (at: Date) => `코드는 ${day.format(at)}까지 유효합니다.`,
  expired: '코드가 만료되었습니다. 새 코드로 바꾸어야 더 들어올 수 있습니다.',
  renew: {
    ask: '새 코드',
    warning: '지금 코드로는 더 들어올 수 없게 됩니다. 이미 들어온 사람은 그대로 있습니다.',
    sure: '새 코드로 바꾸기',
    stay: '그대로 두기',
  },
  renewed: '새 코드로 바뀌었습니다.',
  shut: ({ address }: Shut) =>
    `${address === null ? '여러 곳에서' : `${address}에서`} 틀린 참가 코드가 너무 많이 와서 ${address === null ? '' : '그곳에서는 '}1분 동안 코드를 적어 들어올 수 없습니다. QR 코드나 복사한 주소로는 들어올 수 있고, 이미 들어온 사람은 그대로 있습니다.`,
  /** Without `--lan`, or without a network. */
  onlyHere:
    '이 컴퓨터에서만 들어올 수 있습니다. 다른 컴퓨터에서도 들어오게 하려면 --lan으로 다시 여세요.',
  qr: '참가 주소의 QR 코드',
  copy: '주소 복사',
  copied: '복사했습니다.',
  copyFailed: '복사하지 못했습니다.',
  projector: '프로젝터 화면 열기',
} as const;

export const away = {
  remove: (count: number) => ({
    ask: `연결이 끊긴 ${people(count)} 내보내기`,
    warning: `지금 연결되어 있지 않은 ${people(count)}의 기록이 모두 지워집니다. 잠시 끊긴 사람도 참가 코드로 다시 들어와야 합니다. 코드를 아는 사람이 다시 들어오지 못하게 하려면 먼저 새 코드로 바꾸세요.`,
    sure: `정말 ${people(count)} 내보내기`,
    stay: '그대로 두기',
  }),
} as const;

export const late = {
  since: '언제부터 ',
  time: (since: Date, count: number) => `${clock(since)}부터 ${people(count)}`,
  remove: (since: Date, count: number) => ({
    ask: `${clock(since)}부터 들어온 ${people(count)} 내보내기`,
    warning: `${clock(since)}부터 처음 들어온 사람은 지금 연결되어 있어도 모두 나가고 기록이 지워집니다. 참가 코드도 바로 새 코드로 바뀌므로, 그 사이에 들어온 참가자는 새 코드로 다시 들어와야 합니다.`,
    sure: `정말 ${people(count)} 내보내고 코드 바꾸기`,
    stay: '그대로 두기',
  }),
} as const;

export const help = {
  title: '도움 요청',
  none: '손을 든 사람이 없습니다.',
  /** @param claimed to whom somebody goes. */
  count: (waiting: number, claimed: number) =>
    [
      ...(waiting === 0 ? [] : [`${people(waiting)} 기다림`]),
      ...(claimed === 0 ? [] : [`${people(claimed)}에게 가는 중`]),
    ].join(' · '),
  waiting: (ms: number) => (ms < 60_000 ? '방금 손듦' : `${ago(ms)}째 기다림`),
  away: OFFLINE,
  anywhere: '단계와 관계없이',
  claim: '가는 중',
  claimOf: (name: string) => `가는 중: ${name}`,
  claimed: '가는 중입니다',
  done: '해결',
  doneOf: (name: string) => `해결: ${name}`,
  look: (name: string) => `${name} 님 자세히 보기`,
  rest: (count: number) => `그 뒤에 기다리는 ${people(count)}`,
} as const;

export const causes = {
  title: '막힌 이유',
  none: '막힌 사람이 없습니다.',
  cause: (count: number, text: string, away = 0) =>
    away === 0
      ? `${people(count)}: ${text}`
      : `${people(count)}(${away === count ? '' : `그중 ${people(away)} `}${OFFLINE}): ${text}`,
  others: (count: number) => (count === 0 ? '' : ` 외 ${count}가지`),
  rest: (count: number) => `그 밖의 이유 ${number.format(count)}개`,
  untold: '이유를 알 수 없음',
  all: '모두 보기',
  shown: (count: number, what: string) => `${what} — ${people(count)}만 보는 중`,
} as const;

export const preflight = {
  title: '사전 점검',
  summary: (ready: number, all: number) => `${people(all)} 중 ${people(ready)} 준비됨`,
  none: '아직 점검 결과가 없습니다.',
  rest: (count: number) => `그 밖의 결과 ${number.format(count)}개`,
  silent: (count: number) => `${people(count)}: 점검 결과를 기다리는 중`,
  readers: (count: number) => `${people(count)}: 실습실 없이 브라우저로 참가`,
} as const;

export const announcement = {
  title: '알림',
  label: '모두에게 보일 말',
  send: '알리기',
  clear: '지우기',
  none: '지금 보이는 알림이 없습니다.',
} as const;

export const timer = {
  title: '타이머',
  minutes: '분',
  label: '무엇을 하는 시간인지',
  placeholder: '예: 장애 훈련',
  start: '시작',
  stop: '끝내기',
  none: '돌아가는 타이머가 없습니다.',
  over: '시간이 다 되었습니다',
} as const;

export const poll = {
  title: '투표',
  from: '교재의 예상 질문',
  own: '직접 쓰기',
  question: '질문',
  options: '보기 (한 줄에 하나, 2~8개)',
  open: '투표 시작',
  end: present.close,
  again: '새 투표',
  none: '아직 연 투표가 없습니다.',
  votes: (count: number, all: number) => `${people(all)} 중 ${people(count)} 답함`,
  total: (count: number) => `${people(count)} 답함`,
  running: '답을 받는 중',
  ended: '결과 공개됨',
  bar: (count: number, share: number) => `${people(count)} · ${Math.round(share * 100)}%`,
  wrong: '질문 하나와, 서로 다른 보기 2~8개가 필요합니다.',
  twice: '같은 보기가 둘 있습니다.',
} as const;

export const matrix = {
  title: '참가자별 진행',
  caption: (chapter: string) => `${chapter}: 참가자와 단계`,
  chapter: '장',
  here: present.here,
  name: '참가자',
  now: '지금',
  /** Short, in a narrow column; its full name is `moveTo`. */
  go: '여기로',
  moveTo: (title: string) => `${present.everyone}: ${title}`,
  hereAt: (title: string) => `${present.here}: ${title}`,
  moveChapter: '모두 이 장의 처음으로',
  passedBy: (passed: number, all: number) => `${passed}/${all}`,
  passedByFull: (passed: number, all: number) => `${people(all)} 중 ${people(passed)} 성공`,
  /** In the place of both, where nobody has a lab. */
  passedByNobody: '실행할 사람 없음',
  search: '이름으로 찾기',
  none: '아직 아무도 참가하지 않았습니다. 위의 주소와 코드를 알려 주세요.',
  nobody: '찾는 사람이 없습니다.',
  page: (from: number, to: number, all: number) =>
    `${number.format(from)}–${number.format(to)} / ${people(all)}`,
  previous: '이전',
  next: '다음',
  keys: '화살표 키로 칸 사이를 오가고, Enter로 그 사람을 자세히 봅니다.',
  idle: '시작 전',
  /** Who has no lab. */
  reads: '읽기만',
  running: '실행 중',
  passed: '성공',
  /** Of what has passed, and is not to end by itself. */
  background: '아직 실행 중',
  passedAndRuns: '성공 · 실행 중',
  failed: '실패',
  stopped: '중지',
  unknown: '결과 모름',
  refused: '실행하지 않음',
  untold: '이유를 알 수 없음',
  at: clock,
  since: (date: Date) => `${clock(date)}부터`,
  ago,
  kind: (kind: string | undefined) => KINDS[kind ?? ''],
  lab: (lab: keyof typeof LABS) => LABS[lab],
  online: '접속 중',
  offline: OFFLINE,
  /** Beside the sign of what ran when its page was last heard of. */
  cut: '끊김',
  stuckThen: '막힌 채 끊김',
  runningThen: '실행 중에 끊김',
  hand: '손듦',
  claimed: '가는 중',
  nothing: '아직 실행 없음',
  stuck: (ms: number) => (ms < 60_000 ? '방금 막힘' : `${ago(ms)}째 막힘`),
  /** Since the first time. */
  retrying: (ms: number) => (ms < 60_000 ? '다시 시도 중' : `다시 시도 중 · ${ago(ms)}째`),
  slow: (ms: number) => `${ago(ms)}째 실행 중`,
  cell: (name: string, step: string, label: string) => `${name}, ${step}: ${label}`,
  person: (name: string) => `${name} 자세히 보기`,
} as const;

export const look = {
  title: (name: string) => `${name} 님`,
  close: '닫기',
  ask: '터미널 출력을 보여 달라고 하기',
  /** Where it covers the queue. */
  waiting: (count: number) => `다른 ${people(count)}이 도움을 기다립니다.`,
  toWaiting: '도움 요청 보기',
  asked: '물어보았습니다. 그 사람이 동의하면 여기에 보입니다.',
  away: '지금은 접속해 있지 않습니다.',
  noHub: '지금은 수업 서버와 연결이 끊겨 있습니다. 연결되면 다시 물어볼 수 있습니다.',
  noLab: '실습실이 없어 보여 줄 터미널이 없습니다.',
  shares: (name: string, step: string) => `${name} 님이 공유 중: ${step}`,
  strip: (name: string) => `${name} 님이 터미널을 보여 주고 있습니다.`,
  view: '보기',
  rest: (count: number) => `그 밖에 보여 주는 ${people(count)}`,
  ended: (name: string, at: Date) => `${name} 님의 공유가 ${clock(at)}에 끝났습니다.`,
  /** They have run its step again. */
  endedAnew: (name: string, at: Date) =>
    `${name} 님이 그 단계를 다시 실행해, 공유가 ${clock(at)}에 끝났습니다. 새 실행은 다시 물어보면 볼 수 있습니다.`,
  end: '그만 보기',
  declined: {
    refused: (name: string) => `${name} 님이 이번에는 보여 주지 않겠다고 했습니다.`,
    nothing: (name: string) =>
      `${name} 님에게는 보여 줄 실행이 없습니다. 단계를 실행한 뒤에 다시 물어보세요.`,
  },
  lost: '연결이 끊겨 공유 화면을 닫았습니다.',
  screen: (name: string) => `${name} 님이 공유한 터미널`,
  steps: '참가한 뒤에 실행한 단계',
  noSteps: '아직 없습니다.',
  doctor: (at: Date) => `사전 점검 (${clock(at)})`,
  good: '이상 없음',
  bad: '모자람',
  remove: {
    ask: '내보내기',
    warning:
      '이 사람의 연결이 끊기고, 기록은 모두 지워집니다. 참가 코드를 알면 다시 들어올 수 있으니, 그것도 막으려면 새 코드로 바꾸세요.',
    sure: '정말 내보내기',
    stay: '그대로 두기',
  },
  left: (name: string) => `${name} 님이 수업에서 나갔습니다.`,
} as const;

/** On the wall, a class reads it: what its presenter has to do, the dashboard says. */
const WAITS = '강사가 ‘수업 현황’에서 프로젝터 화면을 열면 여기에 수업이 보입니다.';

export const projector = {
  title: '프로젝터',
  connecting: '수업에 연결하는 중입니다.',
  open: '연결됨',
  lost: (at: Date) => `연결이 끊겨 다시 잇는 중입니다. 지금 보이는 것은 ${clock(at)}의 모습입니다.`,
  closed: '강사가 수업을 닫았습니다.\n다시 열리면 이 화면에서 이어집니다.',
  absent: `지금 여기에는 열린 수업이 없습니다.\n${WAITS}`,
  denied: WAITS,
  over: `이 화면에 보이던 수업은 끝났습니다.\n${WAITS}`,
  onlyHere:
    '지금은 강사의 컴퓨터에서만 들어올 수 있습니다. 모두 들어오는 방법은 강사의 ‘수업 현황’에 나옵니다.',
  how: '브라우저에서 이 주소를 열고 코드를 입력하거나, QR 코드를 찍으세요.',
  at: (place: string) => `${present.here}: ${place}`,
  people: (count: number) => `${people(count)} 접속 중`,
  timer: '남은 시간',
} as const;
