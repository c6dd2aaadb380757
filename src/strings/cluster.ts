/** The view of the cluster, which is loaded when it is opened. */
import { changes } from './changes.ts';
import { duration, wholeDuration } from './duration.ts';
import { step } from './page.ts';

/** On one line, so that no part of it reads as a part of what stands before it. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');

export const keys = {
  title: (topic: string) => `${topic}의 최근 키`,
  hint: '토픽에서 직접 읽은 것입니다. 맨 끝(테두리가 진한 것)이 마지막 메시지입니다.',
  partition: (partition: number) => `파티션 ${partition}`,
  none: '키 없음',
  empty: '메시지 없음',
  /** A key of no characters. */
  blank: '(빈 키)',
  /** Its leader does not answer now. */
  unreadable: '지금은 읽을 수 없음',
} as const;

export const timeline = {
  title: '일어난 일',
  empty: '브로커를 멈추거나 토픽을 만들면, 일어난 일이 여기에 차례로 적힙니다.',
  started: (title: string, command: string) =>
    `실행: ${title}${command === '' ? '' : ` (${command})`}`,
  missed: (text: string) => `화면을 보지 않는 사이 · ${text}`,
  /** Between two entries that a class is told: what its presenter did without it, it is not. */
  gap: '이 사이에 수업 밖에서 일어난 일은 여기에 없습니다.',
  ended: (title: string, result: string, ms: number) =>
    `${title}: ${result}\u00a0· ${duration(ms)}`,
  waiting: (broker: string, ms: number) =>
    `${broker}: ZooKeeper 세션(18초쯤)이 만료되기를 기다리는 중 · ${wholeDuration(ms)}`,
  results: { ...step, unknown: step.lost },
  /** Seen only afterwards: it was some time before. */
  before: (time: string) => `${time} 전`,
  /** Since that broker's end or start, or since a run's: looks are 0.2 s apart. */
  after: (what: string, ms: number) => unbroken(`${what} +${duration(ms)}`),
  run: '실행 시작',
  /** What something follows from. */
  fates: { end: (broker: string) => `${broker} 멈춤`, start: (broker: string) => `${broker} 시작` },
  /** Since the one below. */
  later: (ms: number) => `↓ ${wholeDuration(ms)} 뒤`,
  date: (date: Date) => `${date.getMonth() + 1}월 ${date.getDate()}일`,
} as const;

export const cluster = {
  /** Another than that of the progress. */
  reset: '실습실을 처음으로…',
  title: '클러스터',
  toolbar: '브로커와 파티션. 화살표 키로 옮겨 다닙니다.',
  asTable: '표로 보기',
  broker: '브로커',
  state: '상태',
  yes: '예',
  partitions: '파티션별 리더와 복제본',
  partition: '파티션',
  leader: '리더',
  replicas: '복제본',
  /** The offset that the next message will have. */
  end: '끝',
  /** Nobody leads it. */
  nobody: changes.nobody,
  brief: (up: number) => `브로커 ${up}/3`,
  allOff: '꺼짐',
  zookeeper: (state: string) =>
    `zookeeper: ${state}. 그동안에는 컨트롤러가 새 리더를 정하지 못합니다.`,
  states: {
    up: '실행 중',
    starting: '준비 중',
    stopping: '등록 안 됨',
    silent: '응답 없음',
    down: '멈춤',
  },
  containers: changes.containers,
  /** Dead, or hanging, and Kafka waits for its ZooKeeper session. */
  expiring: (container: string) => `${container} · 세션 만료 대기`,
  /** The same, and without ZooKeeper no session expires. */
  unnoticed: (container: string) => `${container} · ZooKeeper가 멈춰 카프카가 아직 모름`,
  controller: '컨트롤러',
  copy: '복사',
  copied: step.copied,
  copyFailed: step.copyFailed,
  more: '교재에서 자세히',
  help: {
    replica: (partition: string, broker: string) => `${partition} · ${broker}의 복제본`,
    facts: (leader: string, replicas: string, isr: string, end: string) =>
      `리더 ${leader} · 복제본 ${replicas} · ISR ${isr || '없음'} · 끝 오프셋 ${end}`,
    roles: {
      leader: '이 파티션의 리더입니다. 이 파티션의 읽기와 쓰기를 모두 맡습니다.',
      follower:
        '리더의 데이터를 가져와 똑같이 저장하는 팔로워입니다. ISR에 들어 있어, 리더가 멈추면 새 리더가 될 수 있습니다.',
      leaderless:
        '지금 이 파티션에는 리더가 없어 읽을 수도 쓸 수도 없습니다. ISR에 남은 브로커가 돌아오면 다시 리더가 정해집니다.',
      behind:
        'ISR에서 빠진 복제본입니다. 브로커가 멈췄거나 리더를 따라잡지 못했습니다. 다 따라잡으면 다시 ISR에 들어갑니다.',
    },
    states: {
      up: '클러스터에 등록되어 있고 요청에 응답합니다.',
      starting: '프로세스는 떠 있지만 아직 응답하지 않거나 클러스터에 등록되지 않았습니다.',
      stopping:
        '프로세스는 떠 있지만 클러스터에 등록되어 있지 않습니다. 멈추는 중이거나, 오래 응답하지 않아 세션이 만료되었거나, 다시 등록하는 중입니다.',
      silent: '클러스터에 등록되어 있지만 지금은 요청에 응답하지 않습니다.',
      down: '떠 있지 않습니다. 이 브로커가 이끌던 파티션은, 카프카가 알아챈 뒤에 ISR에 남은 다른 브로커가 이어받습니다. ISR에 남은 브로커가 없으면 돌아올 때까지 리더가 없습니다.',
    },
    /** Of a replica on a broker that does not answer. */
    dead: {
      leader:
        '카프카는 아직 이 브로커를 리더로 알고 있지만 이 브로커는 응답하지 않습니다. ISR의 다른 복제본이 새 리더가 되거나 이 브로커가 돌아올 때까지, 이 파티션은 읽을 수도 쓸 수도 없습니다.',
      follower:
        '카프카는 아직 이 복제본이 ISR에 있다고 알고 있지만 이 브로커는 응답하지 않습니다. 카프카가 알아채면 ISR에서 빠집니다.',
      behind: 'ISR에서 빠진 복제본입니다. 이 브로커는 지금 응답하지 않습니다.',
      leaderless:
        '이 파티션에는 지금 리더가 없습니다. ISR에 남은 브로커가 돌아와야 다시 읽고 쓸 수 있습니다.',
    },
    paused:
      '프로세스가 일시 정지되어 응답하지 않습니다. ZooKeeper 세션이 만료되면 죽은 브로커와 똑같이 다뤄집니다.',
    controller: '지금은 컨트롤러도 맡아, 파티션마다 리더를 정하고 알립니다.',
    links: {
      partitions: 'topics/#21-기본-개념',
      isr: 'availability/#isr에서-빠지는-세-가지-길',
      brokers: 'failures/#멈추는-것과-죽는-것',
    },
  },
  roles: { leader: '리더', follower: '팔로워', behind: 'ISR 밖', leaderless: '리더 없음' },
  /** Topics that are not drawn one by one. */
  others: (topics: number) => `그 밖의 토픽 ${topics}개`,
  count: (role: string, partitions: number) => `${role} ${partitions}`,
  waiting: '실습실에 연결하면 클러스터가 여기에 보입니다.',
  off: '클러스터가 꺼져 있습니다. docker-compose up -d로 시작하면 여기에 보입니다.',
  fresh: '지금 모습',
  /** No broker has told anything yet; none can, or one may soon. */
  silent: '브로커가 모두 멈춰 있습니다. 토픽과 그룹은 브로커가 돌아오면 보입니다.',
  frozen: '움직이는 브로커가 없습니다. 토픽과 그룹은 브로커가 응답하면 보입니다.',
  awaited: '브로커의 응답을 기다리는 중입니다. 토픽과 그룹은 그 뒤에 보입니다.',
  /** An end that no leader has told, or a lag. */
  unknown: '모름',
  /** How long ago the brokers last told something. */
  old: (since: string) => `브로커가 ${since} 전에 마지막으로 알려 준 모습입니다.`,
  refreshing: (since: string) => `${since} 전의 모습입니다. 지금 모습을 살펴보는 중입니다.`,
  late: (since: string) => `${since} 전의 모습입니다. 실습실이 답하지 않고 있습니다.`,
  unseen: '실습실이 컨테이너를 볼 수 없습니다. Docker가 실행 중인지 확인해 주세요.',
  blind: '실습실이 지금 컨테이너를 볼 수 없습니다. 아래는 마지막으로 본 모습입니다.',
  failed: '이 창을 불러오지 못했습니다. 접었다가 다시 펴 보세요.',
  asking: '클러스터를 살펴보는 중입니다.',
  recorded: '녹화할 때의 모습',
  mirrored: '강사의 클러스터',
  /** The presenter's cluster, of which no more is told: the bar says why. */
  mirroredThen: (since: string) => `${since} 전의 모습입니다. 강사 화면이 지금 오지 않습니다.`,
  mirroredLater: '강사의 클러스터가 알려지면 여기에 보입니다.',
  recordedLater: '단계를 실행하면 녹화할 때의 클러스터를 보여 드립니다.',
  cutOff: (since: string) => `${since} 전의 모습입니다. 실습실과 연결이 끊겼습니다.`,
} as const;
