/**
 * ./create_topic.sh TOPIC PARTITIONS REPLICATION_FACTOR [with-group]
 *
 * Creates a topic, waits until every partition has a leader, and prints where its replicas are. A
 * topic that exists in the same shape is success; in another shape, an error. `with-group` prepares
 * the consumer group of chapter 6 on it. Exit code 1 for what Kafka refuses, 2 for wrong use.
 */
import { setTimeout } from 'node:timers/promises';
import type { Admin, ITopicMetadata } from 'kafkajs';
import { parseTopicArguments, type TopicArguments } from './arguments.ts';
import { createKafka, REQUEST_TIMEOUT, typeOf } from './connection.ts';
import { prepareGroup } from './group.ts';
import { Refusal, run } from './refusal.ts';

/** Each partition is a folder and open files on every broker; a laptop's disk is soon full of them. */
const MOST_PARTITIONS = 1_000;

interface Shape {
  readonly topic: string;
  readonly partitions: number;
  readonly replicationFactor: number;
}

const parseShape = ({ topic, partitions, replicationFactor }: TopicArguments): Shape => ({
  topic,
  partitions: parseCount('파티션 수', partitions, MOST_PARTITIONS),
  // The protocol keeps it in 16 bits.
  replicationFactor: parseCount('복제 팩터', replicationFactor, 32_767),
});

const parseCount = (name: string, text: string, most: number): number => {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > most) {
    throw new Refusal(`${name}는 1 이상 ${most} 이하의 정수여야 합니다: ${text}`);
  }
  return count;
};

const createTopic = async (admin: Admin, shape: Shape): Promise<void> => {
  const { topic, partitions: numPartitions, replicationFactor } = shape;
  try {
    // kafkajs gives `false` for a topic that exists.
    const made = await admin.createTopics({
      topics: [{ topic, numPartitions, replicationFactor }],
      waitForLeaders: true,
      timeout: REQUEST_TIMEOUT,
    });
    const metadata = await describeSoon(admin, topic);
    if (made) console.log(`토픽 ${topic}: 새로 만들었습니다.`);
    else sayExisting(shape, metadata);
    print(metadata);
  } catch (error) {
    throw explain(error, shape);
  }
};

/** The broker that is asked may hear of a new topic a moment after the controller has made it. */
const describeSoon = async (admin: Admin, topic: string): Promise<ITopicMetadata> => {
  const deadline = performance.now() + REQUEST_TIMEOUT;
  for (;;) {
    try {
      return await describe(admin, topic);
    } catch (error) {
      const unheard = typeOf(error) === 'UNKNOWN_TOPIC_OR_PARTITION';
      if (!unheard || performance.now() > deadline) throw error;
    }
    await setTimeout(100);
  }
};

const describe = async (admin: Admin, topic: string): Promise<ITopicMetadata> => {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const [metadata] = topics;
  if (metadata === undefined) throw new Refusal(`토픽 ${topic}의 정보를 읽지 못했습니다.`);
  return metadata;
};

const sayExisting = (wanted: Shape, { partitions }: ITopicMetadata): void => {
  const replicas = partitions[0]?.replicas.length ?? 0;
  if (partitions.length === wanted.partitions && replicas === wanted.replicationFactor) {
    console.log(`토픽 ${wanted.topic}: 같은 모양으로 이미 있습니다.`);
    return;
  }
  throw new Refusal(
    `토픽 ${wanted.topic}: 다른 모양으로 이미 있습니다. ` +
      `있는 것: 파티션 ${partitions.length}개, 복제 팩터 ${replicas} / ` +
      `만들려던 것: 파티션 ${wanted.partitions}개, 복제 팩터 ${wanted.replicationFactor}. ` +
      '다른 이름을 쓰거나 먼저 지워 주세요.',
  );
};

const print = ({ partitions }: ITopicMetadata): void => {
  console.log(`파티션 ${partitions.length}개, 복제 팩터 ${partitions[0]?.replicas.length ?? 0}`);
  const sorted = partitions.toSorted((left, right) => left.partitionId - right.partitionId);
  for (const { partitionId, leader, replicas, isr } of sorted) {
    console.log(
      `  파티션 ${partitionId}  리더 ${leader}  복제본 ${replicas.join(',')}  ISR ${isr.join(',')}`,
    );
  }
};

/** Kafka's own reason, in plain Korean. */
const explain = (error: unknown, { topic, replicationFactor }: Shape): unknown => {
  const reason = firstOf(error);
  if (!(reason instanceof Error) || reason instanceof Refusal) return reason;
  const type = typeOf(reason);
  switch (type) {
    case 'INVALID_REPLICATION_FACTOR':
      return new Refusal(
        `복제 팩터 ${replicationFactor}만큼의 브로커가 없습니다. 복제본은 서로 다른 브로커에 하나씩 놓이므로, ` +
          '복제 팩터는 실행 중인 브로커 수를 넘을 수 없습니다. (INVALID_REPLICATION_FACTOR)',
      );
    case 'INVALID_TOPIC_EXCEPTION':
      return new Refusal(`쓸 수 없는 토픽 이름입니다: ${topic} — ${explainName(topic)} (${type})`);
    case 'LEADER_NOT_AVAILABLE':
      // kafkajs gives up on the whole cluster for one partition of any topic (its issue #1520).
      return new Refusal(
        '지금 리더가 없는 파티션이 있어 토픽을 만들거나 확인하지 못합니다. ' +
          '멈춘 브로커가 있으면 docker start로 다시 시작하고, 없으면 잠시 뒤에 다시 실행해 주세요. (LEADER_NOT_AVAILABLE)',
      );
    default:
      return new Refusal(
        `브로커가 제때 답하지 않았습니다. docker-compose ps로 브로커가 실행 중인지 확인해 주세요. ` +
          `브로커가 방금 강제로 끝났다면 컨트롤러가 바뀔 때까지 20초쯤 걸립니다. (${type ?? reason.name})`,
      );
  }
};

/** Kafka has one error for every name that it refuses. */
const explainName = (topic: string): string => {
  if (topic === '.' || topic === '..') return '마침표만으로는 이름을 지을 수 없습니다.';
  if (topic.length > 249) return `249자까지 쓸 수 있는데 ${topic.length}자입니다.`;
  if (/[^a-zA-Z0-9._-]/.test(topic)) {
    return '영문자, 숫자, 마침표(.), 밑줄(_), 빼기(-)만 쓸 수 있습니다.';
  }
  return '마침표(.)와 밑줄(_)만 다른 이름의 토픽이 이미 있습니다. 둘은 지표에서 같은 이름이 됩니다.';
};

/** What Kafka says of one topic comes wrapped, since one request may create many. */
const firstOf = (error: unknown): unknown =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors)
    ? error.errors[0]
    : error;

await run(async () => {
  const args = parseTopicArguments(process.argv.slice(2));
  const shape = parseShape(args);
  const kafka = createKafka('create_topic', 5);
  const admin = kafka.admin();
  try {
    await admin.connect().catch((error: unknown) => {
      throw explain(error, shape);
    });
    await createTopic(admin, shape);
    if (args.withGroup) await prepareGroup(admin, shape.topic);
  } finally {
    await admin.disconnect();
  }
});
