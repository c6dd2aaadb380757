/** A browser with a lab of its own that presents in a workshop. */
import type { Browser, Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { present as strings } from '../../src/strings/present.ts';
import { waitFor } from '../wait.ts';
import { haveOwnLab } from './have-own-lab.ts';
import type { OwnLab } from './own-lab.ts';
import { openPage, stepOf } from './page.ts';
import { bar, isIn, move, type RoomUnderTest, TOKEN } from './room.ts';

let browser: Browser;
let room: RoomUnderTest;
let lab: OwnLab;

haveOwnLab((had) => {
  ({ browser, room, lab } = had);
});

/** A page of its own that leads the class. */
const present = async () => {
  const opened = await lab.openJoin();
  await opened.page.getByLabel('수업 주소').fill(room.address);
  await opened.page.keyboard.press('Enter');
  await opened.page.getByText('강사로 연결했습니다').waitFor();
  return opened;
};

describe('a browser with a lab of its own', () => {
  it('that presents ends the poll of a step as it runs it, and tells what has come of it', async () => {
    const answering = await room.joinFromHub('도담');
    const { page, complaints } = await present();
    await page.goto(`${lab.address}/failures/`);
    await isIn(page);
    const step = stepOf(page, 'failures/stop-kafka1');
    const ask = step.element.getByRole('button', { name: '모두에게 묻기' });
    // It does something: it is no link.
    const look = await ask.evaluate((each) => getComputedStyle(each).textDecorationLine);
    expect(look).toBe('none');
    await ask.click();
    const poll = bar(answering.page).locator('[data-part="poll"]');
    await poll.getByRole('button', { name: '답하기' }).waitFor();
    await step.press('실행');
    await poll.getByText('결과:').waitFor();
    await step.element.getByRole('button', { name: '모두에게 묻기' }).waitFor();
    // Nobody waits for this cluster to settle: something else is done.
    await step.press('중지');
    await step.becomes('stopped');
    await stepOf(page, 'failures/start-kafka1').press('실행');
    await poll.getByText('실제: 알 수 없음').waitFor();
    expect(complaints).toEqual([]);
  });

  it('that presents shows a hub that was away all of what goes on, and for how long', async () => {
    const early = await room.joinFromHub('도담');
    const { page } = await present();
    await page.goto(`${lab.address}/topics/`);
    await isIn(page);
    const own = stepOf(page, 'topics/list');
    await own.press('실행');
    await own.becomes('running');
    await lab.print('ONE\r\n');
    await early.page.goto(`${room.door}/topics/`);
    await isIn(early.page);
    const theirs = stepOf(early.page, 'topics/list');
    await theirs.prints('ONE');
    await room.closeHub();
    await lab.print('TWO\r\n');
    await own.prints('TWO');
    /** Seconds, as they are shown. */
    const taken = async (step: typeof own): Promise<number> =>
      Number.parseInt((await step.element.locator('[data-part="clock"]').textContent()) ?? '', 10);
    await waitFor('it to go on', async () => (await taken(own)) >= 3);
    await room.reopenHub();
    await isIn(page);
    const late = await room.joinFromHub('마루');
    await late.page.goto(`${room.door}/topics/`);
    await isIn(late.page);
    const latest = stepOf(late.page, 'topics/list');
    for (const step of [latest, theirs]) {
      await step.prints('TWO');
      expect(await step.output()).toBe(await own.output());
      expect(await taken(step)).toBeGreaterThanOrEqual(3);
    }
  });

  it('that presents is told where the class is, and that it was closed, or is another by now', async () => {
    const { page } = await present();
    const participant = await room.joinFromHub('도담');
    await page.goto(`${lab.address}/failures/`);
    await isIn(page);
    await bar(page).getByText('1명 연결').waitFor();
    const { command, close } = await room.openPresenter();
    command(move('topics', 'list'));
    // From the dashboard: whoever presents goes along.
    for (const each of [page, participant.page]) {
      await each.waitForURL('**/topics/#list');
      await isIn(each);
    }
    await stepOf(page, 'topics/create-logs').element.locator('[data-part="gather"]').click();
    await participant.page.waitForURL('**/topics/#create-logs');
    expect(page.url()).toMatch(/#create-logs$/);
    command(move('topics', 'list'));
    await page.waitForURL('**/topics/#list');
    // Once for each move.
    await page.goto(`${lab.address}/failures/`);
    await isIn(page);
    await bar(page).getByText('1명 연결').waitFor();
    const where = bar(page).getByRole('link', { name: '수업은 지금 ‘2. 다중 파티션' });
    await where.waitFor();
    const away = stepOf(page, 'failures/describe-before');
    await away.press('실행');
    await bar(page).getByText('참가자들의 페이지는 ‘2. 다중 파티션').waitFor();
    // The class, which sees nothing of it, is told where it is.
    const runs = bar(participant.page).getByRole('link', { name: '강사가 실행 중: ‘3. ' });
    await runs.waitFor();
    expect(await runs.getAttribute('href')).toMatch(/\/failures\/#describe-before$/);
    await away.press('중지');
    await runs.waitFor({ state: 'hidden' });
    await bar(participant.page).getByRole('link', { name: '강사가 방금 실행: ‘3. ' }).waitFor();
    await away.press('다시 실행');
    await runs.click();
    await participant.page.waitForURL('**/failures/#describe-before');
    await isIn(participant.page);
    await stepOf(participant.page, 'failures/describe-before').becomes('running');
    await runs.waitFor({ state: 'hidden' });
    // Nobody is taken away from what they type.
    await away.element.locator('textarea').focus();
    command(move('topics', 'create-logs'));
    await participant.page.waitForURL('**/topics/#create-logs');
    await where.and(page.locator('[href$="#create-logs"]')).waitFor();
    expect(page.url()).toContain('/failures/');
    await away.press('중지');
    await where.click();
    await page.waitForURL('**/topics/#create-logs');
    await isIn(page);
    await where.waitFor({ state: 'hidden' });
    close();
    await room.closeHub();
    const state = bar(page).locator('[data-part="state"]');
    await state.getByText('수업을 닫았습니다').waitFor();
    await bar(page).getByText('다시 열면 이어집니다: npm run workshop -- --lan').waitFor();
    // Of the class that was.
    expect(await bar(page).getByText('명 연결').isVisible()).toBe(false);
    expect(await bar(page).getByText('강사가').count()).toBe(0);
    // Nobody can be taken along.
    const list = stepOf(page, 'topics/list');
    await list.press('실행');
    await list.becomes('running');
    expect(await bar(page).getByText('참가자들의 페이지는').count()).toBe(0);
    // It looks disabled, and says why.
    await list.element.locator('[data-part="gather"]').click({ force: true });
    await bar(page).getByText(strings.shut).waitFor();
    await room.openAnother('n'.repeat(43));
    await state.getByText('지금은 다른 수업이 열려 있습니다').waitFor();
    const problem = bar(page).locator('[data-part="problem"]');
    await problem.getByText('새로 출력한 Ready: 줄의 주소').waitFor();
    await problem.getByRole('link', { name: '수업 참가 페이지' }).click();
    await page.getByLabel('수업 주소').fill(room.address);
    await page.keyboard.press('Enter');
    await page.getByText('강사로 연결했습니다').waitFor();
    await isIn(page);
    expect(await bar(page).count()).toBe(1);
    expect(await page.locator('lab-join form').isVisible()).toBe(false);
    await room.closeHub();
    await room.reopenHub();
  });

  it('that presents no more, leaves a class and a dashboard that know it', async () => {
    const { page } = await present();
    const desk = await openPage(await browser.newContext(), room.address);
    const unseen = desk.page.getByText('강사의 실습실을 보여 주는 교재 탭이 없어');
    const watcher = (await room.joinFromHub('도담')).page;
    await page.goto(`${lab.address}/topics/`);
    await isIn(page);
    const step = stepOf(page, 'topics/list');
    await step.element.locator('[data-part="gather"]').click();
    await watcher.waitForURL('**/topics/#list');
    await step.press('실행');
    const mirrored = stepOf(watcher, 'topics/list');
    await mirrored.becomes('running');
    const line = watcher.locator('lab-connection');
    const clock = mirrored.element.locator('[data-part="clock"]');
    await line.getByText('강사 화면을 보는 중').waitFor();
    await waitFor('the clock', async () => (await clock.textContent()) !== '');
    // A page that loads is no absence.
    await page.goto(`${lab.address}/failures/`);
    await isIn(page);
    expect(await unseen.isVisible()).toBe(false);
    await page.close();
    await unseen.waitFor();
    await bar(watcher).getByText('지금은 강사 화면이 보이지 않습니다').waitFor();
    await line.getByText('강사 화면이 지금 오지 않습니다').waitFor();
    expect(await clock.textContent()).toBe('');
    await mirrored.element.getByText('강사 화면을 기다리는 중').waitFor();
    const again = await lab.openJoin();
    await again.page.getByLabel('수업 주소').fill(room.address);
    await again.page.keyboard.press('Enter');
    await line.getByText('강사 화면을 보는 중').waitFor();
    await unseen.waitFor({ state: 'hidden' });
    await waitFor('the clock again', async () => (await clock.textContent()) !== '');
    await room.closeHub();
    await line.getByText('강사 화면이 지금 오지 않습니다').waitFor();
    expect(await clock.textContent()).toBe('');
    await room.reopenHub();
  });

  it('that stops to present knows that it has led the class, and nothing to lead it with', async () => {
    const { page } = await present();
    await page.goto(`${lab.address}/topics/`);
    await isIn(page);
    const kept = () => page.evaluate(() => JSON.stringify([{ ...sessionStorage }]));
    await waitFor('it to be noted', async () => (await kept()).includes('presenter:led'));
    await bar(page).getByRole('button', { name: strings.stop, exact: true }).click();
    await bar(page).waitFor({ state: 'detached' });
    expect(await kept()).toContain(String(room.state().openedAt));
    expect(await kept()).not.toContain(TOKEN);
  });

  it('that presents is where it was as its type grows, and where a link led', async () => {
    const { page, complaints } = await present();
    await page.goto(`${lab.address}/failures/#stop-kafka1`);
    await isIn(page);
    const step = stepOf(page, 'failures/stop-kafka1').element;
    /** Pixels under what is fixed above the page. */
    const heightOf = (element: Locator): Promise<number> =>
      element.evaluate((each) => {
        const { scrollPaddingTop } = getComputedStyle(document.documentElement);
        return each.getBoundingClientRect().top - Number.parseFloat(scrollPaddingTop);
      });
    const isAt = (element: Locator, height: number): Promise<boolean> =>
      waitFor(`it at ${height}`, async () => Math.abs((await heightOf(element)) - height) < 3);
    await isAt(step, 0);
    const type = bar(page).getByRole('button', { name: '큰 글씨' });
    // What is below the step: it is read, and far from where it would be then.
    const read = page.locator('lab-step[data-step="failures/stop-kafka1"] ~ p').first();
    await page.mouse.move(600, 500);
    await page.mouse.wheel(0, await heightOf(read));
    await isAt(read, 0);
    await type.click();
    await page.locator(':root[data-large]').waitFor();
    await isAt(read, 0);
    await type.click();
    await page.locator(':root:not([data-large])').waitFor();
    await isAt(read, 0);
    // Once the class is at a step that is in sight, that stays.
    await step.getByRole('button', { name: /모두 여기로/ }).click();
    await step.and(page.locator('[data-here]')).waitFor();
    await page.mouse.wheel(0, -200);
    await waitFor('the step in sight', async () => (await heightOf(step)) > 50);
    let before = Number.NaN;
    await waitFor('it to stand still', async () => {
      const last = before;
      before = await heightOf(step);
      return before === last;
    });
    await type.click();
    await page.locator(':root[data-large]').waitFor();
    await isAt(step, before);
    await page.reload();
    await page.goto('about:blank');
    await page.goto(`${lab.address}/failures/#stop-kafka1`);
    await page.locator(':root[data-large]').waitFor();
    await isAt(step, 0);
    expect(complaints).toEqual([]);
  });
});
