/** What a step says of the cluster it declares: before the click, while it waits, and afterwards. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { openPage, stepOf } from './page.ts';
import { closeReader, openReader, type Reader } from './reader.ts';
import { lab, PORT } from './sidecar.ts';

let browser: Browser;
let context: BrowserContext;
let sidecar: Reader['sidecar'];
let page: Page;
let complaints: string[];

beforeAll(async () => {
  ({ browser, context, sidecar, page, complaints } = await openReader());
});
afterAll(() => closeReader({ browser, sidecar }));

const open = (chapter: string, on = page) => on.goto(`http://127.0.0.1:${PORT}/${chapter}/`);
const verdict = (id: string, on = page): Promise<string | null> =>
  stepOf(on, id).element.locator('[data-part="check"]').textContent();
const says = (id: string, wanted: string, on = page): Promise<boolean> =>
  waitFor(`${id} to say ${wanted}`, async () => (await verdict(id, on))?.includes(wanted), 60_000);
const run = async (command: string): Promise<void> => {
  const { code, stderr } = await lab(...command.split(' '));
  expect(code, stderr).toBe(0);
};

it('says before the click what must become true, and afterwards that it has', async () => {
  await open('environment');
  const up = stepOf(page, 'environment/up');
  expect(await up.element.textContent()).toContain('kafka1, kafka2, kafka3 실행 중');
  expect(await verdict('environment/up')).toBe('');
  await up.run('passed', 120_000);
  expect(await verdict('environment/up')).toBe('클러스터에서 확인했습니다.');
});

it('counts what is done, for every page of this browser, until the reader clears that', async () => {
  const { page: other } = await openPage(context, page.url());
  const comes = (wanted: string, on = page): Promise<boolean> =>
    waitFor(`it to say ${wanted}`, async () =>
      (await on.locator('lab-progress').textContent())?.includes(wanted),
    );
  await comes('5단계 가운데 1단계 완료', other);
  await stepOf(page, 'environment/ps').run();
  for (const each of [page, other]) await comes('5단계 가운데 2단계 완료', each);
  const link = page.getByRole('navigation').getByRole('link', { name: '환경 설정 2/5' });
  expect(await link.isVisible()).toBe(true);
  await page.reload();
  await comes('5단계 가운데 2단계 완료');
  await page.getByRole('button', { name: '진도 지우기' }).click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: '그대로 두기' }).click();
  await comes('5단계 가운데 2단계 완료');
  await page.getByRole('button', { name: '진도 지우기' }).click();
  await page.getByRole('button', { name: '지우기', exact: true }).click();
  for (const each of [page, other]) await comes('5단계 가운데 0단계 완료', each);
  await page.reload();
  // The lab has what it had; the count begins anew.
  await stepOf(page, 'environment/ps').becomes('passed');
  await comes('5단계 가운데 0단계 완료');
  await other.close();
});

it('fails a command that has succeeded where the cluster is not so, and offers a hint', async () => {
  await open('failures');
  const stop = stepOf(page, 'failures/stop-kafka1');
  expect(await stop.element.getByText('힌트').isVisible()).toBe(false);
  await stop.run('failed', 60_000);
  expect(await stop.element.locator('[data-part="result"]').textContent()).toContain('종료 코드 0');
  await says('failures/stop-kafka1', 'orders 토픽이 없습니다.');
  await stop.element.getByText('해결', { exact: true }).click();
  expect(await stop.element.getByText('docker-compose up -d').isVisible()).toBe(true);
  expect(await violations(page)).toEqual([]);
  // The command is shown, and was not run.
  expect((await lab('docker-compose', 'ps')).stdout).toMatch(/kafka1\s.*Exit/);
  await run('docker start kafka1');
  await run('docker-compose up -d');
  await open('topics');
  await stepOf(page, 'topics/create-orders').run('passed', 60_000);
});

it('offers the hint where the command itself fails, too', async () => {
  await run('./create_topic.sh logs 2 1');
  await open('topics');
  const create = stepOf(page, 'topics/create-logs');
  await create.run('failed', 60_000);
  await create.element.getByText('힌트').click();
  expect(await create.element.getByText('다른 모양으로 이미 있으면').isVisible()).toBe(true);
});

it('does not take a topic of the right shape for one of the right settings', async () => {
  const id = 'availability/create-critical-data';
  const tool = 'docker exec kafka1 kafka-topics --bootstrap-server kafka1:29092';
  await run(`${tool} --create --topic critical-data --partitions 1 --replication-factor 3`);
  await open('availability');
  const create = stepOf(page, id);
  await create.run('failed', 60_000);
  await says(id, '출력에 ‘min.insync.replicas=2’라는 글이 없습니다.');
  // What it offers is what helps.
  const shown = await create.element.locator('.check code').textContent();
  await run(shown?.replace(' -it', '') ?? '');
  await create.press('다시 실행');
  await create.becomes('passed', 60_000);
});

it('shows on every page what is still missing, until another window mends it', async () => {
  const id = 'availability/stop-kafka2';
  await run('docker stop kafka3');
  await open('availability');
  const { page: other } = await openPage(context, page.url());
  await stepOf(page, id).press('실행');
  for (const each of [page, other]) await says(id, 'kafka3이 멈춰 있습니다.', each);
  expect(await verdict(id)).toMatch(/^확인하는 중입니다\. orders-\d의 ISR이 \[1\]입니다\./);
  expect(await stepOf(page, id).status()).toBe('running');
  // Who comes later reads the same.
  await other.reload();
  await says(id, 'kafka3이 멈춰 있습니다.', other);
  await run('docker start kafka3');
  for (const each of [page, other]) {
    await stepOf(each, id).becomes('passed', 60_000);
    expect(await verdict(id, each)).toBe('클러스터에서 확인했습니다.');
  }
  await other.close();
  await page.reload();
  await says(id, '클러스터에서 확인했습니다.');
});

it('stops to wait when it is told to', async () => {
  const id = 'availability/stop-kafka2';
  await run('docker start kafka2');
  await run('docker stop kafka3');
  const step = stepOf(page, id);
  await step.press('다시 실행');
  await says(id, 'kafka3이 멈춰 있습니다.');
  await step.press('중지');
  await step.becomes('stopped');
  expect(await verdict(id)).toMatch(/^확인되지 않았습니다\./);
  expect(complaints).toEqual([]);
});
