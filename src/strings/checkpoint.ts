/** What a checkpoint says of the cluster, once it is opened. */
import type { FilledTopic } from '../../server/cluster/lacking.ts';
import type { TopicShape } from '../../server/protocol.ts';

const shape = ({ topic, partitions, replicationFactor }: TopicShape): string =>
  `${topic}(파티션 ${partitions}개, 복제본 ${replicationFactor}개씩)`;

export const checkpoint = {
  looking: '지금 클러스터를 볼 수 없습니다. 연결되면 무엇을 할지 여기에 보여 드립니다.',
  nothing: '지금 바로 시작할 수 있습니다. 더 준비할 것이 없습니다.',
  unpause: (names: readonly string[]) => `다시 움직일 것: ${names.join(', ')}`,
  start: (names: readonly string[]) => `켤 것: ${names.join(', ')}`,
  coming: (names: readonly string[]) => `기다릴 것: ${names.join(', ')} (아직 준비 중)`,
  /** Of a topic, with all that is in it. */
  remove: (topics: readonly FilledTopic[]) =>
    `지울 것: ${topics
      .map((each) =>
        each.messages === undefined
          ? shape(each)
          : `${shape(each)}와 그 안의 메시지 ${each.messages.toLocaleString('ko')}개`,
      )
      .join(', ')}`,
  why: '이름은 같은데 모양이 달라, 지우고 다시 만들어야 합니다. 실행을 누르면 되돌릴 수 없이 지웁니다.',
  create: (topics: readonly TopicShape[]) => `만들 것: ${topics.map(shape).join(', ')}`,
  prepare: (groups: readonly string[]) => `준비할 것: ${groups.join(', ')} 그룹`,
  stop: (names: readonly string[]) => `멈출 것: ${names.join(', ')}`,
  busy: (group: string, members: number) =>
    `직접 중지할 것: ${group} 그룹의 컨슈머 ${members}개. 그 컨슈머를 실행한 단계를 중지해 주세요.`,
  later:
    '토픽은 클러스터가 뜬 뒤에 보고, 없는 것만 만듭니다. 지워야 할 것이 있으면 먼저 물어봅니다.',
} as const;
