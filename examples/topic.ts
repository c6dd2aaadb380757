import type { Kafka } from 'kafkajs';
import { typeOf } from './connection.ts';
import { Refusal } from './refusal.ts';

/** How many partitions the topic has. @throws Refusal for one that there is not, or no cluster. */
export const countPartitions = async (kafka: Kafka, topic: string): Promise<number> => {
  const admin = kafka.admin({ retry: { retries: 5 } });
  try {
    await admin.connect();
    const {
      topics: [found],
    } = await admin.fetchTopicMetadata({ topics: [topic] });
    return found?.partitions.length ?? 0;
  } catch (error) {
    const type = typeOf(error);
    if (type === 'UNKNOWN_TOPIC_OR_PARTITION' || type === 'INVALID_TOPIC_EXCEPTION') {
      throw new Refusal(
        `토픽 ${topic}이(가) 없습니다. ./create_topic.sh ${topic} 3 3 으로 먼저 만들어 주세요. (${type})`,
      );
    }
    throw new Refusal(
      `클러스터에 연결하지 못했습니다. docker-compose ps로 브로커가 실행 중인지 확인해 주세요. (${type ?? (error instanceof Error ? error.name : error)})`,
    );
  } finally {
    await admin.disconnect();
  }
};
