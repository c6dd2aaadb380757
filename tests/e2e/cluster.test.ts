/** The cluster beside the lesson, while brokers stop and come back in the learner's own terminal. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cluster as strings } from '../../src/strings/cluster.ts';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { openPage, stepOf } from './page.ts';
import { lab, PORT, type Program, refuseOthersCluster, startSidecar } from './sidecar.ts';

let browser: Browser;
let sidecar: { program: Program; address: string };
let page: Page;
let complaints: string[];

beforeAll(async () => {
  await refuseOthersCluster();
  await lab('docker-compose', 'down', '-v');
  sidecar = await startSidecar();
  browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  ({ page, complaints } = await openPage(context, sidecar.address));
  await page.goto(`http://127.0.0.1:${PORT}/failures/`);
});
afterAll(async () => {
  await browser.close();
  sidecar.program.child.kill('SIGINT');
  await sidecar.program.exited;
  await lab('docker-compose', 'down', '-v');
});

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
  expect(await view().getByText('컨트롤러', { exact: true }).count()).toBe(1);
  await view().getByText('표로 보기').click();
}, 90_000);

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
}, 90_000);

it('tells on one axis what was done and what came of it', async () => {
  const axis = view().locator('[data-part="timeline"]');
  const text = async (): Promise<string> => (await axis.allTextContents()).join();
  await waitFor('the ISR', async () => (await text()).includes('moves-0 ISR: 1,2 → 1,2,3'));
  for (const each of [
    'kafka3: 실행 중 → 멈춤',
    'kafka3: 클러스터에서 빠짐',
    'moves-0 리더: 3 → 1',
    'alone-0 리더: 3 → none',
    'kafka3: 클러스터에 등록됨',
  ])
    expect(await text()).toContain(each);
  const step = stepOf(page, 'failures/stop-kafka1');
  await step.run();
  await waitFor('the effect', async () =>
    (await step.element.locator('[data-part="effect"]').textContent())?.includes(
      'kafka1: 실행 중 → 멈춤',
    ),
  );
  // It is the run's: also for a page that saw nothing of it.
  const later = await page.context().newPage();
  await later.setViewportSize({ width: 390, height: 800 });
  await later.goto(page.url());
  const line = stepOf(later, 'failures/stop-kafka1').element.locator('[data-part="effect"]');
  await waitFor('the effect there', async () =>
    (await line.textContent())?.includes('kafka1: 실행 중 → 멈춤'),
  );
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
}, 90_000);

it('explains what is clicked, and where the lesson does', async () => {
  await view().locator('.broker[data-broker="kafka2"] [data-replica="moves-0"]').click();
  const help = page.getByRole('dialog');
  expect(await help.textContent()).toContain('moves-0 · kafka2의 복제본');
  expect(await help.textContent()).toContain('--describe --topic moves');
  const links: readonly string[] = Object.values(strings.help.links);
  expect(links).toContain(await help.getByRole('link').getAttribute('href'));
  for (const link of links) {
    const [path, heading] = link.split('#');
    const answer = await page.request.get(`http://127.0.0.1:${PORT}${path}`);
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
  expect(await view().locator('table').isVisible()).toBe(true);
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
}, 60_000);

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
}, 60_000);
