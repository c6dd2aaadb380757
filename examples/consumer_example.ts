/**
 * node consumer_example.ts [--topic orders] [--threads 1]
 *
 * Consumers of order_processing_group, several in one process. Prints who is assigned what, each
 * order, and how much is left to read; Ctrl+C commits, leaves the group and ends.
 */
import { type ConsumerOptions, parseConsumerOptions } from './arguments.ts';
import { createKafka } from './connection.ts';
import { clientsOf, freeLetter, GROUP } from './group.ts';
import { joinGroup, type Member } from './member.ts';
import { run } from './refusal.ts';
import { startSampler } from './sampler.ts';
import { stopSignal, unlessAborted } from './stopping.ts';
import { countPartitions } from './topic.ts';

/** Milliseconds. */
const PATIENCE = 15_000;
const LATE =
  '아직 그룹에 들어가지 못했습니다. 그룹을 처음 쓸 때는 브로커 세 대가 모두 있어야 하고, 리더가 없는 파티션이 있으면 기다려야 하니 docker-compose up -d 로 브로커를 모두 시작해 주세요. 나간다고 알리지 못한 컨슈머가 있었다면 그 세션이 만료된 뒤에 들어갑니다. 계속 시도합니다…';
const UNREACHED =
  '코디네이터와 연결되지 않아 나간다고 알리지 못했습니다. 그룹에는 세션이 만료될 때까지 남아 있을 수 있습니다.';

const consume = async ({ topic, threads }: ConsumerOptions, abort: AbortSignal): Promise<void> => {
  const partitions = await countPartitions(topic);
  console.log(`${GROUP}에 컨슈머 ${threads}개로 참여합니다. (${topic}, 파티션 ${partitions}개)`);
  /** Messages by partition. */
  const read = Array<number>(partitions).fill(0);
  const join = async (): Promise<readonly Member[]> => {
    const letter = await freeLetter(createKafka('consumer_example', 30).admin());
    return Promise.all(
      Array.from({ length: threads }, (_, index) =>
        joinGroup({
          kafka: createKafka(`${clientsOf(letter)}${index + 1}`, 30),
          topic,
          name: `컨슈머 ${letter}-${index + 1}`,
          abort,
          handleRead: (partition) => {
            read[partition] = (read[partition] ?? 0) + 1;
          },
        }),
      ),
    );
  };
  const standing = () => ({ counts: [...read], failed: 0, unknown: 0, waiting: read.map(() => 0) });
  const sampler = startSampler({ topic, what: 'read' }, standing);
  const late = setTimeout(() => console.log(LATE), PATIENCE);
  const members = await unlessAborted(join(), abort).finally(() => clearTimeout(late));
  console.log(`컨슈머 ${threads}개가 모두 참여했습니다.`);
  await new Promise<void>((resolve) => {
    if (abort.aborted) resolve();
    abort.addEventListener('abort', () => resolve(), { once: true });
  });
  console.log('\n오프셋을 커밋하고 그룹에서 나갑니다…');
  const left = await Promise.all(members.map(({ leave }) => leave()));
  sampler.stop();
  const total = read.reduce((sum, count) => sum + count, 0);
  const how = left.every(Boolean) ? '그룹에서 나갔습니다.' : UNREACHED;
  console.log(`${how} 모두 ${total}건을 읽었습니다.`);
};

const abort = stopSignal();
await run(() =>
  consume(parseConsumerOptions(process.argv.slice(2)), abort).catch((error: unknown) => {
    // Before it had joined there is nothing to leave.
    if (abort.aborted && error === abort.reason) process.exit(130);
    throw error;
  }),
);
