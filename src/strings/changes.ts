/** What has changed in the cluster, in words; also under a run that has ended. */

const arrow = '→';

/** What has changed in the cluster. */
export const changes = {
  /** No leader, or no controller. */
  nobody: '없음',
  containers: { running: '실행 중', paused: '일시 정지', exited: '멈춤', absent: '없음' },
  zookeeper: (before: string, after: string) => `zookeeper: ${before} ${arrow} ${after}`,
  controller: (before: string, after: string) => `컨트롤러: ${before} ${arrow} ${after}`,
  container: (name: string, before: string, after: string) =>
    `${name}: ${before} ${arrow} ${after}`,
  joined: (name: string) => `${name}: 클러스터에 등록됨`,
  left: (name: string) => `${name}: 클러스터에서 빠짐`,
  expired: (name: string) => `${name}: ZooKeeper 세션이 만료되어 클러스터에서 빠짐`,
  answers: (name: string) => `${name}: 요청에 응답함`,
  silent: (name: string) => `${name}: 응답하지 않음`,
  partitions: (topic: string, partitions: readonly number[], what: string) => {
    const [few, more] = [partitions.slice(0, 8), partitions.length - 8];
    return `${topic}-${few.join('·')}${more > 0 ? ` 외 ${more}개` : ''} ${what}`;
  },
  topics: (first: string, more: number, what: string) => `${first} 외 ${more}개 토픽 ${what}`,
  created: '생김',
  deleted: '삭제됨',
  leader: (before: string, after: string, preferred: boolean) =>
    `리더: ${before} ${arrow} ${after}${preferred ? ' (우선 리더)' : ''}`,
  isr: (before: string, after: string) => `ISR: ${before || '없음'} ${arrow} ${after || '없음'}`,
  replicas: (before: string, after: string) => `복제본: ${before} ${arrow} ${after}`,
  group: (id: string, what: string) => `${id}: ${what}`,
  groups: (first: string, more: number, what: string) => `${first} 외 ${more}개 그룹: ${what}`,
  groupState: (before: string, after: string) => `${before} ${arrow} ${after}`,
  rebalanced: '리밸런싱됨',
  groupCreated: '그룹 생김',
  groupDeleted: '그룹 없어짐',
  members: (before: number, after: number) => `멤버 수 ${before} ${arrow} ${after}`,
  unchanged: '실행 전과 견주어 브로커, 리더, ISR, 토픽, 그룹에 달라진 것이 없습니다.',
  /** Under a run that has ended. */
  effect: (words: readonly string[]) => `실행 전과 견주어 달라진 것 — ${words.join(' · ')}`,
} as const;

export const groups = {
  title: '컨슈머 그룹',
  group: '그룹',
  members: '멤버',
  lag: '랙',
  states: {
    Stable: '안정',
    PreparingRebalance: '리밸런싱 중',
    CompletingRebalance: '리밸런싱 중',
    Empty: '멤버 없음',
    Dead: '없어짐',
  },
  /** Groups that are not drawn. */
  others: (groups: number) => `그 밖의 그룹 ${groups}개`,
  stale: (state: string) => `${state} (코디네이터가 응답하지 않음)`,
  /** Lag, where it is known. */
  behind: (messages: number | undefined) =>
    messages === undefined ? '· 랙: 지금은 알 수 없음' : `· 랙 ${messages.toLocaleString('ko')}`,
  member: (client: string, id: string) => `${client} …${id}`,
  /** A partition, and how far behind its reader is, where that is known. */
  assigned: (partition: string, lag: number | undefined) =>
    lag === 0 ? partition : `${partition} · 랙 ${lag?.toLocaleString('ko') ?? '?'}`,
  /** In the table. */
  reads: (client: string, partitions: readonly string[]) =>
    `${client}: ${partitions.join(', ') || '없음'}`,
  idle: '대기 중',
  unassigned: '배정을 기다리는 중',
} as const;
