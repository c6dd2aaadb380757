/** The cluster beside the lesson, while brokers stop and come back in the learner's own terminal. */
import { Kafka, logLevel } from 'kafkajs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { cluster as strings } from '../../src/strings/cluster.ts';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { stepOf } from './page.ts';
import { closeReader, openReader, type Reader } from './reader.ts';
import { lab, PORT, startSidecar } from './sidecar.ts';

let browser: Browser;
let sidecar: Reader['sidecar'];
let page: Page;
let complaints: string[];

beforeAll(async () => {
  ({ browser, sidecar, page, complaints } = await openReader({
    viewport: { width: 1440, height: 900 },
  }));
  await page.goto(`http://127.0.0.1:${PORT}/failures/`);
});
afterAll(() => closeReader({ browser, sidecar }));

const run = async (command: string): Promise<void> => {
  const { code, stderr } = await lab(...command.split(' '));
  expect(code, stderr).toBe(0);
};
const view = () => page.locator('cluster-view');
const broker = (name: string) => view().locator(`.broker[data-broker="${name}"]`);
const becomes = (name: string, state: string): Promise<boolean> =>
  waitFor(
    `${name} to be ${state}`,
    async () => (await broker(name).getAttribute('data-state', { timeout: 5_000 })) === state,
    30_000,
  );
const partition = (name: string, attribute: string): Promise<string | null> =>
  view().locator(`[data-partition="${name}"]`).getAttribute(attribute, { timeout: 10_000 });
const topic = (name: string, assignment: string): Promise<void> =>
  run(
    `docker exec kafka1 kafka-topics --bootstrap-server kafka1:29092 --create --topic ${name} --replica-assignment ${assignment}`,
  );

it('says that the cluster is off, then shows three brokers', async () => {
  await waitFor('the word', async () => (await view().textContent())?.includes('꺼져 있습니다'));
  await run('docker-compose up -d');
  for (const name of ['kafka1', 'kafka2', 'kafka3']) await becomes(name, 'up');
  expect(
    await view().locator('[data-part="brokers"]').getByText('컨트롤러', { exact: true }).count(),
  ).toBe(1);
  await view().getByText('표로 보기').click();
});

it('shows a leader that moves, one that is gone, and both coming back', async () => {
  await topic('moves', '3:1:2');
  await topic('alone', '3');
  await waitFor('the topics', async () => (await partition('alone-0', 'data-leader')) === '3');
  await run('docker stop kafka3');
  await becomes('kafka3', 'down');
  await waitFor('no leader', async () => (await partition('alone-0', 'data-leader')) === 'none');
  expect(await broker('kafka3').locator('[data-replica="alone-0"]').textContent()).toBe('0 ✕');
  await waitFor('the ISR', async () => (await partition('moves-0', 'data-isr')) === '1,2');
  expect(await partition('moves-0', 'data-leader')).toBe('1');
  expect(await partition('moves-0', 'data-replicas')).toBe('3,1,2');
  expect(await broker('kafka1').getAttribute('data-state')).toBe('up');
  await run('docker start kafka3');
  await becomes('kafka3', 'up');
  await waitFor('its partition', async () => (await partition('alone-0', 'data-leader')) === '3');
});

it('tells on one axis what was done and what came of it', async () => {
  const axis = view().locator('[data-part="timeline"]');
  const text = async (): Promise<string> => (await axis.allTextContents()).join();
  await waitFor('the ISR', async () => (await text()).includes('moves-0 ISR: 1,2 → 1,2,3'));
  for (const each of [
    'kafka3: 실행 중 → 멈춤',
    'kafka3: 클러스터에서 빠짐',
    'moves-0 리더: 3 → 1',
    'alone-0 리더: 3 → 없음',
    'kafka3: 클러스터에 등록됨',
  ])
    expect(await text()).toContain(each);
  await topic('orders', '1:2:3,2:3:1,3:1:2');
  const step = stepOf(page, 'failures/stop-kafka1');
  await step.run('passed', 60_000);
  // First what the page is about.
  const effect = /— orders-\S+ (ISR|리더): [^·]+ · orders-\S+ (ISR|리더): /;
  await waitFor('the effect', async () =>
    effect.test((await step.element.locator('[data-part="effect"]').textContent()) ?? ''),
  );
  // It is the run's: also for a page that saw nothing of it.
  const later = await page.context().newPage();
  await later.setViewportSize({ width: 390, height: 800 });
  await later.goto(page.url());
  const line = stepOf(later, 'failures/stop-kafka1').element.locator('[data-part="effect"]');
  await waitFor('the effect there', async () => effect.test((await line.textContent()) ?? ''));
  // And the axis is everybody's: what had happened before it came is on its own, too.
  await later.locator('cluster-view > details > summary').click();
  await waitFor('the axis there', async () => {
    const there = (await later.locator('[data-part="timeline"]').allTextContents()).join();
    return there.includes('kafka3: 실행 중 → 멈춤') && there.includes('실행: ');
  });
  await later.close();
  expect(await text()).toContain('실행: ');
  await run('docker start kafka1');
  await becomes('kafka1', 'up');
  // Whoever turns the page finds the same axis there.
  await waitFor('it to be whole', async () => (await text()).includes('kafka1: 요청에 응답'));
  await page.goto(`http://127.0.0.1:${PORT}/topics/`);
  await waitFor('the axis', async () => (await text()).includes('kafka3: 실행 중 → 멈춤'));
  expect(await text()).toContain('kafka1: 요청에 응답');
  await page.goto(`http://127.0.0.1:${PORT}/failures/`);
  await view().getByText('표로 보기').click();
});

it('explains what is clicked, and where the lesson does', async () => {
  await view().locator('.broker[data-broker="kafka2"] [data-replica="moves-0"]').click();
  const help = page.getByRole('dialog');
  expect(await help.textContent()).toContain('moves-0 · kafka2의 복제본');
  expect(await help.textContent()).toContain('--describe --topic moves');
  const links: readonly string[] = Object.values(strings.help.links);
  const root = `http://127.0.0.1:${PORT}/`;
  const href = (await help.getByRole('link').getAttribute('href')) ?? '';
  expect(links).toContain(decodeURI(href).replace(root, ''));
  for (const link of links) {
    const [path, heading] = link.split('#');
    const answer = await page.request.get(`${root}${path}`);
    expect(await answer.text()).toContain(`id="${heading}"`);
  }
  await page.keyboard.press('Escape');
  expect(await help.isVisible()).toBe(false);
});

it('goes to each replica by the keyboard', async () => {
  const name = view().locator('.broker[data-broker="kafka2"] h3 button');
  await name.focus();
  await page.keyboard.press('ArrowRight');
  const focused = page.locator(':focus');
  expect(await focused.getAttribute('data-replica')).toBe('moves-0');
  await page.keyboard.press('Enter');
  expect(await page.getByRole('dialog').textContent()).toContain('moves-0 · kafka2의 복제본');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowLeft');
  expect(await focused.textContent()).toBe('kafka2');
});

it('has nothing that axe would find, open, with its table, and in the dark', async () => {
  expect(await view().locator('table').first().isVisible()).toBe(true);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
  }
});

it('shows a broker that hangs as down', async () => {
  await run('docker pause kafka2');
  await becomes('kafka2', 'down');
  expect(await broker('kafka2').textContent()).toContain('일시 정지');
  await run('docker unpause kafka2');
  await becomes('kafka2', 'up');
  expect(complaints).toEqual([]);
});

it('tells the wait for the session of a broker that was killed as what it is', async () => {
  await run('docker kill kafka3');
  const axis = view().locator('[data-part="timeline"]');
  const text = async (): Promise<string> => (await axis.textContent()) ?? '';
  const waits = 'kafka3: ZooKeeper 세션(18초쯤)이 만료되기를 기다리는 중';
  await waitFor('the wait', async () => (await text()).includes(waits));
  expect(await broker('kafka3').textContent()).toContain('세션 만료 대기');
  const expired =
    /kafka3: ZooKeeper 세션이 만료되어 클러스터에서 빠짐\s· kafka3\s멈춤\s\+(\d+\.\d)초/;
  await waitFor('its end', async () => expired.test(await text()), 40_000);
  const [, seconds] = expired.exec(await text()) ?? [];
  // The session's 18 s, from its last sign of life, and the time until that is looked at.
  expect(Number(seconds)).toBeGreaterThan(8);
  expect(Number(seconds)).toBeLessThan(24);
  // What happened comes a message before what it is now like: a frame may be drawn between the two.
  await waitFor('the wait to be over', async () => !(await text()).includes(waits));
  await run('docker start kafka3');
  await becomes('kafka3', 'up');
});

it('says that ZooKeeper is down, and what that means, while all else stays live', async () => {
  await run('docker stop zookeeper');
  const word = view().locator('[data-part="zookeeper"]');
  await word.waitFor({ state: 'visible' });
  expect(await word.textContent()).toContain('새 리더를 정하지 못합니다');
  expect(await broker('kafka1').getAttribute('data-state')).toBe('up');
  await run('docker start zookeeper');
  await word.waitFor({ state: 'hidden' });
  for (const name of ['kafka1', 'kafka2', 'kafka3']) await becomes(name, 'up');
  expect(complaints).toEqual([]);
});

it('folds what is well of fifty topics, and tells what happens to them in one sentence', async () => {
  const admin = new Kafka({ brokers: ['localhost:9092'], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const topics = Array.from({ length: 50 }, (_, index) => `many-${index}`);
  const replicas = { numPartitions: 1, replicationFactor: 3 };
  await admin.createTopics({ topics: topics.map((topic) => ({ topic, ...replicas })) });
  await waitFor('the fold', async () =>
    /그 밖의 토픽 \d+개/.test((await broker('kafka1').textContent()) ?? ''),
  );
  await admin.deleteTopics({ topics });
  await admin.disconnect();
  await waitFor('the end of them', async () =>
    /many-\d+ 외 \d+개 토픽 삭제됨/.test((await view().textContent()) ?? ''),
  );
  await waitFor('all that is left', async () =>
    (await broker('kafka1').textContent())?.includes('moves'),
  );
});

/** A member that does not say anything to its group while it works on its first message. */
const joinBusily = async (): Promise<{ finish(): void; leave(): Promise<void> }> => {
  const brokers = ['127.0.0.1:9092', '127.0.0.1:9093', '127.0.0.1:9094'];
  const kafka = new Kafka({ clientId: 'busy', brokers, logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic: 'orders', messages: [{ value: 'work' }] });
  await producer.disconnect();
  const consumer = kafka.consumer({ groupId: 'order_processing_group', sessionTimeout: 60_000 });
  await consumer.connect();
  await consumer.subscribe({ topics: ['orders'], fromBeginning: true });
  let finish = (): void => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  onTestFinished(async () => {
    finish();
    await consumer.disconnect();
  });
  const begun = new Promise<void>((resolve, reject) => {
    const eachMessage = (): Promise<void> => {
      resolve();
      return work;
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await begun;
  return { finish, leave: () => consumer.disconnect() };
};

it('shows a rebalance while it lasts, from three members to five, and back', async () => {
  await page.goto(`http://127.0.0.1:${PORT}/rebalancing/`);
  await stepOf(page, 'rebalancing/with-group').run('passed', 60_000);
  const group = view().locator('[data-group="order_processing_group"]');
  await group.waitFor();
  const members = (count: number): Promise<boolean> =>
    waitFor(
      `${count} members`,
      async () =>
        (await group.locator('li').count()) === count &&
        (await group.getAttribute('data-state')) === 'Stable',
    );
  const [three, two] = ['rebalancing/consumer-3', 'rebalancing/consumer-2'].map((id) =>
    stepOf(page, id),
  );
  const busy = await joinBusily();
  await members(1);
  await three?.press('실행');
  // It lasts as long as one of them does not come: that one still works.
  await group.getByText('리밸런싱 중').waitFor();
  expect(await group.getAttribute('data-state')).toBe('PreparingRebalance');
  busy.finish();
  await members(4);
  await busy.leave();
  await members(3);
  // With a fourth one, its step had not passed.
  await three?.becomes('passed');
  // Those that nobody delays may be over between two looks, and are told all the same.
  const rebalances = (): Promise<number> =>
    view().locator('[data-part="timeline"] li').filter({ hasText: '리밸런싱' }).count();
  const before = await rebalances();
  await two?.run('passed', 60_000);
  await members(5);
  await waitFor('it on the axis', async () => (await rebalances()) > before);
  const between = await rebalances();
  // Three partitions for five: each is read by one of them, and two wait.
  const assigned = await group.locator('.assigned').allTextContents();
  expect(assigned.map((text) => text.split(' ')[0]).toSorted()).toEqual([
    'orders-0',
    'orders-1',
    'orders-2',
  ]);
  expect(await group.locator('li[data-idle]').count()).toBe(2);
  await two?.press('중지');
  await members(3);
  await waitFor('the way back on the axis', async () => (await rebalances()) > between);
  await three?.press('중지');
  await waitFor('nobody', async () => (await group.getAttribute('data-state')) === 'Empty');
  await page.goto(`http://127.0.0.1:${PORT}/failures/`);
});

it('is offered next to Kafka UI, also where it is folded away', async () => {
  const narrow = await page.context().newPage();
  await narrow.setViewportSize({ width: 390, height: 800 });
  await narrow.goto(`http://127.0.0.1:${PORT}/environment/`);
  const shown = narrow.locator('cluster-view .broker[data-broker="kafka1"]');
  expect(await shown.count()).toBe(0);
  await narrow.getByRole('button', { name: '클러스터 창 보기' }).click();
  await shown.waitFor();
  await narrow.close();
});

it('invents no news when it is opened, closed and opened again', async () => {
  await page.reload();
  await becomes('kafka1', 'up');
  const axis = view().locator('[data-part="timeline"] li');
  const before = await axis.allTextContents();
  const summary = view().locator(':scope > details > summary');
  expect(await summary.textContent()).toContain('브로커 3/3');
  await summary.click();
  // Nothing is asked for now: no number may stay there.
  await waitFor('no number', async () => !(await summary.textContent())?.includes('3/3'));
  await summary.click();
  await waitFor('the number', async () => (await summary.textContent())?.includes('3/3'));
  await waitFor('a second word', async () => (await view().textContent())?.includes('지금 모습'));
  expect(before.length).toBeGreaterThan(0);
  expect(await axis.allTextContents()).toEqual(before);
  expect(complaints).toEqual([]);
});

it('says how old it is while the sidecar is away, and goes on with the next one', async () => {
  sidecar.program.child.kill('SIGKILL');
  await sidecar.program.exited;
  const age = view().locator('[data-part="age"]');
  await waitFor('its age', async () =>
    /\d초 전의 모습입니다. 실습실과 연결이 끊겼습니다/.test((await age.textContent()) ?? ''),
  );
  expect(await view().locator(':scope > details > summary').textContent()).not.toContain('3/3');
  sidecar = await startSidecar();
  await waitFor('news', async () => (await age.textContent()) === strings.fresh, 60_000);
  await becomes('kafka1', 'up');
});
