/**
 * node producer_example.ts [--topic orders] [--count N] [--rate 5] [--partitioner key] [--acks all]
 *
 * Orders of eight users, the user as key; without keys, where they go round. Prints where each one
 * was written; goes on through a broker's stop and crash, and sums up at its end, which Ctrl+C may
 * bring.
 */
import { setTimeout } from 'node:timers/promises';
import { type ProducerOptions, parseProducerOptions } from './arguments.ts';
import { createKafka, typeOf } from './connection.ts';
import { type Lane, type Outcome, openLane } from './lane.ts';
import { PARTITIONERS } from './partitioners.ts';
import { Refusal, run } from './refusal.ts';
import { startSampler } from './sampler.ts';
import { stopSignal, unlessAborted } from './stopping.ts';
import { createTally } from './tally.ts';
import { countPartitions } from './topic.ts';

/** By murmur2 they spread over all of three partitions. */
const USERS = Array.from({ length: 8 }, (_, index) => `user-${index + 1}`);
const ITEMS = ['노트북', '키보드', '마우스', '모니터', '헤드셋'];

/** Enough to outlive a crash of 18 s at the usual rates; beyond it, the orders wait. */
const MOST_WAITING = 1_000;

/** Milliseconds that orders on their way have after Ctrl+C: 중지 insists after 5 s. */
const LAST = 4_000;

const pick = (from: readonly string[]): string =>
  from[Math.floor(Math.random() * from.length)] ?? '';

const produce = async (options: ProducerOptions, abort: AbortSignal): Promise<void> => {
  const { topic, acks, rate, count = Number.POSITIVE_INFINITY } = options;
  const kafka = createKafka('producer_example', 30);
  const partitions = await countPartitions(topic);
  const partitioner = PARTITIONERS[options.partitioner];
  const opening = Promise.all(
    Array.from({ length: partitions }, (_, partition) =>
      openLane({ kafka, topic, partition, acks, idempotent: acks === -1 }),
    ),
  );
  const lanes = await unlessAborted(opening, abort).catch((error: unknown) => {
    if (abort.aborted) process.exit(130);
    throw new Refusal(
      `프로듀서를 시작하지 못했습니다. 리더가 없는 파티션이 하나라도 있으면 KafkaJS가 연결하지 못하니, docker-compose up -d 로 브로커를 모두 시작한 뒤 다시 실행해 주세요. (${typeOf(error) ?? (error instanceof Error ? error.name : error)})`,
    );
  });
  const tally = createTally(partitions);
  console.log(
    `${topic} 토픽의 파티션 ${partitions}개에 초당 ${rate}건씩 보냅니다. (파티셔너 ${options.partitioner}, acks ${acks === -1 ? 'all' : acks})`,
  );
  const sampler = startSampler({ topic, what: 'acked' }, () => tally.standing);
  const from = performance.now();
  for (let index = 0; index < count && !abort.aborted; index += 1) {
    const key = pick(USERS);
    const partition = partitioner({ index, key }, partitions);
    const lane = lanes[partition];
    if (lane === undefined) throw new RangeError(`no partition ${partition}`);
    const end = tally.begin(partition);
    const sent = send(lane, index, key, options.partitioner === 'round-robin' ? null : key);
    void sent.then((outcome) => {
      end(outcome);
      print(partition, index, key, outcome);
    });
    // By the clock, not by pauses: what was late is made up for.
    const next = from + ((index + 1) * 1_000) / rate - performance.now();
    const full = lane.waiting >= MOST_WAITING;
    if (next > 0 || full)
      await setTimeout(Math.max(next, full ? 100 : 0), undefined, { signal: abort }).catch(
        () => {},
      );
  }
  if (lanes.some(({ waiting }) => waiting > 0))
    console.log('보내던 주문이 끝나기를 기다립니다… (한 번 더 Ctrl+C를 누르면 바로 끝냅니다)');
  const closing = Promise.all(lanes.map((lane) => lane.close()));
  await (abort.aborted ? Promise.race([closing, setTimeout(LAST)]) : closing);
  sampler.stop();
  console.log(tally.summary());
};

const send = (lane: Lane, index: number, user: string, key: string | null): Promise<Outcome> => {
  const order = { order_id: index + 1, user_id: user, item: pick(ITEMS) };
  return lane.send({ id: crypto.randomUUID(), key, value: JSON.stringify(order) });
};

const print = (partition: number, index: number, key: string, outcome: Outcome): void => {
  const order = `주문 ${index + 1}  ${key}`;
  if (outcome.kind !== 'acked')
    console.log(`실패  파티션 ${partition}  ${order}  ${outcome.reason}`);
  else console.log(`파티션 ${partition}  오프셋 ${outcome.offset}  ${order}`);
};

await run(() => produce(parseProducerOptions(process.argv.slice(2)), stopSignal()));
