/** A participant's page whose hub is killed, and comes again: nobody has said that the class is closed. */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { logFile } from '../../server/workshop/home.ts';
import { openSqliteLog } from '../../server/workshop/sqlite-log.ts';
import { freePort } from '../free-port.ts';
import { launchBrowser } from './browser.ts';
import { openDashboard, says } from './class.ts';
import { startHub } from './hub.ts';
import { bar, isIn, press } from './room.ts';
import { HOME } from './sidecar.ts';

it('keeps what is said while nobody hears, says so, and tells it once when the hub is there again', async () => {
  const [port, browser] = [await freePort(), await launchBrowser()];
  onTestFinished(() => browser.close());
  let hub = await startHub(port, '--new');
  const end = async (signal: 'SIGINT' | 'SIGKILL'): Promise<void> => {
    hub.program.child.kill(signal);
    await hub.program.exited;
  };
  onTestFinished(() => end('SIGKILL'));
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${hub.door}/workshop/?code=${hub.code}`);
  await page.getByLabel('별명').fill('마루');
  await page.keyboard.press('Enter');
  await isIn(page);
  const dashboard = await openDashboard(browser, hub);
  await dashboard.page.getByText('새 투표').click();
  await dashboard.page.getByLabel('질문', { exact: true }).fill('어느 쪽입니까?');
  await dashboard.page.getByLabel(/^보기/).fill('하나\n둘');
  await dashboard.page.getByRole('button', { name: '투표 시작' }).click();
  await bar(page).getByText('둘', { exact: true }).click();

  await end('SIGKILL');
  await bar(page).and(page.locator('[data-state="lost"]')).waitFor();
  await press(page, '답하기');
  await bar(page).getByText('내 답: 둘 · 다시 연결되면 보냅니다').waitFor();
  await press(page, '손들기');
  await bar(page).getByText('다시 연결되면 강사에게 보입니다').waitFor();

  hub = await startHub(port);
  await isIn(page);
  await bar(page).getByText('내 답: 둘', { exact: true }).waitFor();
  await bar(page).getByText('손을 들었습니다. 강사에게 보입니다.').waitFor();
  await says(dashboard.page.locator('[data-part="votes"]'), '1명 중 1명 답함', 20_000);
  await end('SIGINT');
  const log = openSqliteLog(logFile(join(HOME, `workshop-${port}`)));
  onTestFinished(() => log.close());
  const reported: string[] = [];
  for await (const { event } of log.readFrom(1))
    if (event.kind === 'reported') reported.push(event.report.kind);
  expect(reported).toEqual(['vote', 'hand']);
});
