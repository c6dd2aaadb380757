/** What a page says of its own accord when it is first opened; the lessons' words are in `content/`. */

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
  /** It was running on the presenter's screen when that was last seen. */
  unseen: '강사 화면을 기다리는 중',
  running: '실행 중',
  /** Its command has ended; the cluster is waited for. */
  checking: '확인하는 중',
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
  /** What the line above it leaves out. */
  all: '모두 보기',
  unknown:
    '실행하는 동안 실습실이 갑자기 끝났거나 Docker나 컨테이너가 답하지 않아, 어떻게 끝났는지 알 수 없습니다. 지금의 클러스터를 확인한 뒤 필요하면 다시 실행해 주세요.',

  /** A click that waited for a connection until it was too old to be meant any more. */
  expired: '1분 동안 실습실에 연결되지 않아 실행하지 않았습니다. 연결되면 다시 눌러 주세요.',
  /** A link to the step that a refusal names. */
  goThere: '그 단계로 가기',
  notSent: '연결이 끊겨 있어 보내지 못했습니다. 다시 연결된 뒤에 한 번 더 해 주세요.',
  inputCut:
    '연결이 끊겨 입력이 끝까지 들어갔는지 알 수 없습니다. 어디까지 들어갔는지 출력에서 확인해 주세요.',
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

export const connection = {
  connecting: '실습실에 연결하는 중',
  lost: '연결이 끊겼습니다. 다시 연결하는 중',
  denied: '읽기 전용',
  recorded: '녹화로 보는 중 · 실습실 없음',
  mirrored: '강사 화면을 보는 중',
  stale: '강사 화면이 지금 오지 않습니다',
  howToRun: 'npm start가 출력한 주소(?token=… 포함)로 열면 명령을 실행할 수 있습니다.',
  lab: { local: '로컬 실습실', docker: 'Docker 실습실' },
  /** That they run is all that is known here: whether they answer, the view of the cluster tells. */
  running: { local: '브로커 프로세스', docker: '브로커 컨테이너' },
  cluster: (what: string, brokers: number) => `${what} ${brokers}/3`,
} as const;

export const kafkaUi = {
  open: 'Kafka UI 열기',
  view: '클러스터 창 보기',
  unknown: 'npm start가 출력한 주소로 열면 Kafka UI가 있는지 여기에서 알려 드립니다.',
  answers: '지금 응답하고 있습니다. 새 탭에서 열립니다.',
  silent:
    'Kafka UI가 아직 응답하지 않습니다. 클러스터가 뜬 뒤에도 준비하는 데 30초쯤 걸릴 수 있습니다.',
  stopped:
    'Kafka UI가 실행 중이 아닙니다. 클러스터를 띄우면 함께 시작하며, 시작하지 못했다면 그때의 출력에 이유가 있습니다.',
  none: '지금은 로컬 실습실이어서 Kafka UI 대신 클러스터 창을 씁니다.',
} as const;

export const panel = {
  failed: '이 창을 불러오지 못했습니다. 접었다가 다시 펴 보세요.',
} as const;
