/**
 * The guide’s scenarios, and the one that must show a loss. Which brokers they take away is said before the
 * click by `server/lessons/touches.ts`.
 */
import { Partitioners } from 'kafkajs';
import { typeOf } from '../connection.ts';
import { openLane } from '../lane.ts';
import { Refusal } from '../refusal.ts';
import { unlessAborted } from '../stopping.ts';
import { describeTopic, docker, nameOf, waitUntil } from './cluster.ts';
import { awaitElection, type Drill, pause, type Result, spread, withDrill } from './drill.ts';
import type { Sent } from './ledger.ts';
import { startLoad } from './load.ts';
import { printPartitions } from './report.ts';

export type Context = Parameters<typeof withDrill>[0];

const PARTITIONS = 3;
const SHAPE = {
  partitions: PARTITIONS,
  replicas: spread(PARTITIONS),
  config: { 'min.insync.replicas': '2' },
};

/** Milliseconds of load before the failure, during it, and after it. */
const BEFORE = 3_000;
const DURING = 5_000;
const AFTER = 2_000;

/** Load, failure, recovery, and load again. */
const through = async (
  drill: Drill,
  brokers: readonly number[],
  meanwhile: () => Promise<void> = async () => {},
): Promise<readonly Sent[]> => {
  const { kafka, topic, abort } = drill;
  printPartitions('멈추기 전', await describeTopic(topic));
  console.log('\n메시지를 보내기 시작합니다.');
  const load = await startLoad(kafka, topic, PARTITIONS);
  drill.draw(load);
  try {
    await pause(BEFORE, abort);
    // Watched from the command on: an orderly stop has handed the leaders over when it is done.
    await Promise.all([drill.fail(brokers), awaitElection(topic, brokers, abort)]);
    await meanwhile();
    await pause(DURING, abort);
    printPartitions('멈춘 동안', await describeTopic(topic));
    console.log('');
    await drill.restore();
    await pause(AFTER, abort);
  } finally {
    // What is under way ends only with a cluster that takes it.
    await drill.restore();
    await load.stop();
  }
  return load.sent;
};

/** 1: one broker, which leads a third of the partitions. */
export const singleBroker = (context: Context): Promise<Result> =>
  withDrill(context, 'single', SHAPE, (drill) => through(drill, [2]));

/** 2: two brokers. What is left may not take writes, and does not: that is the expected outcome. */
export const twoBrokers = (context: Context): Promise<Result> =>
  withDrill(context, 'two', SHAPE, (drill) => through(drill, [2, 3], () => expectRefusal(drill)));

/** 3: whichever broker leads partition 0. */
export const leaderBroker = (context: Context): Promise<Result> =>
  withDrill(context, 'leader', SHAPE, async (drill) => {
    const [first] = await describeTopic(drill.topic);
    const leader = first?.leader ?? 1;
    console.log(`파티션 0의 리더는 ${nameOf(leader)}입니다. 이 브로커를 멈춥니다.`);
    return through(drill, [leader]);
  });

/** One write with acks=all: `min.insync.replicas=2` must refuse it. */
const expectRefusal = async ({ kafka, topic, abort }: Drill): Promise<void> => {
  await waitUntil(async () => (await describeTopic(topic)).every(({ isr }) => isr.length < 2), {
    deadline: 60_000,
    abort,
    reason: () => '멈춘 브로커가 ISR에서 빠지지 않았습니다.',
  });
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
    retry: { retries: 0 },
  });
  await producer.connect();
  try {
    const message = { partition: 0, value: 'probe', headers: { id: 'probe' } };
    await producer.send({ topic, acks: -1, messages: [message] });
  } catch (error) {
    const type = typeOf(error);
    if (type !== 'NOT_ENOUGH_REPLICAS') throw error;
    console.log(
      'acks=all로 한 건을 더 보내 보니 거절했습니다: NOT_ENOUGH_REPLICAS\n' +
        'min.insync.replicas=2인데 동기화된 복제본이 하나뿐이어서, 예상한 대로입니다.\n' +
        '(시험 삼아 보낸 이 한 건은 원장에 적지 않습니다.)',
    );
    return;
  } finally {
    await producer.disconnect();
  }
  throw new Refusal('동기화된 복제본이 하나뿐인데도 acks=all 쓰기가 받아들여졌습니다.');
};

const KEPT = 20;
const DOOMED = 30;

/**
 * A real unclean election: the follower is away while the leader alone acks, then comes back without
 * it and leads. The ledger must show the loss.
 */
export const uncleanElection = (context: Context): Promise<Result> => {
  const shape = {
    partitions: 1,
    replicas: [[1, 2]],
    config: { 'unclean.leader.election.enable': 'true', 'min.insync.replicas': '1' },
  };
  return withDrill(context, 'unclean', shape, async (drill) => {
    const { kafka, topic, abort } = drill;
    const sent: Sent[] = [];
    // Before anything stops: it could not be opened while some other topic has no leader. And not
    // idempotent, since it would have to be opened anew: the new leader does not know its sequence.
    const lane = await openLane({ kafka, topic, partition: 0, acks: -1, idempotent: false });
    const load = { sent, waiting: [0] };
    drill.draw(load);
    const send = async (count: number): Promise<void> => {
      for (let left = count; left > 0; left -= 1) {
        abort.throwIfAborted();
        const id = `0-${sent.length}`;
        load.waiting = [1];
        const outcome = await unlessAborted(lane.send({ id, key: id, value: id }), abort);
        load.waiting = [0];
        sent.push({ id, partition: 0, outcome });
      }
    };
    /** Prints what it has waited for: another broker may not know of it yet. */
    const leaderIs = async (leader: number | undefined, title: string): Promise<void> => {
      const seen = async () => {
        const states = await describeTopic(topic);
        return states.length > 0 && states[0]?.leader === leader && states;
      };
      const states = await waitUntil(seen, {
        deadline: 60_000,
        abort,
        reason: () =>
          `파티션 0의 리더가 기다린 대로(${leader === undefined ? '없음' : nameOf(leader)}) 되지 않았습니다.`,
      });
      printPartitions(title, states);
    };

    await leaderIs(1, '처음: kafka1이 리더, kafka2가 팔로워');
    await send(KEPT);
    console.log(`${KEPT}건을 보냈습니다. 두 브로커에 모두 저장되었습니다.\n`);
    await drill.fail([2]);
    await waitUntil(async () => (await describeTopic(topic))[0]?.isr.join() === '1', {
      deadline: 60_000,
      abort,
      reason: () => 'kafka2가 ISR에서 빠지지 않았습니다.',
    });
    await send(DOOMED);
    console.log(
      `${DOOMED}건을 더 보냈습니다. 리더인 kafka1에만 저장되었고, 그래도 저장되었다고 답했습니다.\n`,
    );
    await drill.fail([1]);
    await leaderIs(undefined, '리더가 없습니다: ISR에 남은 것은 멈춘 kafka1뿐');
    console.log('\nISR에 없던 kafka2만 다시 시작합니다.');
    await docker('start', [2]);
    await leaderIs(2, 'unclean 선출: 뒤처진 kafka2가 리더가 되었습니다');
    await send(10);
    console.log('10건을 더 보냈습니다. 잃어버린 메시지의 오프셋을 새 메시지가 차지합니다.\n');
    await lane.close();
    await drill.restore();
    return sent;
  });
};
