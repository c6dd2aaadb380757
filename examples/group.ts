/** The consumer group of chapter 6. */
import type { Admin } from 'kafkajs';
import { Refusal } from './refusal.ts';

export const GROUP = 'order_processing_group';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** What clients are called begins so: the group's table shows it. */
export const clientsOf = (letter: string): string => `consumer-${letter}-`;

/** A letter for a program's consumers that no other program in the group has now. */
export const freeLetter = async (admin: Admin): Promise<string> => {
  await admin.connect();
  const { groups } = await admin.describeGroups([GROUP]);
  await admin.disconnect();
  const members = groups.flatMap((group) => group.members);
  const isFree = (letter: string): boolean =>
    members.every(({ clientId }) => !clientId.startsWith(clientsOf(letter)));
  return LETTERS.find(isFree) ?? 'Z';
};

/**
 * Makes the group on the topic, before any consumer runs: committed at the end of each partition, so
 * that it reads what comes from now on. A group that has consumers, or has been on this topic before,
 * is left as it is.
 */
export const prepareGroup = async (admin: Admin, topic: string): Promise<void> => {
  const {
    groups: [group],
  } = await admin.describeGroups([GROUP]);
  if (group !== undefined && group.members.length > 0) {
    console.log(
      `컨슈머 그룹 ${GROUP}: 컨슈머 ${group.members.length}개가 쓰고 있어 그대로 둡니다.`,
    );
    return;
  }
  const committed = await admin.fetchOffsets({ groupId: GROUP, topics: [topic] });
  if (committed.some(({ partitions }) => partitions.some(({ offset }) => offset !== '-1'))) {
    console.log(`컨슈머 그룹 ${GROUP}: ${topic}에 이미 준비되어 있습니다.`);
    return;
  }
  const offsets = await admin.fetchTopicOffsets(topic);
  const ends = offsets.map(({ partition, high }) => ({ partition, offset: high }));
  await admin.setOffsets({ groupId: GROUP, topic, partitions: ends }).catch((error: unknown) => {
    throw new Refusal(
      `컨슈머 그룹 ${GROUP}을 준비하지 못했습니다. 브로커 세 대가 모두 실행 중인지 docker-compose ps로 확인해 주세요. ` +
        `처음 만들 때는 셋이 다 있어야 합니다. (${error instanceof Error ? error.message : error})`,
    );
  });
  console.log(`컨슈머 그룹 ${GROUP}: ${topic}의 파티션마다 지금의 끝부터 읽도록 준비했습니다.`);
};
