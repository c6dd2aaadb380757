/** One consumer of the group, and what it says. */
import { setTimeout } from 'node:timers/promises';
import type { Consumer, Kafka } from 'kafkajs';
import { GROUP } from './group.ts';
import { hasLeft } from './mend_kafkajs_group.ts';

export interface Member {
  /**
   * Commits and leaves: the others need not wait for its session to expire. Gives false when no
   * coordinator has confirmed it within `LEAVING`.
   */
  leave(): Promise<boolean>;
}

export interface MemberOptions {
  readonly kafka: Kafka;
  readonly topic: string;
  /** What its lines begin with. */
  readonly name: string;
  readonly abort: AbortSignal;
  /** A message of that partition was read. */
  handleRead?(partition: number): void;
}

/** Milliseconds without a heartbeat after which the coordinator removes a member. */
const SESSION_TIMEOUT = 10_000;
/** Milliseconds: 중지 insists after 5 s. */
export const LEAVING = 4_000;

export const joinGroup = async (options: MemberOptions): Promise<Member> => {
  const { kafka, topic, name, abort } = options;
  /** The one that is connected, or the last one that was. */
  let current: Consumer | undefined;
  let replacing: Promise<void> = Promise.resolve();
  /** What the group calls it; null while it has no member that runs. */
  let memberId: string | null = null;

  const start = async (): Promise<void> => {
    const next = kafka.consumer({
      groupId: GROUP,
      sessionTimeout: SESSION_TIMEOUT,
      heartbeatInterval: 1_000,
      rebalanceTimeout: 15_000,
      maxWaitTimeInMs: 500,
      // A consumer that has crashed for good is replaced by a new one, below.
      retry: { restartOnFailure: async () => false },
    });
    announce(next, { name, topic, abort });
    next.on(next.events.CRASH, ({ payload }) => {
      if (abort.aborted) return;
      console.log(`[${name}] 연결이 끊겨 새로 참여합니다. (${payload.error.name})`);
      memberId = null;
      replacing = replace(next);
    });
    next.on(next.events.GROUP_JOIN, ({ payload }) => {
      memberId = payload.memberId;
    });
    await next.connect();
    current = next;
    await next.subscribe({ topics: [topic], fromBeginning: true });
    await next.run({
      eachMessage: async ({ partition, message: { offset, key, value } }) => {
        options.handleRead?.(partition);
        const order = printable(`${key?.toString() ?? '키 없음'}  ${value?.toString() ?? ''}`);
        console.log(`[${name}] 파티션 ${partition}  오프셋 ${offset}  ${order}`);
      },
    });
  };

  const replace = async (old: Consumer): Promise<void> => {
    await old.disconnect().catch(() => {});
    while (!abort.aborted) {
      try {
        await start();
        return;
      } catch {
        // The cluster is not back yet.
        await current?.disconnect().catch(() => {});
        await setTimeout(1_000, undefined, { signal: abort }).catch(() => {});
      }
    }
  };

  await start();
  return {
    leave: () => {
      const leaving = replacing
        .then(() => current?.disconnect())
        .then(() => memberId !== null && hasLeft(memberId));
      return Promise.race([leaving, setTimeout(LEAVING, false)]);
    },
  };
};

/** Anybody may have written a message: what would move the cursor, or worse, is spelled out. */
export const printable = (text: string): string =>
  text.replace(/\p{Cc}/gu, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);

const announce = (
  consumer: Consumer,
  { name, topic, abort }: Omit<MemberOptions, 'kafka'>,
): void => {
  const { events } = consumer;
  // What the others' leaving does to one that is about to leave is no news.
  consumer.on(events.REBALANCING, () => {
    if (abort.aborted) return;
    console.log(`[${name}] 리밸런싱: 맡은 파티션을 모두 내놓습니다(회수).`);
  });
  consumer.on(events.GROUP_JOIN, ({ payload }) => {
    if (abort.aborted) return;
    const partitions = payload.memberAssignment[topic] ?? [];
    const assigned = partitions.length > 0 ? `파티션 ${partitions.join(', ')}` : '없음(대기)';
    const leader = payload.isLeader ? '  (그룹 리더)' : '';
    console.log(`[${name}] 그룹에 참여했습니다. 할당: ${assigned}${leader}`);
  });
  /** Partitions that it lags behind on. */
  const behind = new Set<number>();
  consumer.on(events.END_BATCH_PROCESS, ({ payload: { batchSize, partition, offsetLag } }) => {
    const lags = offsetLag !== '0';
    // Keeping up is worth a line when it comes after a lag.
    if (batchSize === 0 || (!lags && !behind.delete(partition))) return;
    if (lags) behind.add(partition);
    console.log(`[${name}] 파티션 ${partition}  남은 메시지(lag) ${offsetLag}`);
  });
};
