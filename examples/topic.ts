import { partitionsOf } from '../server/kafka/metadata.ts';
import { PORTS } from './connection.ts';
import { Refusal } from './refusal.ts';

/** Milliseconds that a broker has for its answer. */
const ANSWER = { timeout: 2_000 };

/**
 * How many partitions the topic has. Not asked through kafkajs: for a partition without a leader it
 * would try for half a minute, and then know nothing.
 *
 * @throws Refusal for a topic that there is not, one that has no leader everywhere, or no cluster.
 */
export const countPartitions = async (topic: string): Promise<number> => {
  const answers = await Promise.allSettled(PORTS.map((port) => partitionsOf(port, topic, ANSWER)));
  const answered = answers.filter((answer) => answer.status === 'fulfilled');
  if (answered.length === 0) {
    throw new Refusal(
      '클러스터에 연결하지 못했습니다. docker-compose ps로 브로커가 실행 중인지 확인해 주세요.',
    );
  }
  const [partitions = []] = answered.map(({ value }) => value).filter(({ length }) => length > 0);
  if (partitions.length === 0) {
    throw new Refusal(
      `${topic} 토픽이 없습니다. ./create_topic.sh ${topic} 3 3 으로 먼저 만들어 주세요. (UNKNOWN_TOPIC_OR_PARTITION)`,
    );
  }
  const orphans = partitions.filter(({ leader }) => leader === undefined);
  if (orphans.length > 0) {
    const numbers = orphans.map(({ partition }) => partition).join(', ');
    throw new Refusal(
      `토픽 ${topic}의 파티션 ${numbers}에 리더가 없습니다. 그 복제본을 가진 브로커가 멈춰 있으니 docker-compose up -d 로 모두 시작한 뒤 다시 실행해 주세요. (LEADER_NOT_AVAILABLE)`,
    );
  }
  return partitions.length;
};
