/** "여기서 시작": from an empty cluster and from a dirty one; and what a step says it would touch. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCheckpoints } from '../../server/lessons/checkpoints.ts';
import { readLessons } from '../../server/lessons/read.ts';
import { CONTENT } from '../../server/settings.ts';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { stepOf } from './page.ts';
import { closeReader, openReader, type Reader } from './reader.ts';
import { lab, PORT } from './sidecar.ts';

let browser: Browser;
let sidecar: Reader['sidecar'];
let page: Page;
let complaints: string[];

beforeAll(async () => {
  ({ browser, sidecar, page, complaints } = await openReader());
});
afterAll(() => closeReader({ browser, sidecar }));

const run = async (command: string): Promise<string> => {
  const { code, stdout, stderr } = await lab(...command.split(' '));
  expect(code, stdout + stderr).toBe(0);
  return stdout;
};
const TOPICS = 'docker exec kafka1 kafka-topics --bootstrap-server kafka1:29092';
const topics = async (): Promise<string[]> =>
  (await run(`${TOPICS} --list`))
    .split('\n')
    .filter((name) => /^\w/.test(name) && !/^__/.test(name));
const describe = (topic: string): Promise<string> => run(`${TOPICS} --describe --topic ${topic}`);

/** The checkpoint at the head of a chapter, opened, or that of a step. */
const open = async (id: string) => {
  const [chapter = ''] = id.split('/');
  await page.goto(`http://127.0.0.1:${PORT}/${chapter}/`);
  const widget = page.locator('lab-checkpoint', {
    has: page.locator(`lab-step[data-step="${id}"]`),
  });
  await widget.locator('summary').click();
  const difference = widget.locator('[data-part="difference"]');
  const says = (wanted: string, deadline = 20_000): Promise<boolean> =>
    waitFor(
      `${id} to say ${wanted}`,
      async () => (await difference.textContent())?.includes(wanted),
      deadline,
    ).catch(async (error: unknown) => {
      throw new Error(`${error}\nit says ${await difference.textContent()}`);
    });
  return { step: stepOf(page, id), difference, says };
};
const READY = '더 준비할 것이 없습니다';

it('asks nothing before it is opened, and then shows what it would do', async () => {
  await page.goto(`http://127.0.0.1:${PORT}/failures/`);
  const asked = await page.evaluate(() =>
    performance.getEntriesByType('resource').filter(({ name }) => name.includes('lab-checkpoint')),
  );
  expect(asked.filter((each) => each.name.endsWith('.js'))).toEqual([]);
  const { says, difference } = await open('failures/start');
  await says('켤 것: zookeeper, kafka1, kafka2, kafka3');
  expect(await difference.textContent()).toContain('토픽은 클러스터가 뜬 뒤에 보고');
  expect(await violations(page)).toEqual([]);
});

it('goes on where it was broken off, and ends in the declared state', async () => {
  const { step, says } = await open('failures/start');
  await step.press('실행');
  await step.prints(/kafka1 시작|(?:Creating|Starting) kafka1/, 60_000);
  await step.press('중지');
  await step.becomes('stopped', 60_000);
  await step.press('다시 실행');
  await step.becomes('passed', 120_000);
  await says(READY);
  expect(await topics()).toEqual(['events', 'orders']);
  expect(await describe('events')).toContain('PartitionCount: 5\tReplicationFactor: 2');
  await step.press('다시 실행');
  await step.prints('할 일이 없습니다');
  await step.becomes('passed');
}, 300_000);

it('deletes a topic of the lessons only as it was shown, and nobody else’s', async () => {
  await run('./create_topic.sh strangers 2 1');
  await run(`${TOPICS} --delete --topic orders`);
  await run('./create_topic.sh orders 1 2');
  await run('docker stop kafka2');
  await run('docker pause kafka3');
  // In a terminal nobody is shown anything first.
  const refused = await lab('step', 'partitioning/start');
  expect(refused).toMatchObject({
    code: 1,
    stdout: expect.stringContaining(
      'orders 토픽이 다른 모양(파티션 1개, 복제 팩터 2)으로 있습니다',
    ),
  });
  expect(await describe('orders')).toContain('PartitionCount: 1');
  const { step, says } = await open('partitioning/start');
  await says('지울 것: orders(파티션 1개, 복제본 2개씩)');
  await says('만들 것: orders(파티션 3개, 복제본 3개씩)');
  expect(await violations(page)).toEqual([]);
  await step.run('passed', 120_000);
  await says(READY);
  expect(await describe('orders')).toContain('PartitionCount: 3\tReplicationFactor: 3');
  expect(await topics()).toEqual(['events', 'orders', 'strangers']);
}, 300_000);

it('asks anew where more was written meanwhile than it showed', async () => {
  const write = (count: number) =>
    run(`node producer_example.ts --topic orders --count ${count} --rate 100`);
  await run(`${TOPICS} --delete --topic orders`);
  await run('./create_topic.sh orders 1 3');
  await write(20);
  await run('docker stop kafka3');
  const { step, says, difference } = await open('partitioning/start');
  await says('메시지 20개');
  await says('켤 것: kafka3');
  const red = difference.locator('[data-removal]');
  expect(await red.allTextContents()).toEqual([
    '지울 것: orders(파티션 1개, 복제본 3개씩)와 그 안의 메시지 20개',
  ]);
  await step.press((await step.status()) === 'idle' ? '실행' : '다시 실행');
  await step.prints('docker-compose up');
  await write(5);
  await step.becomes('failed', 120_000);
  await step.prints('메시지가 20개로 보였는데, 지금은 25개입니다');
  expect(await describe('orders')).toContain('PartitionCount: 1');
  await says('메시지 25개');
  await step.press('다시 실행');
  await step.becomes('passed', 120_000);
  await says(READY);
}, 300_000);

it('says what it would start where all that answered before are stopped', async () => {
  const { says, difference } = await open('failures/start');
  await says(READY);
  const { element } = stepOf(page, 'failures/stop-kafka3');
  await run('docker kill kafka1 kafka2 kafka3');
  await says('켤 것: kafka1, kafka2, kafka3');
  // Longer than what they have told is news.
  await waitFor('the topics to be unknown', async () =>
    (await difference.textContent())?.includes('토픽은 클러스터가 뜬 뒤에 보고'),
  );
  expect(await difference.textContent()).toMatch(/^켤 것: kafka1, kafka2, kafka3/);
  await element.scrollIntoViewIfNeeded();
  const line = element.locator('[data-part="radius"]');
  await waitFor('the step to say so, too', async () =>
    (await line.textContent())?.includes('kafka3: 이미 멈춰 있음'),
  );
}, 120_000);

const checkpoints = await readCheckpoints(CONTENT, await readLessons(CONTENT));

it.each([...checkpoints])(
  '%s is reached from a cluster that is not so',
  async (id, step) => {
    const { needs = [], makes = [] } = step.checkpoint ?? {};
    const [topic = ''] = [...makes, ...needs.filter((each) => 'topic' in each)].map(
      (each) => each.topic,
    );
    await run('docker-compose up -d');
    if ((await topics()).includes(topic)) await run(`${TOPICS} --delete --topic ${topic}`);
    await run(`./create_topic.sh ${topic} 2 2`);
    await run('docker pause kafka3');
    const { step: start, says } = await open(id);
    await says('다시 움직일 것: kafka3');
    await says(`지울 것: ${topic}(파티션 2개, 복제본 2개씩)`);
    await start.press((await start.status()) === 'idle' ? '실행' : '다시 실행');
    await start.becomes('passed', 150_000);
    await says(READY);
    expect(await topics()).toContain('strangers');
  },
  300_000,
);

it('a step says what it would touch now, and that nothing is left to', async () => {
  await run('docker-compose up -d');
  await page.goto(`http://127.0.0.1:${PORT}/failures/`);
  const step = stepOf(page, 'failures/stop-kafka3');
  const line = step.element.locator('[data-part="radius"]');
  // Not on the screen: nobody asks.
  expect(await line.textContent()).toBe('');
  await step.element.scrollIntoViewIfNeeded();
  const leads = [...(await describe('orders')).matchAll(/Partition: (\d)\tLeader: 3\t/g)]
    .map(([, partition]) => `orders-${partition}`)
    .join(', ');
  const wanted =
    leads === ''
      ? /지금 kafka3: (이끄는 파티션 없음|다른 토픽의 리더 \d개)/
      : `지금 kafka3: ${leads}의 리더`;
  await waitFor('it to say what kafka3 leads', async () => {
    const text = (await line.textContent()) ?? '';
    return typeof wanted === 'string' ? text.startsWith(wanted) : wanted.test(text);
  });
  expect(await line.textContent()).toMatch(/복제본 \d+개\./);
  await run('docker stop kafka3');
  await waitFor('it to say that it is down', async () =>
    (await line.textContent())?.includes('kafka3: 이미 멈춰 있음'),
  );
  expect(await violations(page)).toEqual([]);
  expect(complaints).toEqual([]);
}, 120_000);

// The last ones: what was made by hand goes.
it.each([...checkpoints.keys()])(
  '%s is reached from nothing',
  async (id) => {
    await run('docker-compose down -v');
    const { step, says } = await open(id);
    await says('켤 것: zookeeper, kafka1, kafka2, kafka3');
    await step.press((await step.status()) === 'idle' ? '실행' : '다시 실행');
    await step.becomes('passed', 150_000);
    await says(READY);
  },
  300_000,
);
