/** The longest that a class may be told and asked: the bar shows it, and leaves room. */
import type { Browser, Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { haveRoom } from './have-room.ts';
import { Attendee } from './hub.ts';
import { LONG, question } from './longest.ts';
import { openPage, stepOf } from './page.ts';
import { bar, isIn, move, press, type RoomUnderTest } from './room.ts';

/** What is run to see a cluster beside a chapter. */
const STEP_OF: Readonly<Record<string, string>> = {
  topics: 'topics/describe-orders',
  failures: 'failures/stop-kafka1',
  rebalancing: 'rebalancing/with-group',
};

let browser: Browser;
let room: RoomUnderTest;

haveRoom((had) => {
  ({ browser, room } = had);
});

/** Of the page, and of the bar: what is scrolled sideways. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('room-bar')];
    return Math.max(...boxes.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
  });

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it('the bar is accessible, and leaves two thirds to the lesson; on a phone, three quarters, half until it is answered', async () => {
    const { command, close } = await room.openPresenter();
    const { page } = await room.joinFromHub('마루', { colorScheme });
    command({ kind: 'announce', text: LONG });
    command({ kind: 'timer', seconds: 90, label: '실습'.repeat(30) });
    command(question());
    // Of steps far below, which are not laid out yet, nobody knows which scroll.
    command(move('conclusion'));
    await page.waitForURL('**/conclusion/');
    await bar(page).getByRole('radio').first().waitFor();
    const isGood = async (most: number): Promise<void> => {
      await waitFor('the page to begin under the bar', async () => {
        const [above, title] = await Promise.all([
          bar(page).boundingBox(),
          page.locator('h1').boundingBox(),
        ]);
        return above !== null && title !== null && title.y >= above.y + above.height;
      });
      const [above, sheet] = await Promise.all([
        bar(page).boundingBox(),
        page.locator('cluster-view').boundingBox(),
      ]);
      expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(sheet?.y ?? 0);
      expect(above?.height).toBeLessThanOrEqual(most);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    };
    for (const [width, height, most] of [
      [1440, 900, 300],
      [390, 844, 422],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.reload();
      await page.waitForLoadState('networkidle');
      await bar(page).getByRole('radio').first().waitFor();
      await isGood(most);
      await press(page, '알림 더 보기');
      await isGood(most);
      await press(page, '수업 메뉴');
      await press(page, '나가기');
      await isGood(most);
    }
    await bar(page).getByRole('radio').first().check();
    await press(page, '답하기');
    // The open menu has its room, until it is folded.
    await isGood(250);
    await press(page, '수업 메뉴');
    await isGood(211);
    close();
  });
});

describe('an announcement', () => {
  it('is folded where it is long, and is away once it was read, until there is another', async () => {
    const { command, close } = await room.openPresenter();
    const { page, complaints } = await room.joinFromHub('나래', {
      viewport: { width: 390, height: 844 },
    });
    const said = bar(page).locator('[data-part="announcement"]');
    const height = async (): Promise<number> => (await said.boundingBox())?.height ?? 0;
    command({ kind: 'announce', text: '쉬는 시간' });
    await said.getByText('쉬는 시간').waitFor();
    const line = await height();
    expect(await bar(page).getByRole('button', { name: '알림 더 보기' }).isVisible()).toBe(false);
    command({ kind: 'announce', text: LONG });
    await bar(page).getByRole('button', { name: '알림 더 보기' }).waitFor();
    expect(await height()).toBeLessThan(line * 2.5);
    await press(page, '알림 더 보기');
    await waitFor('all of it', async () => (await height()) > line * 3);
    await page.keyboard.press('Escape');
    await waitFor('its beginning', async () => (await height()) < line * 2.5);
    await press(page, '알림 닫기');
    await said.waitFor({ state: 'hidden' });
    expect(await bar(page).locator('button:focus').textContent()).toBe('수업 메뉴');
    // Elsewhere, too.
    await page.goto(`${room.door}/topics/`);
    await isIn(page);
    await bar(page).getByText('오후 반').waitFor();
    expect(await said.isVisible()).toBe(false);
    command({ kind: 'announce', text: '다시 시작합니다' });
    await said.getByText('다시 시작합니다').waitFor();
    await press(page, '알림 닫기');
    // Taken back, and said again.
    command({ kind: 'announce', text: null });
    command({ kind: 'timer', seconds: 90, label: '실습' });
    await bar(page).getByRole('timer').waitFor();
    command({ kind: 'announce', text: '다시 시작합니다' });
    await said.getByText('다시 시작합니다').waitFor();
    // Said once more, also to who has put it away.
    await press(page, '알림 닫기');
    await said.waitFor({ state: 'hidden' });
    command({ kind: 'timer', seconds: 60, label: '정리' });
    await bar(page).getByText('정리').waitFor();
    expect(await said.isVisible()).toBe(false);
    command({ kind: 'announce', text: '다시 시작합니다' });
    await said.getByText('다시 시작합니다').waitFor();
    expect(complaints).toEqual([]);
    close();
  });
});

describe('a question', () => {
  it.each([
    { width: 390, height: 844 },
    { width: 360, height: 640 },
  ])('can be answered on a phone, and put off ($width px)', async (viewport) => {
    const { command, close } = await room.openPresenter();
    const { page, complaints } = await room.joinFromHub('나래', { viewport });
    command({ kind: 'timer', seconds: 900, label: '장애 훈련' });
    command({ kind: 'announce', text: LONG });
    const { options, ...asked } = question(30);
    command({ ...asked, options: options.slice(0, 5) });
    const radios = bar(page).getByRole('radio');
    const submit = bar(page).getByRole('button', { name: '답하기' });
    await radios.first().waitFor();
    /** How many there are between the edges of what is scrolled. */
    const seen = async (): Promise<number> => {
      const [top, bottom] = [await bar(page).boundingBox(), await submit.boundingBox()];
      const boxes = await Promise.all((await radios.all()).map((each) => each.boundingBox()));
      const isSeen = (box: (typeof boxes)[number]): boolean =>
        box !== null && box.y > (top?.y ?? 0) && box.y + box.height < (bottom?.y ?? 0);
      return boxes.filter(isSeen).length;
    };
    await waitFor('three of them', async () => (await seen()) >= 3);
    expect((await bar(page).boundingBox())?.height).toBeLessThanOrEqual(viewport.height / 2);
    await radios.last().check();
    await waitFor('the last', async () => {
      const [last, line] = [await radios.last().boundingBox(), await submit.boundingBox()];
      return last !== null && line !== null && last.y + last.height <= line.y;
    });
    await press(page, '질문 접기');
    await radios.first().waitFor({ state: 'hidden' });
    expect((await bar(page).boundingBox())?.height).toBeLessThanOrEqual(176);
    expect(await bar(page).locator('button:focus').textContent()).toBe('질문 펼치기');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await press(page, '질문 펼치기');
    // Chosen it was, and still is.
    expect(await radios.last().isChecked()).toBe(true);
    await press(page, '답하기');
    await waitFor('the vote', () => Object.keys(room.state().polls[0]?.votes ?? {}).length === 1);
    expect(await bar(page).locator('button:focus').textContent()).toBe('답 바꾸기');
    expect(complaints).toEqual([]);
    close();
  });

  it('takes one line once it is answered, however long it is', async () => {
    const { command, close } = await room.openPresenter();
    const { page } = await room.joinFromHub('나래', { viewport: { width: 390, height: 844 } });
    command(question());
    await bar(page).getByRole('radio').first().check();
    await press(page, '답하기');
    const again = bar(page).getByRole('button', { name: '답 바꾸기' });
    await again.waitFor();
    const lines = bar(page).locator('form > .line');
    expect((await lines.boundingBox())?.height).toBeLessThan(
      1.5 * ((await again.boundingBox())?.height ?? 0),
    );
    close();
  });
});

describe('what a class has answered', () => {
  it('has its number whole on a phone, however long its words are', async () => {
    const { command, close } = await room.openPresenter();
    const { page } = await room.joinFromHub('나래', { viewport: { width: 360, height: 640 } });
    const { poll, ...asked } = question();
    command({ poll, ...asked });
    await bar(page).getByRole('radio').first().check();
    await press(page, '답하기');
    await waitFor('the vote', () => Object.keys(room.state().polls[0]?.votes ?? {}).length === 1);
    command({ kind: 'poll-end', poll });
    command({ kind: 'poll-outcome', poll, value: '1', reason: 'kafka1이 멈췄습니다.' });
    await bar(page).getByText('· 실제').waitFor();
    const number = await bar(page).getByText('100%', { exact: true }).boundingBox();
    const button = await bar(page).getByRole('button', { name: '모두 보기' }).boundingBox();
    expect((number?.x ?? 0) + (number?.width ?? 0)).toBeLessThanOrEqual(button?.x ?? 0);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    close();
  });

  it('is a line of its own on a phone, whatever else is said, and all of it once it is wanted', async () => {
    const { command, close } = await room.openPresenter();
    const { page, complaints } = await room.joinFromHub('나래', {
      viewport: { width: 390, height: 844 },
    });
    const { poll, options, ...rest } = question(15);
    const asked = { ...rest, options: options.slice(0, 5) };
    command({ kind: 'timer', seconds: 90, label: '장애 훈련' });
    command({ kind: 'announce', text: LONG });
    command({ poll, ...asked });
    await bar(page).getByRole('radio').first().check();
    await press(page, '답하기');
    await waitFor('the vote', () => Object.keys(room.state().polls[0]?.votes ?? {}).length === 1);
    command({ kind: 'poll-end', poll });
    command({ kind: 'poll-outcome', poll, value: '1', reason: 'kafka1이 멈췄습니다.' });
    const label = (index: number): string => asked.options[index]?.label ?? '';
    const line = bar(page).getByText(`${label(0)} 100% · 실제 ${label(1)}`);
    await line.waitFor();
    /** Of the bar, what can be scrolled. */
    const hidden = (): Promise<number> =>
      bar(page).evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
    expect(await hidden()).toBe(0);
    expect((await bar(page).boundingBox())?.height).toBeLessThanOrEqual(211);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    const rows = bar(page).locator('[data-part="poll"] li');
    expect(await rows.first().isVisible()).toBe(false);
    await press(page, '모두 보기');
    await rows.last().waitFor();
    await bar(page).getByText('예상과 다릅니다').waitFor();
    expect(await hidden()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await rows.first().waitFor({ state: 'hidden' });
    expect(await bar(page).locator('button:focus').textContent()).toBe('모두 보기');
    // Where there is room, it is there.
    await page.setViewportSize({ width: 1440, height: 900 });
    await rows.last().waitFor();
    expect(await bar(page).getByRole('button', { name: '모두 보기' }).isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    close();
  });

  it('on a phone says first what has happened, and of a tie that it is one', async () => {
    const { command, close } = await room.openPresenter();
    const { page, complaints } = await room.joinFromHub('나래', {
      viewport: { width: 390, height: 844 },
    });
    const other = new Attendee(`http://127.0.0.1:${room.port}`);
    await other.join('ABCD2345', '다솜', 'none');
    const labels = ['컨트롤러가 남은 복제본에서 고릅니다', 'kafka2가 맡음'];
    const ask = async (mine: number, theirs: number, happened: number): Promise<void> => {
      const poll = crypto.randomUUID();
      const options = labels.map((label, index) => ({ value: String(index), label }));
      command({ kind: 'poll', poll, step: null, question: '리더는?', options });
      await bar(page).getByRole('radio').nth(mine).check();
      await press(page, '답하기');
      other.report({ kind: 'vote', poll, value: String(theirs) });
      const votes = () => Object.keys(room.state().polls.at(-1)?.votes ?? {}).length;
      await waitFor('both votes', () => votes() === 2);
      command({ kind: 'poll-end', poll });
      command({ kind: 'poll-outcome', poll, value: String(happened), reason: '' });
    };
    await ask(0, 0, 1);
    const short = bar(page).locator('.short');
    const cut = short.locator('.cut');
    await short.getByText('· 실제 kafka2가 맡음').waitFor();
    // What it is, and what they said themselves.
    await bar(page).getByText('결과:', { exact: true }).waitFor();
    await bar(page).getByText(`내 답: ${labels[0]}`).waitFor();
    const isCut = await cut.evaluateAll((each) =>
      each.map(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth),
    );
    expect(isCut).toEqual([true, false]);
    await ask(0, 1, 1);
    await bar(page).getByText('2개 동률 50% · 실제 kafka2가 맡음').waitFor();
    await ask(1, 1, 1);
    await bar(page).getByText('kafka2가 맡음 100% · 실제와 같음').waitFor();
    other.leave();
    expect(complaints).toEqual([]);
    close();
  });

  it('is a line for each option where there is room, with what is counted in columns', async () => {
    const { command, close } = await room.openPresenter();
    const { page } = await room.joinFromHub('나래', { viewport: { width: 1440, height: 900 } });
    const { poll, options, ...rest } = question(20);
    command({ poll, ...rest, question: '리더는?', options: options.slice(0, 4) });
    await bar(page).getByRole('radio').first().check();
    await press(page, '답하기');
    await waitFor('the vote', () => Object.keys(room.state().polls[0]?.votes ?? {}).length === 1);
    command({ kind: 'poll-end', poll });
    command({ kind: 'poll-outcome', poll, value: '1', reason: 'kafka1이 멈췄습니다.' });
    await bar(page).getByText('예상과 다릅니다').waitFor();
    const rows = await bar(page)
      .locator('[data-part="poll"] li')
      .evaluateAll((each) =>
        each.map((row) => {
          const at = (selector: string) => row.querySelector(selector)?.getBoundingClientRect();
          const [bars, count] = [at('.bar'), at('.count')];
          const from = row.getBoundingClientRect().left;
          return {
            bar: [(bars?.left ?? 0) - from, bars?.width],
            count: (count?.right ?? 0) - from,
          };
        }),
      );
    expect(rows).toEqual(Array(4).fill(rows[0]));
    expect(rows[0]?.bar[1]).toBeGreaterThan(100);
    const height = (await bar(page).locator('[data-part="poll"]').boundingBox())?.height;
    expect(height).toBeLessThanOrEqual(120);
    close();
  });
});

describe('an exercise whose time is over', () => {
  it('is put away by its reader, until there is another', async () => {
    const { command, close } = await room.openPresenter();
    const { page, complaints } = await room.joinFromHub('나래', {
      viewport: { width: 390, height: 844 },
    });
    const timer = bar(page).locator('[data-part="timer"]');
    const away = bar(page).getByRole('button', { name: '끝난 시간 닫기' });
    command({ kind: 'timer', seconds: 10, label: '실습' });
    await bar(page).getByRole('timer').waitFor();
    expect(await away.isVisible()).toBe(false);
    await timer.getByText('시간이 다 되었습니다').waitFor();
    await away.click();
    await timer.waitFor({ state: 'hidden' });
    expect(await bar(page).locator('button:focus').textContent()).toBe('수업 메뉴');
    // Elsewhere, too.
    await page.goto(`${room.door}/topics/`);
    await isIn(page);
    await bar(page).getByText('오후 반').waitFor();
    expect(await timer.isVisible()).toBe(false);
    command({ kind: 'timer', seconds: 90, label: '정리' });
    await timer.getByText('정리').waitFor();
    expect(complaints).toEqual([]);
    close();
  });
});

describe('type for the last row', () => {
  it('has nothing over the lesson, and on a phone all of the head', async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const { page, complaints } = await openPage(context, room.address);
    await page.evaluate(() =>
      sessionStorage.setItem('lab:presenter', JSON.stringify({ hub: '', token: 'x' })),
    );
    await page.goto(`http://127.0.0.1:${room.presenterPort}/failures/`);
    await isIn(page);
    const chip = page.locator('lab-connection');
    await chip.waitFor();
    await press(page, '큰 글씨');
    await chip.waitFor({ state: 'hidden' });
    await page.setViewportSize({ width: 390, height: 844 });
    const menu = page.getByRole('button', { name: '메뉴', exact: true });
    await menu.waitFor();
    const { x = 0, width = 0 } = (await menu.boundingBox()) ?? {};
    expect(x + width).toBeLessThanOrEqual(390);
    const title = page.locator('.title-wrapper');
    expect(await title.evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('shows commands, what they print, and the cluster large, in unbroken lines', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    const { page, complaints } = await openPage(context, room.address);
    await page.evaluate(() =>
      sessionStorage.setItem('lab:presenter', JSON.stringify({ hub: '', token: 'x' })),
    );
    await page.goto(`http://127.0.0.1:${room.presenterPort}/topics/`);
    await isIn(page);
    await press(page, '큰 글씨');
    const { element, press: click } = stepOf(page, 'topics/describe-orders');
    await click('실행');
    const screen = element.locator('.screen');
    await screen.locator('.xterm-rows').waitFor();
    await page.locator('cluster-view .replica').nth(10).waitFor();
    /** In shares of the window's height. */
    const sizeOf = (each: Locator): Promise<number> =>
      each.evaluate((found) => Number.parseFloat(getComputedStyle(found).fontSize) / innerHeight);
    const code = element.locator('pre code');
    const broken = () =>
      page.locator('cluster-view .broker').evaluateAll(
        (brokers) =>
          brokers.flatMap((broker) =>
            [...broker.querySelectorAll('li, h3')].filter((line) => {
              const heights = [...line.querySelectorAll('span, button')].map((each) =>
                Math.round(each.getBoundingClientRect().bottom),
              );
              return Math.max(...heights) - Math.min(...heights) > 12;
            }),
          ).length,
      );
    for (const [width, height] of [
      [1280, 720],
      [1440, 900],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect(await sizeOf(code)).toBeGreaterThanOrEqual(0.0222);
      expect(await sizeOf(screen)).toBeGreaterThanOrEqual(0.02);
      // As many as the longest line of such a table has: nobody scrolls it on a wall.
      const columns = (): Promise<number> =>
        screen.evaluate((each) => {
          const [box, rows] = [each.firstElementChild, each.querySelector('.xterm-rows')];
          if (box === null || rows === null || box.scrollWidth > box.clientWidth) return 0;
          const { fontSize } = getComputedStyle(rows);
          return Math.round(rows.clientWidth / (Number.parseFloat(fontSize) / 2));
        });
      await waitFor('112 columns', async () => (await columns()) >= 112);
      expect(await broken()).toBe(0);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    }
    expect(complaints).toEqual([]);
  });

  it('has nothing to read that is under 20 px on a wall of 1080 lines', async () => {
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    const { page } = await openPage(context, room.address);
    await page.evaluate(() =>
      sessionStorage.setItem('lab:presenter', JSON.stringify({ hub: '', token: 'x' })),
    );
    for (const chapter of ['topics', 'failures', 'rebalancing']) {
      await page.goto(`http://127.0.0.1:${room.presenterPort}/${chapter}/`);
      await isIn(page);
      if (chapter === 'topics') await press(page, '큰 글씨');
      await page.locator(':root[data-large]').waitFor();
      await stepOf(page, STEP_OF[chapter] ?? '').press('실행');
      await page.locator('cluster-view .replica').first().waitFor();
      // What is folded away is as large, once it is not.
      await page.locator('details').evaluateAll((all) => {
        for (const each of all) each.setAttribute('open', '');
      });
      const small = await page
        .locator(':is(main, cluster-view, room-bar) :not(script, style, .sr-only, svg *)')
        .evaluateAll((all) =>
          all
            .filter((each) => {
              const hasWords = [...each.childNodes].some(
                ({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim(),
              );
              if (!hasWords || each.closest('.sr-only, .xterm-helpers') !== null) return false;
              const { width, height } = each.getBoundingClientRect();
              if (!each.checkVisibility() || width <= 1 || height <= 1) return false;
              return Number.parseFloat(getComputedStyle(each).fontSize) < 20;
            })
            .map((each) => each.outerHTML.slice(0, 120)),
        );
      expect(small).toEqual([]);
    }
  });
});
