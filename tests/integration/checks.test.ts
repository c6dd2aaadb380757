/** Each check on a real cluster: it fails, with what was seen, while the cluster is broken, and holds after. */
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { converge } from '../../server/cluster/converge.ts';
import { createWatcher, type Watcher } from '../../server/cluster/watcher.ts';
import { BROKERS } from '../../server/lab/lab.ts';
import type { ClusterCheck } from '../../server/lessons/check.ts';
import { type Driver, makeDriver } from './driver.ts';
import { type LocalHome, makeLocalHome } from './local-home.ts';

let home: LocalHome;
let watcher: Watcher;
let driver: Driver;

beforeAll(async () => {
  home = await makeLocalHome();
  const lab = home.lab();
  driver = makeDriver({
    lab,
    bootstrap: (broker) => `${broker}:${home.ports.brokers[broker].internal}`,
    dispose: home.dispose,
  });
  watcher = createWatcher(lab);
});
afterAll(() => home.dispose());

/** Milliseconds for what comes, and for what does not: Kafka has settled in the former. */
const COMES = 60_000;
const STAYS = 4_000;

const why = (check: ClusterCheck, deadline = STAYS): Promise<string | undefined> =>
  converge(watcher, [check], {
    deadline,
    signal: new AbortController().signal,
    say: () => {},
  });
const holds = async (check: ClusterCheck): Promise<void> =>
  expect(await why(check, COMES)).toBeUndefined();
const control = async (verb: 'stop' | 'start' | 'pause' | 'unpause', name: 'kafka1' | 'kafka2') =>
  expect(await driver.control(verb, name)).toMatchObject({ code: 0 });

const ISR: ClusterCheck = { isr: { topic: 'kept', size: 3 } };
const ALL: ClusterCheck = { up: [...BROKERS] };

it('does not wait for a cluster that is not there', async () => {
  const from = performance.now();
  for (const check of [ISR, ALL])
    expect(await why(check, COMES)).toContain('떠 있는 브로커가 없습니다');
  expect(performance.now() - from).toBeLessThan(COMES / 2);
  await holds({ down: [...BROKERS] });
});

it('sees how a topic was made', async () => {
  expect(await driver.up()).toMatchObject({ code: 0 });
  await holds(ALL);
  const kept = { topic: 'kept', partitions: 1, replicationFactor: 3 };
  expect(await why(kept)).toBe('kept 토픽이 없습니다.');
  await driver.topics('--create', '--topic', 'kept', '--replica-assignment', '1:2:3');
  await holds(kept);
  expect(await why({ ...kept, partitions: 3 })).toBe(
    'kept 토픽의 파티션이 1개입니다. 3개여야 합니다.',
  );
  expect(await why({ ...kept, replicationFactor: 2 })).toBe(
    'kept 토픽의 복제본이 3개씩입니다. 2개씩이어야 합니다.',
  );
}, 120_000);

it('sees who is in the ISR, who leads, and which broker runs', async () => {
  await holds(ISR);
  await holds({ preferred: 'kept' });
  const moved: ClusterCheck = { leader: { topic: 'kept', partition: 0, not: 'kafka1' } };
  expect(await why(moved)).toBe('kept-0의 리더가 아직 kafka1입니다.');
  expect(await why({ down: ['kafka1'] })).toBe('kafka1이 아직 실행 중입니다.');
  await control('stop', 'kafka1');
  await holds({ down: ['kafka1'] });
  await holds(moved);
  await holds({ isr: { topic: 'kept', size: 2 } });
  expect(await why(ISR)).toBe(
    'kept-0의 ISR이 [2,3]입니다. 3개여야 합니다. kafka1이 멈춰 있습니다. 먼저 kafka1을 시작해 주세요.',
  );
  expect(await why(ALL)).toBe('kafka1이 멈춰 있습니다.');
  await control('start', 'kafka1');
  await holds(ALL);
  await holds(ISR);
  expect(await why({ isr: { topic: 'kept', size: 2 } })).toBe(
    'kept-0의 ISR이 [1,2,3]입니다. 2개로 줄어야 합니다.',
  );
  expect(await why({ preferred: 'kept' })).toBe(
    'kept-0의 리더가 kafka2입니다. 우선 리더는 kafka1입니다.',
  );
}, 180_000);

it('sees a broker that hangs', async () => {
  await control('pause', 'kafka2');
  onTestFinished(() => control('unpause', 'kafka2'));
  expect(await why(ALL)).toBe('kafka2가 일시 정지되어 있습니다.');
  expect(await why({ down: ['kafka2'] })).toBe('kafka2가 멈춘 것이 아니라 일시 정지되어 있습니다.');
}, 60_000);

it('sees who is in a group', async () => {
  await holds(ALL);
  const group = (members: number, state: 'Stable' | 'Empty'): ClusterCheck => ({
    group: 'readers',
    members,
    state,
  });
  expect(await why(group(1, 'Stable'))).toBe('readers 그룹이 아직 없습니다.');
  await holds({ idle: 'readers' });
  const kafka = new Kafka({
    brokers: BROKERS.map((name) => `localhost:${home.ports.brokers[name].external}`),
    logLevel: logLevel.NOTHING,
  });
  const member = kafka.consumer({ groupId: 'readers' });
  await member.connect();
  let left: Promise<void> | undefined;
  const leave = (): Promise<void> => {
    left ??= member.disconnect();
    return left;
  };
  onTestFinished(leave);
  await member.subscribe({ topic: 'kept' });
  await member.run({ eachMessage: async () => {} });
  await holds(group(1, 'Stable'));
  expect(await why(group(3, 'Stable'))).toBe('readers 그룹의 멤버가 1명입니다. 3명이어야 합니다.');
  expect(await why({ idle: 'readers' })).toBe(
    'readers 그룹에 컨슈머가 1개 있습니다. 그 컨슈머를 실행한 단계를 중지해 주세요.',
  );
  await leave();
  await holds(group(0, 'Empty'));
  await holds({ idle: 'readers' });
  expect(await why(group(0, 'Stable'))).toBe(
    'readers 그룹의 상태가 Empty입니다. Stable 상태가 되어야 합니다.',
  );
}, 120_000);
