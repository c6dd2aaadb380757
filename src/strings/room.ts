/** What a participant of a workshop reads. */
import type { RoomState } from '../client/room/room-connection.ts';

const states: Readonly<Record<RoomState, string>> = {
  connecting: '수업에 연결하는 중',
  open: '연결됨',
  lost: '수업 서버와 연결이 끊겼습니다. 다시 연결하는 중',
  ended: '수업에서 나왔습니다',
};

export const room = {
  region: '수업',
  states,
  retrying: '다시 연결되면 저절로 이어집니다.',
  /** To who has a lab of their own, of a class that is closed. */
  toldLater:
    '다시 열리면 저절로 이어집니다. 그때까지 실행한 단계도 강사에게 전해지고, 수업 메뉴에서 나가면 전해지지 않습니다.',
  denied: 'npm start가 출력한 주소(?token=… 포함)로 열어야 수업에 연결할 수 있습니다.',
  noSidecar: '이 컴퓨터의 실습실이 답하지 않습니다. npm start가 켜져 있는지 확인해 주세요.',
  away: '강사 자리 비움',
  /** The presenter is there, and no page of theirs shows what they run. */
  unseen: '연결됨 · 지금은 강사 화면이 보이지 않습니다',
  elsewhereRuns: (title: string) => `강사가 실행 중: ‘${title}’`,
  elsewhereRan: (title: string) => `강사가 방금 실행: ‘${title}’`,
  /** Somebody else's words follow. */
  announcement: '알림',
  ofNews: (text: string) => `알림 ${text}`,
  fold: '접기',
  follow: '따라가기',
  following: '강사가 ‘모두 여기로’를 누르면 이 페이지도 그곳으로 이동합니다. 누르면 따로 읽습니다.',
  alone: '따로 읽는 중입니다. 누르면 수업이 있는 곳으로 갑니다.',
  hand: { down: '손들기', up: '손 내리기', claimed: '손 내리기' },
  handState: {
    down: '',
    up: '손을 들었습니다. 강사에게 보입니다.',
    claimed: '도와줄 사람이 오고 있습니다.',
  },
  /** While nobody hears. */
  lost: {
    following: '다시 연결되면 수업이 있는 곳으로 갑니다. 누르면 따로 읽습니다.',
    alone: '따로 읽는 중입니다. 누르면 다시 연결될 때 수업이 있는 곳으로 갑니다.',
    handState: {
      down: '',
      up: '손을 들었습니다. 다시 연결되면 강사에게 보입니다.',
      claimed: '다시 연결되면 도와줄 사람에게 보입니다.',
    },
  },
  menu: '수업 메뉴',
  /** Of what is announced. */
  more: '더 보기',
  as: (nickname: string) => `내 별명: ${nickname}`,
  /** Another class is led. */
  elsewhere: {
    /** In the place of what the hub says of it. */
    namesake:
      '강사가 같은 이름의 수업을 새로 열었습니다. 앞의 수업이 지워졌다면 다시 참가해 주세요.',
    /** After that: names the page below. */
    join: '들어가려면: 수업 참가 페이지',
  },
  /** To who has a browser only, and below, a lab of their own: of the same class, each page shows its own. */
  shares: '이 페이지에서 강사에게 보이는 것은 내 별명, 내가 보낸 답과 손들기뿐입니다.',
  sharesOfLab:
    '강사에게 보이는 것은 내 별명, 참가한 뒤에 실행한 단계의 이름과 결과(실패했다면 그 까닭), 이 컴퓨터의 준비 상태, 내가 보낸 답과 손들기입니다. 터미널 출력은 내가 그때그때 허락한 것만 보입니다.',
  notKept:
    '이 브라우저가 저장을 막고 있어, 이 페이지를 떠나거나 새로 고치면 수업에서도 나가게 됩니다. 그래서 다른 장으로는 저절로 따라가지 않습니다.',
  full: '이 사이트에 주어진 저장 공간이 가득 차, 이 페이지를 떠나거나 새로 고치면 수업에서도 나가게 됩니다. 그래서 다른 장으로는 저절로 따라가지 않습니다. 브라우저 설정에서 이 사이트의 데이터를 지우고 다시 참가하면 됩니다.',
  page: '수업 참가 페이지',
  leave: '나가기',
  leaving: '나가면 강사 쪽에 남은 내 별명과 기록이 지워지고, 다시 들어오려면 코드가 있어야 합니다.',
  leavingOffline:
    '연결이 끊겨 있습니다. 지금 나가면 강사 쪽에 남은 내 별명과 기록은 수업 서버와 다시 연결되는 대로 지워지고, 다시 들어오려면 코드가 있어야 합니다.',
  leaveSurely: '정말 나가기',
  stay: '머무르기',
  stillLeaving:
    '수업에서 나가는 중입니다. 강사 쪽에 남은 내 별명과 기록은 수업 서버가 답하는 대로 지워집니다.',
  /** As long as `leaving.ts` says. */
  whileLeaving: '이 브라우저는 그 답을 30일 동안 기다립니다.',
  stayWhileLeaving: '그때까지 이 페이지를 닫지 마세요.',
  ended: (reason: string) => (reason === '' ? '수업에서 나왔습니다.' : reason),
  rejoin: '다시 참가하기',
  close: '닫기',
  here: '지금 수업하는 단계',
  /** On another page. */
  where: (chapter: string) => `수업은 지금 ‘${chapter}’`,
  timer: {
    left: (time: string) => `남은 시간 ${time}`,
    over: '시간이 다 되었습니다',
    close: '끝난 시간 닫기',
  },
  /** To who has come late, and to who was there and stays behind. */
  late: '수업은 여기까지 왔는데, 내 클러스터는 아직 여기서 시작할 상태가 아닙니다. 앞 단계를 건너뛰고 그 상태로 맞출 수 있습니다.',
  catchUp: '여기서 시작 열기',
  ownPace: '괜찮습니다',
} as const;

const percent = (count: number, all: number): string =>
  `${all === 0 ? 0 : Math.round((100 * count) / all)}%`;

export const poll = {
  title: '강사의 질문',
  there: (question: string) => `강사의 클러스터에서 ${question}`,
  vote: '답하기',
  again: '답 바꾸기',
  choose: '하나를 골라 주세요.',
  foldQuestion: '질문 접기',
  unfoldQuestion: '질문 펼치기',
  voted: (label: string) => `내 답: ${label}`,
  /** While nobody hears. */
  votedLater: (label: string) => `내 답: ${label} · 다시 연결되면 보냅니다`,
  /** Of a poll that has ended. */
  notSent: '고른 답을 보내지 않았습니다.',
  /** @param counted what was sent before. */
  changeNotSent: (counted: string) =>
    `바꾼 답은 보내지 않아, 먼저 보낸 답(${counted})이 결과에 들어갔습니다.`,
  /** @param sent what of an answer before was told. */
  changed: (sent: string) => `바꾼 답은 아직 보내지 않았습니다. ${sent}`,
  /** At the same question, in its step. */
  inStep: '강사가 지금 모두에게 묻고 있습니다. 강사의 클러스터에서 어떻게 될지 답해 주세요.',
  results: '결과',
  count: (count: number, all: number) => `${count}명 · ${percent(count, all)}`,
  mine: '내 답',
  /** Where there is a lab of one's own, it may be another. */
  actual: '강사 실습실의 결과',
  hide: '결과 닫기',
  /** Where there is little room, a result is one line. */
  unfold: '모두 보기',
  fold: '결과 접기',
  nobody: '답한 사람 없음',
  percent,
  /** So many options have been given as often as each other, and no other as often. */
  tie: (options: number) => `${options}개 동률`,
  happened: (label: string) => `· 실제 ${label}`,
  /** It is what most have answered. */
  happenedToo: '· 실제와 같음',
} as const;

export const share = {
  asked: (title: string) =>
    `강사가 내 터미널 출력을 보고 싶어 합니다. ‘${title}’의 이번 실행 출력을 보여 줄까요? 언제든 그만둘 수 있습니다.`,
  /** The step was run again while the question stood. */
  askedAnew: (title: string) =>
    `강사가 내 터미널 출력을 보고 싶어 합니다. 그사이 ‘${title}’의 새 실행이 시작되었습니다. 새 실행의 출력을 보여 줄까요? 언제든 그만둘 수 있습니다.`,
  nothing:
    '강사가 내 터미널 출력을 보고 싶어 하지만, 보여 줄 실행이 없습니다. 단계를 실행하면 강사가 다시 물어볼 수 있습니다.',
  /** They did click it. */
  notBegun: (title: string) =>
    `강사가 내 터미널 출력을 보고 싶어 했지만, ‘${title}’의 실행이 시작되지 않아 보여 줄 출력이 없습니다. 강사에게도 그렇게 알렸습니다.`,
  /** On another page. */
  step: '그 단계를 새 탭에서 보기',
  show: '보여 주기',
  refuse: '거절',
  ok: '알겠습니다',
  shared: (title: string) => `지금 ‘${title}’의 출력을 강사가 보고 있습니다.`,
  /** While nobody hears. */
  sharedLost: (title: string) => `‘${title}’의 출력은 다시 연결되면 강사에게 이어서 보입니다.`,
  /** Its next run takes the place of the one that was looked at. */
  replaced: (title: string) =>
    `‘${title}’의 새 실행이 시작되어, 강사에게 보여 주기가 끝났습니다. 새 실행의 출력은 보이지 않습니다.`,
  stop: '그만 보여 주기',
} as const;

/** Why a step did not pass, as the presenter reads it: what the reader's own terminal prints stays there. */
export const reasons = {
  port: (port: string | undefined) =>
    port === undefined ? '필요한 포트가 이미 사용 중' : `${port} 포트가 이미 사용 중`,
  docker: 'Docker가 답하지 않음',
  containerName: '같은 이름의 컨테이너가 이미 있음',
  image: '이미지를 받지 못함',
  disk: '디스크에 빈 공간이 없음',
  java: 'Java가 없거나 오래됨',
  noCluster: '클러스터를 아직 띄우지 않음',
  absent: (container = '') => `아직 만들지 않음: ${container}`,
  stopped: (container = '') => `멈춰 있음: ${container}`,
  paused: (container = '') => `일시 정지되어 있음: ${container}`,
  fewBrokers: '복제본을 놓을 브로커가 모자람',
  leader: '파티션에 리더가 없음',
  replicas: '쓰기에 필요한 복제본이 부족함',
  noTopic: '토픽이 없음',
  topicExists: '같은 이름의 토픽이 이미 있음',
  noAnswer: '브로커에 연결하지 못함',
  timeout: '시간 안에 응답이 없음',
  exit: (code: number) => `종료 코드 ${code}`,
  unknown: '실습실이 갑자기 끝나 어떻게 되었는지 모름',
  other: '기대한 결과가 나오지 않음',
} as const;

export const join = {
  title: '수업 참가',
  description: '강사가 알려 준 코드로 수업에 들어갑니다.',
  /** To who has a browser only; and below, a lab of their own. */
  shares:
    '강사에게 보이는 것은 내가 정한 별명, 내가 보낸 답과 손들기뿐입니다. 다른 참가자에게는 아무것도 보이지 않습니다.',
  sharesOfLab:
    '강사에게 보이는 것은 내가 정한 별명, 참가한 뒤에 실행한 단계의 이름과 결과(실패했다면 그 까닭), 이 컴퓨터의 준비 상태(Java, Docker, 포트와 그 포트를 쓰는 프로그램의 이름 등), 내가 보낸 답과 손들기뿐입니다. 터미널 출력은 물어볼 때마다 내가 허락한 실행만 보이고, 다른 참가자에게는 아무것도 보이지 않습니다.',
  hub: '수업 주소',
  hubHint: '강사 화면에 보이는 주소입니다. 예: http://192.168.0.7:4330',
  /** Of an address with a token in it. */
  presenterHint:
    '강사의 주소입니다. 이 컴퓨터에만 남고 참가자에게는 보이지 않습니다. 코드와 별명은 필요 없습니다.',
  code: '참가 코드',
  codeHint: '여덟 글자입니다. 예: ABCD-EFGH',
  /** In the place of the code, which nobody need read. */
  invited: '참가 링크로 들어갑니다. 참가 코드는 적지 않아도 됩니다.',
  byCode: '코드로 참가',
  nickname: '별명',
  nicknameHint: '강사에게 이 이름으로 보입니다. 20자까지, 본명이 아니어도 됩니다.',
  of: (name: string) => `${name}에 들어갑니다.`,
  enter: '참가하기',
  enterAsPresenter: '강사로 연결',
  entering: '들어가는 중…',
  wrongHub: '주소를 이해할 수 없습니다. http://로 시작하는 주소를 강사 화면대로 적어 주세요.',
  oldLink:
    '이 링크는 더 쓸 수 없습니다. 강사 화면에 보이는 참가 코드를 적거나, 강사에게 새 링크를 받아 주세요.',
  wrongCode:
    '글자 수가 다르거나 코드에 없는 글자가 있습니다. 참가 링크를 통째로 붙여 넣어도 됩니다.',
  /** Of an address that was pasted where the code is due. */
  noCode: '붙여 넣은 주소에 참가 코드가 없습니다. 강사 화면에 보이는 코드를 적어 주세요.',
  linkAsNickname: '여기에는 링크가 아니라, 강사에게 보일 별명을 적어 주세요.',
  wrongNickname: '별명을 1자에서 20자로, 눈에 보이는 글자로 적어 주세요.',
  joined: (name: string, nickname: string) => `${name}에 들어왔습니다. 별명은 ${nickname}입니다.`,
  noAnswer: '수업 서버가 답하지 않습니다. 주소가 맞는지, 수업 서버가 켜져 있는지 확인해 주세요.',
  already: (nickname: string) =>
    `이미 수업에 참가하고 있습니다. 별명은 ${nickname}입니다. 다른 사람이라면 위의 수업 메뉴에서 나간 다음 참가해 주세요.`,
  /** To who is in a class that is not led here now. */
  another:
    '지금은 다른 수업이 열려 있습니다. 그 수업의 참가 코드를 적으면 들어갈 수 있고, 참가하던 수업의 자리도 남습니다.',
  /** The same, where it has the name of their own, which may be deleted. */
  namesake:
    '같은 이름의 수업이 새로 열렸습니다. 지금 강사 화면에 보이는 참가 코드를 적으면 다시 참가할 수 있습니다.',
  /** To who has a lab of their own, while their class does not answer. */
  silent:
    '참가하던 수업의 서버가 지금은 답하지 않습니다. 다시 답하면 저절로 이어집니다. 다른 수업의 주소와 참가 코드를 적으면 그 수업에 들어갈 수 있고, 참가하던 수업의 자리도 남습니다.',
  waiting:
    '강사가 ‘모두 여기로’를 누르면 이 페이지도 그곳으로 이동합니다. 그동안 교재를 읽고 있어도 됩니다.',
  /** While there is no connection. */
  waitingLost:
    '지금은 수업과 연결되어 있지 않습니다. 다시 연결되면 저절로 이어지고, 그동안 교재를 읽고 있어도 됩니다.',
  go: '교재로 가기',
  secondScreen:
    '강사 화면을 여는 주소입니다. 내 교재의 수업 막대에서 연 것이 아니라면 이 창을 닫아 주세요.',
  watchAs: (nickname: string) => `‘${nickname}’ 별명으로 강사 화면 보기`,
  presenting: '강사로 연결하는 중…',
  presenter: '강사로 연결했습니다.',
  presenterNext: '교재의 각 단계에 강사의 버튼이 나타납니다. 이 탭을 닫으면 끝납니다.',
  presenterHere: '이 페이지는 강사의 주소로 열려 있습니다. 참가자가 아니라 강사로 쓰입니다.',
  noHub:
    '이 페이지에는 수업 서버도 실습실도 없습니다. npm start로 연 교재나, 강사가 알려 준 주소에서 참가할 수 있습니다.',
  noScript: '수업에 참가하려면 자바스크립트를 켜 주세요.',
} as const;

export const preflight = {
  check: '이 컴퓨터를 다시 살펴보고 강사에게 알리기',
  checking: '살펴보는 중…',
  good: '준비가 되었습니다. 강사에게도 알렸습니다.',
  bad: (texts: readonly string[]) => `아직 부족합니다. ${texts.join(' ')}`,
  failed: '살펴보지 못했습니다. 잠시 뒤에 다시 눌러 주세요.',
} as const;
