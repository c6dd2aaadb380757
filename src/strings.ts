/** What the page says of its own accord, in Korean; the lessons' words are in `content/`. */

/** Milliseconds as a reader says them: `0.4초`, `1분 5초`, `2시간 3분`. */
export const duration = (ms: number): string => {
  const seconds = Math.max(0.1, ms / 1000);
  if (seconds < 59.95) return `${seconds.toFixed(1)}초`;
  return wholeDuration(ms);
};

/** The same without fractions, for a clock that ticks: `3초`. */
export const wholeDuration = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds}초`;
  if (minutes < 60) return `${minutes}분 ${seconds % 60}초`;
  return `${Math.floor(minutes / 60)}시간 ${minutes % 60}분`;
};

/** Never "0.0". */
const megabytes = (bytes: number): string => Math.max(0.1, bytes / 1_000_000).toFixed(1);

export const step = {
  run: '실행',
  runAgain: '다시 실행',
  stop: '중지',
  kill: '강제 종료',
  command: (title: string) => `명령: ${title}`,
  copy: '복사',
  copied: '복사했습니다.',
  copyFailed: '복사하지 못했습니다. 글자를 선택해 직접 복사해 주세요.',

  /** The failure is the lesson. */
  expected: (reason: string) =>
    `이 단계에서는 실패가 정답입니다. 출력에 ${reason} 오류가 나오면 성공으로 표시됩니다.`,
  sample: '예시 입력',
  type: '입력하기',

  starting: '시작하는 중',
  waiting: '연결을 기다리는 중',
  running: '실행 중',
  passed: '성공',
  /** Passed, and goes on until it is stopped. */
  background: '실행 중 · 중지할 때까지 계속됩니다',
  stopping: '중지하는 중',
  failed: '실패',
  stopped: '중지됨',
  stoppedByReader: '중지함',
  exitCode: (code: number) => `종료 코드 ${code}`,
  /** The click came to nothing; the reason stands below. */
  refused: '실행하지 않음',
  /** What is on the screen is older than the click. */
  before: '앞선 실행',
  lost: '결과 모름',
  unknown:
    '실행하는 동안 실습실이나 Docker와 연결이 끊겨, 어떻게 끝났는지 알 수 없습니다. 지금의 클러스터를 확인한 뒤 필요하면 다시 실행해 주세요.',

  /** A link to the step that a refusal names. */
  goThere: '그 단계로 가기',
  notSent: '연결이 끊겨 있어 보내지 못했습니다. 다시 연결된 뒤에 한 번 더 해 주세요.',
  stopLater: '연결이 끊겨 있습니다. 다시 연결되는 대로 중지합니다.',
  /** Before the last lines, for screen readers. */
  leftOut: (lines: number) => `(앞부분은 생략하고 마지막 ${lines}줄만 읽습니다)`,
  noScript:
    '이 명령을 페이지에서 바로 실행하려면 자바스크립트를 켜고, npm start가 출력한 주소로 열어 주세요.',
} as const;

export const terminal = {
  region: (title: string) => `터미널: ${title}`,
  input: '터미널 입력',
  /** Said by screen readers with the input. */
  help: '글자를 치면 실행 중인 명령에 전달됩니다. Esc를 누르면 터미널에서 나갑니다.',
  leave: 'Esc로 나가기',
  output: '출력',
  failed: '터미널을 불러오지 못했습니다. 페이지를 새로 고치면 출력을 다시 볼 수 있습니다.',
  /** Above a screen that does not begin with the first line. */
  cut: (lines: number, dropped: number) =>
    `출력이 길어 마지막 ${lines.toLocaleString('ko')}줄까지만 거슬러 볼 수 있습니다.${
      dropped === 0 ? '' : ` 오래된 ${megabytes(dropped)}MB는 기록에도 남아 있지 않습니다.`
    }`,
  gap: (bytes: number) => `⋯ 오래된 출력 ${bytes.toLocaleString('ko')}바이트는 생략되었습니다 ⋯`,
} as const;

/** What a program told of itself, drawn under its terminal. */
export const figure = {
  region: (title: string) => `그림과 원장: ${title}`,
  caption: {
    acked: (topic: string) => `${topic} · 1초에 저장된 메시지`,
    read: (topic: string) => `${topic} · 1초에 읽은 메시지`,
  },
  columns: {
    partition: '파티션',
    pace: '시간에 따라',
    total: '모두',
    now: '초당',
    gap: '가장 긴 공백',
  },
  partition: (partition: number) => `파티션 ${partition}`,
  /** Rows that would be too many. */
  others: (count: number) => `나머지 ${count}개`,
  rate: (rate: number) => rate.toLocaleString('ko', { maximumFractionDigits: rate < 10 ? 1 : 0 }),
  gap: duration,
  /** In seconds since the program began to work. */
  silences: (all: readonly { broker: number; from: number; to: number | undefined }[]) =>
    all.length === 0
      ? ''
      : `빗금: 브로커가 응답하지 않은 동안 — ${all
          .map(({ broker, from, to }) => {
            const end = to === undefined ? '지금' : `${Math.round(to)}초`;
            return `kafka${broker} ${Math.round(from)}초~${end}`;
          })
          .join(', ')}`,
  sent: '보낸 메시지',
  readBack: '다시 읽어 대조한 결과',
  rows: {
    sent: '보냄',
    acked: '저장됨',
    failed: '거절됨',
    unknown: '알 수 없음',
    read: '다시 읽음',
    lost: '유실',
    duplicated: '중복',
    outOfOrder: '순서 뒤바뀜',
    misplaced: '오프셋 어긋남',
    foreign: '보낸 적 없는 메시지',
  },
  verdicts: {
    'no loss': '판정: 유실 없음',
    loss: '판정: 유실 있음',
    broken: '판정: 이상 있음',
  },
} as const;

export const connection = {
  connecting: '실습실에 연결하는 중',
  lost: '연결이 끊겼습니다. 다시 연결하는 중',
  denied: '읽기 전용',
  howToRun: 'npm start가 출력한 주소(?token=… 포함)로 열면 명령을 실행할 수 있습니다.',
  lab: { local: '로컬 실습실', docker: 'Docker 실습실' },
  cluster: (brokers: number) => {
    if (brokers === 0) return '클러스터 꺼짐';
    return brokers === 3 ? '클러스터 켜짐' : `브로커 ${brokers}/3 켜짐`;
  },
} as const;

export const kafkaUi = {
  open: 'Kafka UI 열기',
  unknown: 'npm start가 출력한 주소로 열면 Kafka UI가 있는지 여기에서 알려 드립니다.',
  answers: '지금 응답하고 있습니다. 새 탭에서 열립니다.',
  silent:
    'Kafka UI가 아직 응답하지 않습니다. 클러스터가 뜬 뒤에도 준비하는 데 30초쯤 걸릴 수 있습니다.',
  stopped:
    'Kafka UI가 실행 중이 아닙니다. 클러스터를 띄우면 함께 시작하며, 시작하지 못했다면 그때의 출력에 이유가 있습니다.',
  none: '지금은 로컬 실습실이어서 Kafka UI가 없습니다.',
} as const;

const arrow = '→';

/** What has changed in the cluster. */
export const changes = {
  none: 'none',
  /** No controller. */
  nobody: '없음',
  containers: { running: '실행 중', paused: '일시 정지', exited: '멈춤', absent: '없음' },
  zookeeper: (before: string, after: string) => `zookeeper: ${before} ${arrow} ${after}`,
  controller: (before: string, after: string) => `컨트롤러: ${before} ${arrow} ${after}`,
  container: (name: string, before: string, after: string) =>
    `${name}: ${before} ${arrow} ${after}`,
  joined: (name: string) => `${name}: 클러스터에 등록됨`,
  left: (name: string) => `${name}: 클러스터에서 빠짐`,
  expired: (name: string) => `${name}: ZooKeeper 세션이 만료되어 클러스터에서 빠짐`,
  answers: (name: string) => `${name}: 요청에 응답`,
  silent: (name: string) => `${name}: 응답하지 않음`,
  partitions: (topic: string, partitions: readonly number[], what: string) => {
    const [few, more] = [partitions.slice(0, 8), partitions.length - 8];
    return `${topic}-${few.join('·')}${more > 0 ? ` 외 ${more}개` : ''} ${what}`;
  },
  created: '생김',
  deleted: '삭제됨',
  leader: (before: string, after: string) => `리더: ${before} ${arrow} ${after}`,
  isr: (before: string, after: string) => `ISR: ${before || '없음'} ${arrow} ${after || '없음'}`,
  replicas: (before: string, after: string) => `복제본: ${before} ${arrow} ${after}`,
  group: (id: string, before: string, after: string) => `${id}: ${before} ${arrow} ${after}`,
  groupCreated: (id: string) => `${id}: 그룹 생김`,
  groupDeleted: (id: string) => `${id}: 그룹 사라짐`,
  members: (id: string, before: number, after: number) =>
    `${id}: 멤버 수 ${before} ${arrow} ${after}`,
  /** Under a run that has ended. */
  effect: (words: readonly string[], more: number) =>
    `실행 전과 견주어 달라진 것 — ${words.join(' · ')}${more === 0 ? '' : ` 외 ${more}건`}`,
} as const;

export const groups = {
  title: '컨슈머 그룹',
  states: {
    Stable: '안정',
    PreparingRebalance: '리밸런싱 중',
    CompletingRebalance: '리밸런싱 중',
    Empty: '멤버 없음',
    Dead: '없어짐',
  },
  stale: (state: string) => `${state} (코디네이터가 응답하지 않음)`,
  /** Lag, where it is known. */
  behind: (messages: number | undefined) =>
    messages === undefined ? '· 랙: 지금은 알 수 없음' : `· 랙 ${messages.toLocaleString('ko')}`,
  member: (client: string, id: string) => `${client} …${id}`,
  idle: '대기 중',
} as const;

export const keys = {
  title: (topic: string) => `${topic}의 최근 키`,
  hint: '토픽에서 직접 읽은 것입니다. 테두리가 진한 것이 마지막 메시지입니다.',
  partition: (partition: number) => `파티션 ${partition}`,
  none: '키 없음',
  empty: '메시지 없음',
} as const;

export const timeline = {
  title: '방금 일어난 일',
  empty: '브로커를 멈추거나 토픽을 만들면, 일어난 일이 여기에 차례로 적힙니다.',
  started: (title: string) => `실행: ${title}`,
  missed: (text: string) => `화면을 보지 않는 사이 · ${text}`,
  ended: (title: string, result: string) => `${title}: ${result}`,
  results: { ...step, unknown: step.lost },
  /** Since what set it off. */
  after: (ms: number) => `+${duration(ms)}`,
} as const;

export const cluster = {
  title: '클러스터',
  asTable: '표로 보기',
  partitions: '파티션마다의 리더와 복제본',
  partition: '파티션',
  leader: '리더',
  replicas: '복제본',
  /** Nobody leads it: Kafka's own word. */
  none: changes.none,
  brief: (up: number) => `브로커 ${up}/3`,
  allOff: '꺼짐',
  silent: '응답 없음',
  zookeeper: (state: string) =>
    `zookeeper: ${state}. 그동안에는 컨트롤러가 새 리더를 정하지 못합니다.`,
  states: { up: '실행 중', starting: '준비 중', down: '멈춤' },
  containers: changes.containers,
  /** Dead, or hanging, and Kafka waits for its ZooKeeper session. */
  expiring: (paused: boolean) => `${paused ? '일시 정지' : '멈춤'} · 세션 만료 대기`,
  controller: '컨트롤러',
  copy: '복사',
  copied: step.copied,
  copyFailed: step.copyFailed,
  more: '교재에서 자세히',
  help: {
    replica: (partition: string, broker: string) => `${partition} · ${broker}의 복제본`,
    facts: (leader: string, replicas: string, isr: string) =>
      `리더 ${leader} · 복제본 ${replicas} · ISR ${isr || '없음'}`,
    roles: {
      leader: '이 파티션의 리더입니다. 이 파티션의 읽기와 쓰기를 모두 맡습니다.',
      follower:
        '리더의 데이터를 계속 가져와 똑같이 저장하는 팔로워입니다. ISR에 들어 있어, 리더가 멈추면 새 리더가 될 수 있습니다.',
      leaderless:
        '지금 이 파티션에는 리더가 없어 읽을 수도 쓸 수도 없습니다. ISR에 남은 브로커가 돌아오면 다시 리더가 정해집니다.',
      behind:
        'ISR에서 빠진 복제본입니다. 브로커가 멈췄거나 리더를 따라잡지 못했습니다. 다 따라잡으면 다시 ISR에 들어갑니다.',
    },
    states: {
      up: '클러스터에 등록되어 있고 요청에 응답합니다.',
      starting: '프로세스는 떠 있지만 아직 응답하지 않거나 클러스터에 등록되지 않았습니다.',
      down: '멈춰 있습니다. 이 브로커가 이끌던 파티션은, 카프카가 그것을 안 뒤에 ISR에 남은 다른 브로커가 이어받습니다. ISR에 남은 브로커가 없으면 돌아올 때까지 리더가 없습니다.',
    },
    /** Of a replica on a broker that does not answer. */
    dead: {
      leader:
        '카프카는 아직 이 브로커를 리더로 알고 있지만 이 브로커는 응답하지 않습니다. 새 리더가 정해질 때까지 이 파티션은 읽을 수도 쓸 수도 없습니다.',
      follower:
        '카프카는 아직 이 복제본이 ISR에 있다고 알고 있지만 이 브로커는 응답하지 않습니다. 곧 ISR에서 빠집니다.',
      behind: 'ISR에서 빠진 복제본입니다. 이 브로커는 지금 응답하지 않습니다.',
      leaderless:
        '이 파티션에는 지금 리더가 없습니다. ISR에 남은 브로커가 돌아와야 다시 읽고 쓸 수 있습니다.',
    },
    paused:
      '프로세스가 일시 정지되어 응답하지 않습니다. ZooKeeper 세션이 만료되면 죽은 브로커와 똑같이 다뤄집니다.',
    controller: '지금은 컨트롤러도 맡아, 파티션마다 리더를 정하고 알립니다.',
    links: {
      partitions: '/topics/#21-기본-개념',
      isr: '/availability/#isr에서-빠지는-세-가지-길',
      brokers: '/failures/#멈추는-것과-죽는-것',
    },
  },
  roles: { leader: '리더', follower: '팔로워', behind: 'ISR 밖', leaderless: '리더 없음' },
  count: (role: string, partitions: number) => `${role} ${partitions}`,
  waiting: '실습실에 연결하면 클러스터가 여기에 보입니다.',
  off: '클러스터가 꺼져 있습니다. docker-compose up -d로 시작하면 여기에 보입니다.',
  fresh: '지금 모습',
  /** How long ago the brokers last told something. */
  old: (since: string) => `브로커가 ${since} 전에 마지막으로 알려 준 모습입니다.`,
  late: (since: string) => `${since} 전의 모습입니다. 실습실이 답하지 않고 있습니다.`,
  blind: '실습실이 지금 컨테이너를 볼 수 없습니다. 아래는 마지막으로 본 모습입니다.',
  failed: '이 창을 불러오지 못했습니다. 접었다가 다시 펴 보세요.',
  asking: '클러스터를 살펴보는 중입니다.',
  cutOff: (since: string) => `${since} 전의 모습입니다. 실습실과 연결이 끊겼습니다.`,
} as const;
