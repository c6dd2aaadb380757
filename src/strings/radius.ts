/** What a step says it would touch, before the click. */
const some = (names: readonly string[], most = 4): string => {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')} 외 ${more}개` : names.join(', ');
};

export const radius = {
  now: '지금',
  unknown: '지금은 클러스터를 볼 수 없어, 이 명령이 무엇에 닿는지 알 수 없습니다.',
  /** The topics that the page is about by their names; the rest counted. */
  broker: (name: string, led: readonly string[], others: number, replicas: number) => {
    const leads =
      led.length > 0
        ? `${some(led)}의 리더${others > 0 ? ` (다른 토픽의 리더도 ${others}개)` : ''}`
        : others > 0
          ? `다른 토픽의 리더 ${others}개`
          : '이끄는 파티션 없음';
    return `${name}: ${leads}, 복제본 ${replicas}개`;
  },
  stopped: (name: string) => `${name}: 이미 멈춰 있음`,
  absent: (name: string) => `${name}: 없음`,
  zookeeper: 'zookeeper: 멈춘 동안 컨트롤러와 리더를 새로 정하지 못함',
  leaderless: (partitions: readonly string[]) =>
    `${some(partitions)}: 리더가 될 브로커가 남지 않아 읽고 쓸 수 없게 됩니다.`,
  alone: (partitions: readonly string[]) =>
    `${some(partitions)}: ISR이 1개만 남습니다. min.insync.replicas가 2인 토픽이라면 acks=all 쓰기를 거절합니다.`,
  /** Which ones, it finds as it runs. */
  drill: (mode: 'stop' | 'kill', most: 1 | 2) =>
    `훈련이 브로커를 골라 ${most === 1 ? '한 대를' : '한 번에 두 대까지'} ${mode === 'stop' ? '멈췄다가' : '강제로 끝냈다가'} 다시 시작합니다.`,
  leads: (name: string, partitions: number) =>
    `${name}: ${partitions === 0 ? '이끄는 파티션 없음' : `파티션 ${partitions}개의 리더`}`,
  exposed: (partitions: readonly string[]) =>
    `${some(partitions)}: 어느 브로커를 고르는지에 따라 그동안 읽고 쓸 수 없습니다.`,
  /** After what it takes away. */
  putBack: (mode: 'stop' | 'kill') =>
    `${mode === 'stop' ? '멈춘' : '강제로 끝낸'} 브로커는 훈련이 끝날 때 다시 시작합니다.`,
  down: (brokers: number, topics: number, partitions: number) =>
    `브로커 ${brokers}대가 모두 멈추고 컨테이너가 사라집니다. 토픽 ${topics}개(파티션 ${partitions}개)를 읽고 쓸 수 없게 되지만 데이터는 남습니다.`,
  nothingRuns: '실행 중인 브로커가 없습니다.',
  /** All of it: what is not seen, too. */
  volumes: (topics: number, messages: number | undefined, groups: number) =>
    `토픽 ${topics}개${messages === undefined ? '' : `와 메시지 ${messages.toLocaleString('ko')}개`}, 컨슈머 그룹 ${groups}개의 위치가 모두 지워집니다.`,
  volumesUnseen:
    '브로커가 꺼져 있어 무엇이 들어 있는지는 볼 수 없지만, 토픽과 메시지가 모두 지워집니다.',
  topicsUnseen: '실행 중인 브로커가 없습니다. 토픽은 브로커를 시작한 뒤에 볼 수 있습니다.',
  noTopic: (topic: string) => `${topic} 토픽은 지금 없습니다.`,
  topic: (topic: string, partitions: number, messages: number | undefined) =>
    `${topic}: 파티션 ${partitions}개${messages === undefined ? '' : `와 메시지 ${messages.toLocaleString('ko')}개`}가 지워집니다.`,
} as const;
