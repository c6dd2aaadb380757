/** What the presenter tells a whole class of thirty: as the dashboard says it and the projector shows it. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../free-port.ts';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { type Class, GONE, NAMES, openClass, openDashboard, says } from './class.ts';
import { Attendee, type HubUnderTest, startHub } from './hub.ts';
import { HOME, Program } from './sidecar.ts';

let browser: Browser;
let hub: HubUnderTest;
let port: number;
let thirty: Class;

beforeAll(async () => {
  port = await freePort();
  hub = await startHub(port, '--new');
  browser = await launchBrowser();
  thirty = await openClass(hub);
});
afterAll(async () => {
  await browser.close();
  thirty.leave();
  hub.program.child.kill('SIGINT');
  await hub.program.exited;
});

describe('the dashboard', () => {
  it('takes them from lessons only, and says in Korean where they are', async () => {
    const { page, close } = await openDashboard(browser, hub);
    const wall = await openDashboard(browser, hub, {}, '/workshop/projector/');
    await page.evaluate(() =>
      sessionStorage.setItem('lab:presenter', JSON.stringify({ hub: '', token: 'x' })),
    );
    const gather = page.locator('[data-part="gather"]');
    for (const path of ['/', '/all/', '/workshop/']) {
      await page.goto(new URL(path, hub.address).href);
      await page.locator('room-bar[data-state="open"]').waitFor();
      expect(await gather.count()).toBe(0);
    }
    // Nor does a page of the workshop say how far its reader has come.
    expect(await page.locator('lab-progress').count()).toBe(0);
    await page.goto(new URL('/topics/', hub.address).href);
    await page.locator('[data-step="topics/list"] [data-part="gather"]').waitFor();
    await page.goto(new URL('/conclusion/', hub.address).href);
    await gather.click();
    await says(wall.page.locator('[data-part="place"]'), '지금 여기: 결론');
    await wall.close();
    await close();
  });

  it('announces as text, times, and asks, and the projector shows it', async () => {
    const { page, close } = await openDashboard(browser, hub);
    const wall = await openDashboard(
      browser,
      hub,
      { viewport: { width: 1920, height: 1080 } },
      '/workshop/projector/',
    );
    await says(wall.page.locator('[data-part="code"]'), hub.code);
    await says(wall.page.locator('[data-part="people"]'), '30명 접속 중');

    await page.getByLabel('모두에게 보일 말').fill('<b>점심</b>은 12시 30분입니다');
    await page.getByRole('button', { name: '알리기' }).click();
    const said = wall.page.locator('[data-part="announcement"]');
    await says(said, '<b>점심</b>은 12시 30분입니다');
    expect(await said.locator('b').count()).toBe(0);

    await page.getByLabel('무엇을 하는 시간인지').fill('장애 훈련');
    await page.getByRole('spinbutton').fill('5');
    await page.getByRole('button', { name: '시작', exact: true }).click();
    await says(wall.page.locator('[data-part="face"]'), /^[45]:\d\d$/);
    await says(wall.page.locator('[data-part="timer-label"]'), '장애 훈련');

    await page.getByText('새 투표').click();
    await page.getByLabel('질문', { exact: true }).fill('orders-0의 리더는 누가 될까요?');
    await page.getByLabel(/^보기/).fill('kafka1\nkafka2\nkafka3');
    await page.getByRole('button', { name: '투표 시작' }).click();
    await says(wall.page.locator('[data-part="question"]'), 'orders-0의 리더는');
    const view = await waitFor('the poll', () =>
      thirty
        .person(0)
        .heard.findLast((each) => each.type === 'room.view' && each.poll?.open === true),
    );
    const poll = view.type === 'room.view' ? (view.poll?.poll ?? '') : '';
    for (let index = 0; index < 24; index += 1) {
      thirty.person(index).report({
        kind: 'vote',
        poll,
        value: index % 4 === 0 ? '3' : index % 3 === 0 ? '1' : '2',
      });
    }
    await says(page.locator('[data-part="votes"]'), '30명 중 24명 답함');
    await says(wall.page.locator('[data-part="votes"]'), /^24명 답함$/);
    // Who has yet to answer looks at it, too.
    const bars = wall.page.locator('[data-part="bars"]');
    expect((await bars.textContent())?.trim()).toBe('kafka1 kafka2 kafka3');
    expect(await bars.locator('[data-part="bar"]').first().isVisible()).toBe(false);
    await page.getByRole('button', { name: '끝내고 결과 공개' }).click();
    await says(bars, /kafka2.*12명 · 50%/);
    await says(page.locator('[data-part="poll-state"]'), '결과 공개됨');
    // Beside the timer, and under many words.
    const long =
      '쉬는 시간은 10분 뒤입니다. 지금까지 한 것을 저장해 두고, 막힌 사람은 손을 들어 주세요.';
    await page.getByLabel('모두에게 보일 말').fill(long);
    await page.getByRole('button', { name: '알리기' }).click();
    await says(said, long);
    for (const [width, height] of [
      [1024, 768],
      [1920, 1080],
    ] as const) {
      await wall.page.setViewportSize({ width, height });
      await waitFor('bars to be told apart', async () => {
        const bar = await bars.locator('[data-part="bar"]').first().boundingBox();
        return (bar?.width ?? 0) > width / 6;
      });
    }
    expect([...wall.complaints]).toEqual([]);
    await wall.close();
    await close();
  });

  it('keeps within the window whatever is announced, and how to take that back in reach', async () => {
    const { page, close } = await openDashboard(browser, hub);
    await page.getByLabel('모두에게 보일 말').fill(`https://example.com/${'a'.repeat(80)}`);
    await page.getByRole('button', { name: '알리기' }).click();
    const clear = page.getByRole('button', { name: '지우기', exact: true });
    await clear.waitFor();
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const { x = 0, width: wide = 0 } = (await clear.boundingBox()) ?? {};
      expect(x + wide).toBeLessThanOrEqual(width);
    }
    await clear.click();
    await clear.waitFor({ state: 'hidden' });
    await close();
  });

  it('says where only this computer can join, and how others can, and has nothing to scan', async () => {
    const { page, close } = await openDashboard(browser, hub);
    const wall = await openDashboard(browser, hub, {}, '/workshop/projector/');
    await says(page.locator('[data-part="only-here"]'), '--lan으로 다시 여세요');
    await says(wall.page.locator('[data-part="how"]'), '강사의 컴퓨터에서만 들어올 수 있습니다');
    for (const each of [page, wall.page]) {
      expect(await each.locator('[data-part="qr"]').isVisible()).toBe(false);
      expect(await each.locator('[data-part="code"]').isVisible()).toBe(true);
    }
    await wall.close();
    await close();
  });

  it('renews the code, also on the wall, once it is asked twice', async () => {
    const { page, close } = await openDashboard(browser, hub);
    const wall = await openDashboard(browser, hub, {}, '/workshop/projector/');
    await page.getByRole('button', { name: '새 코드', exact: true }).click();
    await page.getByRole('button', { name: '그대로 두기' }).click();
    await says(page.locator('[data-part="code"]'), hub.code);
    const before = await wall.page.locator('[data-part="qr"][data-text]').getAttribute('data-text');
    await page.getByRole('button', { name: '새 코드', exact: true }).click();
    await page.getByRole('button', { name: '새 코드로 바꾸기' }).click();
    await says(page.locator('[data-part="copied"]'), '새 코드로 바뀌었습니다.');
    const code = (await page.locator('[data-part="code"]').textContent()) ?? '';
    expect(code).not.toBe(hub.code);
    await says(wall.page.locator('[data-part="code"]'), code);
    expect(await wall.page.locator('[data-part="qr"]').getAttribute('data-text')).not.toBe(before);
    const late = new Attendee(hub.door);
    await expect(late.join(hub.code, '늦은사람', 'none')).rejects.toThrow('refused');
    late.leave();
    hub = { ...hub, code };
    await wall.close();
    await close();
  });

  it('comes back whole when the hub was away, and sends what was said meanwhile once', async () => {
    const { page, close } = await openDashboard(browser, hub);
    const run = randomUUID();
    thirty.person(1).say({ type: 'room.share', run, step: 'topics/list', on: true });
    thirty.person(1).output(run, 0, 'orders');
    await page.getByRole('button', { name: `${NAMES[1]} 자세히 보기` }).click();
    await page.locator('.look .xterm').waitFor();
    hub.program.child.kill('SIGKILL');
    await hub.program.exited;
    await page.locator('lab-class[data-state="lost"]').waitFor();
    await says(page.locator('.look [data-part="note"]'), '연결이 끊겨 공유 화면을 닫았습니다.');
    expect(await page.locator('.look .xterm').count()).toBe(0);
    await says(
      page.locator('.look [data-part="ask"] + .why'),
      '지금은 수업 서버와 연결이 끊겨 있습니다',
    );
    await page.getByRole('button', { name: '닫기', exact: true }).click();
    // Also for who has scrolled down.
    await page.locator('.legend').scrollIntoViewIfNeeded();
    const state = page.locator('.notices > [data-part="state"]');
    const isSeen = (): Promise<boolean> =>
      state.evaluate((each) => {
        const { left, top, height } = each.getBoundingClientRect();
        return document.elementFromPoint(left + 20, top + height / 2) === each;
      });
    expect(await isSeen()).toBe(true);
    await page.getByLabel('모두에게 보일 말').fill('다시 이어집니다');
    await page.getByRole('button', { name: '알리기' }).click();
    hub = await startHub(port);
    await page.locator('lab-class[data-state="open"]').waitFor({ timeout: 20_000 });
    await says(page.locator('[data-part="announced-text"]'), '다시 이어집니다');
    expect(await page.locator('tbody tr').count()).toBe(30);
    // On their way back, for all that is known.
    await says(page.locator('[data-part="people"]'), /^30명 접속 · 모두 30명/);
    await says(page.locator('[data-part="people"]'), /^0명 접속 · 모두 30명/, GONE);
    await close();
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each(['/workshop/class/', '/workshop/projector/'])(
    '%s is accessible, wide and narrow',
    async (path) => {
      const { page, complaints, close } = await openDashboard(browser, hub, { colorScheme }, path);
      for (const width of [1440, 1024, 390]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await violations(page)).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
      }
      expect(complaints).toEqual([]);
      await close();
    },
  );
});

describe('once its class was deleted, and another is led', () => {
  it('shows nothing of it, says so, and goes on with the other once that was opened', async () => {
    const { page, close } = await openDashboard(browser, hub);
    const wall = await openDashboard(browser, hub, {}, '/workshop/projector/');
    const words = page.getByLabel('모두에게 보일 말');
    const announced = page.locator('[data-part="announced-text"]');
    await words.fill('오늘은 여기까지 합니다');
    await page.getByRole('button', { name: '알리기' }).click();
    await says(announced, '오늘은 여기까지 합니다');
    await page.getByRole('button', { name: `${NAMES[1]} 자세히 보기` }).click();
    hub.program.child.kill('SIGINT');
    await hub.program.exited;
    const state = page.locator('.notices > [data-part="state"]');
    await says(state, /^\d\d:\d\d에 수업을 닫았습니다.*아래는 그때의 모습입니다/);
    await says(state, `다시 열면 이어집니다: npm run workshop -- --port ${port} --home `);
    // To the class, in its own words, of which none is its presenter's.
    await says(
      wall.page.locator('[data-part="state"]'),
      /^강사가 수업을 닫았습니다\.\n다시 열리면[^:]*$/,
    );
    expect(await wall.page.locator('[data-part="code"]').isVisible()).toBe(false);
    await page.getByRole('button', { name: '닫기', exact: true }).click();
    // What was for the moment has ended with the class, and nothing waits for its next day.
    await says(announced, '지금 보이는 알림이 없습니다.');
    await words.fill('지난 반에 하는 말');
    await page.getByRole('button', { name: '알리기' }).click();
    await says(
      page.locator('[data-part="notice"]'),
      '수업이 닫혀 있어 하지 않았습니다. 수업을 다시 연 다음에 눌러 주세요.',
    );
    // It was told to nobody, and is not lost.
    expect(await words.inputValue()).toBe('지난 반에 하는 말');
    await page.getByRole('button', { name: `${NAMES[1]} 자세히 보기` }).click();

    const home = join(HOME, `workshop-${port}`);
    await new Program('scripts/workshop.ts', ['delete', '--home', home]).exited;
    hub = await startHub(port);
    for (const [each, words] of [
      [page, /바뀌어.*Ready: 줄의 주소/],
      [wall.page, /^이 화면에 보이던 수업은 끝났습니다\.\n강사가 ‘수업 현황’에서/],
    ] as const) {
      await each.locator('[data-state="over"]').waitFor({ timeout: 20_000 });
      await says(each.locator('[data-part="state"]').first(), words);
      expect(
        await each
          .getByText(NAMES[1] ?? '')
          .filter({ visible: true })
          .count(),
      ).toBe(0);
      expect(await each.locator('[data-part="room"]').isVisible()).toBe(false);
      const opened = await each.context().newPage();
      await opened.goto(hub.address);
      await each.locator('[data-state="open"] [data-part="room"]').waitFor({ timeout: 20_000 });
      await says(each.locator('[data-part="code"]').first(), hub.code);
    }
    await says(page.locator('[data-part="people"]'), '아직 아무도 없습니다');
    await says(page.locator('[data-part="passed"]').first(), '실행할 사람 없음');
    // Before anybody has run something, who is ready comes before what leads the class.
    const top = async (card: string): Promise<number> =>
      (await page.locator(card).boundingBox())?.y ?? Number.NaN;
    expect(await top('#class-preflight')).toBeLessThan(await top('#class-poll'));
    await says(announced, '지금 보이는 알림이 없습니다.');
    // What is of one class is not to be taken for the other's.
    await says(
      page.locator('[data-part="notice"]'),
      /^이 탭에 보이던 ‘카프카 실습 3기’ 수업 대신, 지금 열린 ‘.+’ 수업을 보여 줍니다\.$/,
    );
    await wall.close();
    await close();
  });

  it('takes nothing to the other that was said to it, also where it slept meanwhile', async () => {
    const { page, close } = await openDashboard(browser, hub);
    await page.getByLabel('모두에게 보일 말').fill('오늘은 여기까지 합니다');
    await page.getByRole('button', { name: '알리기' }).click();
    const announced = page.locator('[data-part="announced-text"]');
    await says(announced, '오늘은 여기까지 합니다');
    await page.context().route('**/api/hub', (route) => route.abort());
    // Closed in order, nothing would wait for it.
    hub.program.child.kill('SIGKILL');
    await hub.program.exited;
    await page.locator('lab-class[data-state="lost"]').waitFor();
    await page.getByLabel('모두에게 보일 말').fill('지난 반에 하는 말');
    await page.getByRole('button', { name: '알리기' }).click();
    await says(page.locator('[data-part="notice"]'), '연결되는 대로 보냅니다.');
    hub = await startHub(port, '--new');
    const opened = await page.context().newPage();
    await opened.goto(hub.address);
    await page.context().unroute('**/api/hub');
    await page.locator('lab-class[data-state="open"]').waitFor({ timeout: 20_000 });
    await says(page.locator('[data-part="code"]'), hub.code);
    await says(announced, '지금 보이는 알림이 없습니다.');
    expect(await page.locator('[data-part="copied"]').textContent()).toBe('');
    await close();
  });
});
