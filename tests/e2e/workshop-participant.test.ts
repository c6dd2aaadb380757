/** A participant who has a browser and nothing installed, in a workshop of a real hub. */
import { describe, expect, it } from 'vitest';
import { encodeEvent } from '../../server/event-escape.ts';
import type { ProgramEvent } from '../../server/program-events.ts';
import { REFUSALS } from '../../server/workshop/refusals.ts';
import { statusOf } from '../run-status.ts';
import { waitFor } from '../wait.ts';
import { haveRoom } from './have-room.ts';
import { stepOf } from './page.ts';
import { bar, isIn, move, press, type RoomUnderTest } from './room.ts';

/** What a program tells of itself, once a second. */
const SAMPLE: ProgramEvent = {
  type: 'sample',
  topic: 'orders',
  at: 0,
  what: 'acked',
  counts: [1, 2, 3],
  failed: 0,
  unknown: 0,
  waiting: [0, 0, 0],
  silent: [],
};

let room: RoomUnderTest;

haveRoom((had) => {
  ({ room } = had);
});

describe('a browser with nothing installed', () => {
  it('is told while the presenter is away', async () => {
    const { page } = await room.joinFromHub('다솜', { viewport: { width: 390, height: 844 } });
    const state = bar(page).locator('[data-part="state"]');
    await state.getByText('강사 자리 비움').waitFor();
    // Narrow, all is well is a dot only; this is said.
    expect((await state.boundingBox())?.width).toBeGreaterThan(60);
    const { close } = await room.openPresenter();
    await state.getByText('연결됨').waitFor();
    close();
    await state.getByText('강사 자리 비움').waitFor();
  });

  it('is taken along once for each move, and may read by itself and come back', async () => {
    const { command, close } = await room.openPresenter();
    const { page, complaints } = await room.joinFromHub('가람');
    command(move('topics', 'list'));
    await page.waitForURL('**/topics/#list');
    await page.locator('lab-step[data-step="topics/list"][data-here]').waitFor();
    // Of its own accord it goes elsewhere: nobody fetches it back.
    await page.goto(`${room.door}/failures/`);
    await isIn(page);
    await bar(page).getByText('오후 반').waitFor();
    expect(page.url()).toContain('/failures/');
    const where = bar(page).getByRole('link', { name: '수업은 지금 ‘2. 다중 파티션' });
    await where.click();
    await page.waitForURL('**/topics/#list');
    await isIn(page);
    await bar(page).getByText('오후 반').waitFor();
    expect(await where.isVisible()).toBe(false);
    // By the chapter's own address, it is where the class is; by a step's, at that.
    await page.goto(`${room.door}/failures/`);
    await page.goto(`${room.door}/topics/`);
    await page.waitForURL('**/topics/#list');
    await page.goto(`${room.door}/failures/`);
    await page.goto(`${room.door}/topics/#describe-orders`);
    await isIn(page);
    await page.locator('lab-step[data-here]').waitFor();
    expect(page.url()).toMatch(/#describe-orders$/);
    await page.goto(`${room.door}/failures/`);
    command(move('topics', 'describe-orders'));
    await page.waitForURL('**/topics/#describe-orders');
    const step = page.locator('lab-step[data-step="topics/describe-orders"]');
    await page.locator('lab-step[data-here]').waitFor();
    // On the same page, and to the same place again.
    command(move('topics', 'list'));
    const list = page.locator('lab-step[data-step="topics/list"]');
    await waitFor('it to be in sight', () =>
      list.evaluate((each) => each === document.activeElement),
    );
    expect(await page.locator('lab-step[data-here]').count()).toBe(1);
    // A link that is copied leads here.
    expect(page.url()).toMatch(/\/topics\/#list$/);

    await press(page, '따라가기');
    command(move('topics', 'describe-orders'));
    await page.locator('lab-step[data-step="topics/describe-orders"][data-here]').waitFor();
    expect(await step.evaluate((each) => each.contains(document.activeElement))).toBe(false);
    await press(page, '따라가기');
    await waitFor('it to be in sight', () =>
      step.evaluate((each) => each === document.activeElement),
    );
    expect(complaints).toEqual([]);
    close();
  });

  it.each([
    // A phone's, without what its browser takes.
    { width: 390, height: 664 },
    { width: 1440, height: 900 },
  ])(
    'that comes late is at the step, and stays there as the page grows ($width px)',
    async (viewport) => {
      const { command, run, close } = await room.openPresenter();
      const above = ['topics/list', 'topics/create-logs', 'topics/create-events'];
      for (const step of above) run(step, 30, { status: 'passed' });
      command(move('topics', 'describe-orders'));
      const { page, complaints } = await room.joinFromHub('늦봄', { viewport });
      await page.waitForURL('**/topics/#describe-orders');
      for (const step of above) await stepOf(page, step).prints('line 29');
      const step = stepOf(page, 'topics/describe-orders').element;
      /** Under all that is fixed above it, and in the upper half of the window. */
      const isSeen = (): Promise<boolean> =>
        step.evaluate((each) => {
          const { top } = each.getBoundingClientRect();
          const { scrollPaddingTop } = getComputedStyle(document.documentElement);
          return top > Number.parseFloat(scrollPaddingTop) - 2 && top < innerHeight / 2;
        });
      await waitFor('the step', isSeen);
      // Also for who has done something since, and not scrolled.
      await page.keyboard.press('Shift');
      command({ kind: 'announce', text: '쉬는 시간은 세 시까지입니다. '.repeat(8) });
      await bar(page).getByText('알림: 쉬는').waitFor();
      await waitFor('the step, under more of the bar', isSeen);

      // As on the second screen: back from reading alone.
      await press(page, '따라가기');
      await page.mouse.wheel(0, 3_000);
      await waitFor('it to be gone', async () => !(await isSeen()));
      await press(page, '따라가기');
      for (const each of above) await stepOf(page, each).prints('line 29');
      await waitFor('the step again', isSeen);

      // As it runs, all that the terminal shows is in sight.
      run('topics/describe-orders', 30);
      await stepOf(page, 'topics/describe-orders').prints('line 29');
      const screen = step.locator('[data-part="screen"]');
      await waitFor('the terminal', () =>
        screen.evaluate((each) => {
          const { top, bottom } = each.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        }),
      );
      // Who has scrolled on is left alone.
      await page.mouse.move(4, viewport.height - 100);
      await page.mouse.wheel(0, 3_000);
      await waitFor('it to be gone', async () => !(await isSeen()));
      run('topics/describe-orders', 3, { status: 'passed' });
      await stepOf(page, 'topics/describe-orders').prints('line 2');
      run('topics/describe-orders', 3);
      await stepOf(page, 'topics/describe-orders').becomes('running');
      expect(await isSeen()).toBe(false);
      expect(complaints).toEqual([]);
      close();
    },
  );

  it('reads announcements as text, answers questions, raises its hand and leaves nothing behind', async () => {
    const { command, close } = await room.openPresenter();
    const { page, complaints } = await room.joinFromHub('<b>나래</b>');
    command({ kind: 'announce', text: '<img src=x onerror=alert(1)> 쉬는 시간' });
    command({ kind: 'timer', seconds: 90, label: '실습' });
    await bar(page).getByText('알림: <img src=x onerror=alert(1)> 쉬는 시간').waitFor();
    await waitFor('the clock', async () =>
      /^1:[0-3]\d$/.test((await bar(page).getByRole('timer').textContent()) ?? ''),
    );
    const poll = crypto.randomUUID();
    const options = ['kafka2', 'kafka3'].map((value) => ({ value, label: value }));
    command({ kind: 'poll', poll, step: null, question: '다음 리더는?', options });
    // By the keyboard alone.
    await bar(page).getByRole('radio', { name: 'kafka2' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const votes = () => Object.values(room.state().polls.at(-1)?.votes ?? {});
    await waitFor('the vote', () => votes().includes('kafka3'));
    await press(page, '답 바꾸기');
    await bar(page).getByRole('radio', { name: 'kafka2' }).check();
    await press(page, '답하기');
    await waitFor('the other vote', () => votes().includes('kafka2'));
    expect(votes()).toHaveLength(1);
    command({ kind: 'poll-end', poll });
    await bar(page).getByText('1명 · 100%').waitFor();
    // What has happened comes later, also to who has put the result away.
    await press(page, '결과 닫기');
    command({ kind: 'poll-outcome', poll, value: 'kafka3', reason: 'kafka1이 멈췄습니다.' });
    await bar(page).getByText('예상과 다릅니다. 예상: kafka2, 실제: kafka3. kafka1이').waitFor();
    const happened = bar(page).locator('[data-part="poll"] li', { hasText: '강사 실습실의 결과' });
    expect(await happened.textContent()).toContain('kafka3');
    // What cannot be said has its reason, too.
    const second = crypto.randomUUID();
    command({ kind: 'poll', poll: second, step: null, question: '그다음 리더는?', options });
    await bar(page).getByRole('radio', { name: 'kafka2' }).check();
    await press(page, '답하기');
    await waitFor('the vote', () => votes().includes('kafka2'));
    command({ kind: 'poll-end', poll: second });
    command({ kind: 'poll-outcome', poll: second, value: null, reason: 'orders 토픽이 없습니다.' });
    await bar(page).getByText('예상: kafka2, 실제: 알 수 없음. orders 토픽이 없습니다.').waitFor();
    // Also on another page, until the class goes on.
    await page.reload();
    await bar(page).getByText('1명 · 100%').waitFor();
    command(move('topics'));
    await page.waitForURL('**/topics/');
    await isIn(page);
    await bar(page).getByText('1명 · 100%').waitFor({ state: 'hidden' });
    command(move('topics', 'list'));
    const here = page.locator('lab-step[data-here]');
    await here.waitFor();

    await press(page, '손들기');
    await waitFor('the hand', () => room.person('<b>나래</b>')?.hand ?? undefined);
    // What is to be done is not ticked off.
    const lower = bar(page).getByRole('button', { name: '손 내리기' });
    const tick = await lower.evaluate((each) => getComputedStyle(each, '::before').content);
    expect(tick).toBe('none');
    command({ kind: 'claim', participant: room.idOf('<b>나래</b>') });
    await bar(page).getByText('도와줄 사람이 오고 있습니다').waitFor();
    await press(page, '손 내리기');
    await waitFor('the hand to be down', () => room.person('<b>나래</b>')?.hand === null);

    await press(page, '수업 메뉴');
    // There is no lab of theirs to speak of.
    await bar(page).getByText('강사에게 보이는 것은 내 별명, 내가 보낸 답과 손들기뿐').waitFor();
    expect(await bar(page).getByText('터미널').count()).toBe(0);
    await press(page, '나가기');
    // Esc takes back one thing at a time.
    await page.keyboard.press('Escape');
    await bar(page).getByRole('button', { name: '나가기', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await bar(page).getByText('내 별명:').waitFor({ state: 'hidden' });
    await press(page, '수업 메뉴');
    await press(page, '나가기');
    await press(page, '정말 나가기');
    await waitFor('nothing to be left', () => room.person('<b>나래</b>') === undefined);
    await bar(page).getByText('수업에서 나왔습니다').waitFor();
    expect(await here.count()).toBe(0);
    // Of all that there was to press, how to come back, and how to be rid of it.
    expect(await bar(page).getByRole('button').allTextContents()).toEqual(['닫기']);
    expect(await bar(page).locator('button:focus').textContent()).toBe('닫기');
    expect(await bar(page).getByText('나가면').isVisible()).toBe(false);
    expect(await page.evaluate(() => localStorage.getItem('lab:room'))).toBeNull();
    await page.goto(`${room.door}/topics/`);
    await page.waitForLoadState('networkidle');
    expect(await bar(page).count()).toBe(0);
    expect(complaints).toEqual([]);
    close();
  });

  it('is asked once: what a poll was told its step knows, and the other way round', async () => {
    const { command, say, close } = await room.openPresenter();
    const { page, complaints } = await room.joinFromHub('누리');
    const STOP = 'failures/stop-kafka1';
    const ask = (): string => {
      const options = ['kafka1', 'kafka2', 'kafka3'].map((value) => ({ value, label: value }));
      const poll = crypto.randomUUID();
      command({ kind: 'poll', poll, step: STOP, question: '누가 이끌까요?', options });
      return poll;
    };
    const votes = () => Object.values(room.state().polls.at(-1)?.votes ?? {});
    // Its step is in another chapter.
    const first = ask();
    await bar(page).getByRole('radio', { name: 'kafka2' }).check();
    await press(page, '답하기');
    command(move('failures', 'stop-kafka1'));
    await page.waitForURL('**/failures/#stop-kafka1');
    const { element } = stepOf(page, STOP);
    const answer = element.locator('[data-part="predict"] input:checked');
    await waitFor('the vote', async () => (await answer.inputValue()) === 'kafka2');
    // The presenter's run is that of who has no lab.
    const [run, startedAt] = [crypto.randomUUID(), Date.now()];
    const show = (more: Parameters<typeof statusOf>[1]): void =>
      say({ type: 'room.show', message: statusOf(run, { step: STOP, startedAt, ...more }) });
    show({ status: 'running' });
    command({ kind: 'poll-end', poll: first });
    await element.getByText('예상: kafka2.').waitFor();
    show({ status: 'passed', outcome: { value: 'kafka3', reason: 'kafka1이 멈췄습니다.' } });
    const verdict = '예상과 다릅니다. 예상: kafka2, 실제: kafka3.';
    await element.locator('[data-verdict="wrong"]').getByText(verdict).waitFor();
    expect(await answer.count()).toBe(0);
    // Who has no run of their own has nothing to predict any more, until the class is asked again.
    const question = element.locator('[data-part="predict"]');
    expect(await question.isVisible()).toBe(false);

    // Chosen in either, it is in the other; nobody is told before they press.
    const inStep = question.locator('input');
    const poll = ask();
    // What happened the last time is no answer to give away.
    await element.getByText(verdict).waitFor({ state: 'hidden' });
    await inStep.first().check();
    await bar(page).locator('input[value="kafka1"]:checked').waitFor();
    await bar(page).locator('input[value="kafka3"]').check();
    expect(await answer.inputValue()).toBe('kafka3');
    await element.getByText('강사가 지금 모두에게 묻고 있습니다').waitFor();
    expect(votes()).toEqual([]);
    command({ kind: 'poll-end', poll });
    await bar(page).getByText('고른 답을 보내지 않았습니다.').waitFor();
    await question.waitFor({ state: 'hidden' });
    expect(await element.getByText('모두에게 묻고 있습니다').count()).toBe(0);

    // Sent from the step, and changed from the bar.
    ask();
    await inStep.nth(1).check();
    const send = element.getByRole('button', { name: '답하기' });
    await send.click();
    await waitFor('the vote', () => votes().includes('kafka2'));
    await element.getByText('내 답: kafka2').waitFor();
    await send.waitFor({ state: 'hidden' });
    expect(await inStep.nth(1).evaluate((each) => each === document.activeElement)).toBe(true);
    await press(page, '답 바꾸기');
    await bar(page).getByRole('radio', { name: 'kafka1' }).check();
    await send.waitFor();
    await press(page, '답하기');
    await waitFor('the other vote', () => votes().includes('kafka1'));
    expect(await answer.inputValue()).toBe('kafka1');
    expect(complaints).toEqual([]);
    // The class ends, and with it what it asks.
    await room.closeHub();
    await bar(page).getByText('강사가 수업을 닫았습니다').waitFor();
    const asked = bar(page).locator('[data-part="poll"]');
    await asked.waitFor({ state: 'hidden' });
    await element.locator('[data-part="in-step"]').waitFor({ state: 'detached' });
    await room.reopenHub();
    await bar(page).getByText('강사가 수업을 닫았습니다').waitFor({ state: 'hidden' });
    expect(await asked.isVisible()).toBe(false);
    close();
  });

  it.each([700, 360])(
    'has its class in sight on a phone while the menu is open (%i px)',
    async (height) => {
      const { command, close } = await room.openPresenter();
      command({ kind: 'announce', text: '10분 쉬겠습니다. '.repeat(8) });
      command({ kind: 'timer', seconds: 300, label: '실습' });
      const { page } = await room.joinFromHub('다솜', { viewport: { width: 375, height } });
      await page.goto(`${room.door}/topics/`);
      await bar(page).getByText('알림: 10분').waitFor();
      await press(page, '수업 메뉴');
      await bar(page).getByRole('button', { name: '나가기' }).waitFor();
      const topOf = (selector: string) =>
        page.locator(selector).evaluate((each) => each.getBoundingClientRect().top);
      expect(await topOf('room-bar [data-part="name"]')).toBeGreaterThan(await topOf('room-bar'));
      close();
    },
  );

  it('is asked in one place on a phone: where the step is in sight, there, of whose cluster it is', async () => {
    const { command, close } = await room.openPresenter();
    const { page, complaints } = await room.joinFromHub('가온', {
      viewport: { width: 390, height: 844 },
    });
    const STOP = 'failures/stop-kafka1';
    const options = ['kafka1', 'kafka2', 'kafka3'].map((value) => ({ value, label: value }));
    const poll = crypto.randomUUID();
    command({ kind: 'poll', poll, step: STOP, question: '누가 이끌까요?', options });
    const inBar = bar(page).getByRole('radio').first();
    await inBar.waitFor();
    command(move('failures', 'stop-kafka1'));
    await page.waitForURL('**/failures/#stop-kafka1');
    const { element } = stepOf(page, STOP);
    await element.locator('[data-part="predict"]').scrollIntoViewIfNeeded();
    await element.getByText('강사의 클러스터에서').waitFor();
    await inBar.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '답하기', exact: true }).waitFor();
    // Who would rather answer there, may.
    await press(page, '질문 펼치기');
    await inBar.waitFor();
    expect(complaints).toEqual([]);
    close();
  });

  it('has answered a question in all of its tabs, once, and is told which answer counted', async () => {
    const { command, close } = await room.openPresenter();
    const { page: first, context } = await room.joinFromHub('도담');
    const second = await context.newPage();
    await second.goto(`${room.door}/failures/`);
    await isIn(second);
    const poll = crypto.randomUUID();
    const options = ['kafka1', 'kafka2', 'kafka3'].map((value) => ({ value, label: value }));
    const step = 'failures/stop-kafka1';
    command({ kind: 'poll', poll, step, question: '누가 이끌까요?', options });
    await bar(second).getByRole('radio', { name: 'kafka3' }).waitFor();
    await bar(first).getByRole('radio', { name: 'kafka2' }).check();
    await press(first, '답하기');
    await bar(second).getByText('내 답: kafka2').waitFor();
    expect(await bar(second).getByRole('radio').first().isVisible()).toBe(false);
    const inStep = stepOf(second, step).element.locator('[data-part="predict"] input:checked');
    expect(await inStep.inputValue()).toBe('kafka2');
    // Changed there, it is so here; and the class has one answer.
    await press(second, '답 바꾸기');
    await bar(second).getByRole('radio', { name: 'kafka3' }).check();
    await press(second, '답하기');
    await bar(first).getByText('내 답: kafka3').waitFor();
    const votes = () => Object.values(room.state().polls.at(-1)?.votes ?? {});
    await waitFor('the other vote', () => votes().includes('kafka3'));
    expect(votes()).toEqual(['kafka3']);
    await press(first, '답 바꾸기');
    expect(await bar(first).getByRole('radio', { name: 'kafka3' }).isChecked()).toBe(true);
    await bar(first).getByRole('radio', { name: 'kafka1' }).check();
    command({ kind: 'poll-end', poll });
    await bar(first).getByText('먼저 보낸 답(kafka3)이 결과에 들어갔습니다').waitFor();
    await bar(second).getByText('1명 · 100%').waitFor();
    expect(await bar(second).getByText('먼저 보낸 답').count()).toBe(0);
    close();
  });

  it('has the picture of a run once the hub can send it, also after it could not', async () => {
    const { print, say, close } = await room.openPresenter();
    const { page } = await room.joinFromHub('바다');
    await page.goto(`${room.door}/failures/`);
    await isIn(page);
    const script = /\/run-figure\.[^/]*\.js$/;
    await page.route(script, (route) => route.abort(), { times: 1 });
    const run = crypto.randomUUID();
    let [size, at] = [0, 0];
    const tell = (): void => {
      at += 1_000;
      const text = encodeEvent(run, { ...SAMPLE, at });
      print(run, size, text);
      size += text.length;
    };
    const lost = page.waitForEvent('requestfailed', (request) => script.test(request.url()));
    say({
      type: 'room.show',
      message: statusOf(run, { step: 'failures/drill', startedAt: Date.now() }),
    });
    tell();
    await lost;
    const picture = stepOf(page, 'failures/drill').element.locator('[data-part="figure"]');
    expect(await picture.isVisible()).toBe(false);
    // Each second's word asks for it anew.
    await waitFor('the picture', () => {
      tell();
      return picture.isVisible();
    });
    close();
  });

  it('is told once that the hub keeps no more of what it says, and takes none of it for told', async () => {
    const { page } = await room.joinFromHub('여울');
    await page.routeWebSocket('**/api/room', (line) => {
      const hub = line.connectToServer();
      line.onMessage((text) => {
        const { type, id } = JSON.parse(String(text));
        if (type !== 'room.report') return hub.send(text);
        const refusal = { code: 'too-much', message: REFUSALS['too-much'], id };
        line.send(JSON.stringify({ type: 'room.refused', ...refusal }));
      });
    });
    await page.goto(`${room.door}/topics/`);
    await isIn(page);
    await press(page, '손들기');
    await bar(page).getByText(REFUSALS['too-much']).waitFor();
    // Nobody sees it.
    await bar(page).getByRole('button', { name: '손들기', exact: true }).waitFor();
    await press(page, '손들기');
    await bar(page).getByRole('button', { name: '손들기', exact: true }).waitFor();
    expect(await bar(page).getByText(REFUSALS['too-much']).count()).toBe(1);
    const told = await page.evaluate(() =>
      Object.keys(localStorage).filter((key) => key.startsWith('lab:room:told')),
    );
    expect(told).toEqual([]);
  });

  it('says what becomes of a hand while nobody hears, and leads to where another class is joined', async () => {
    const { page } = await room.joinFromHub('아라');
    const waiting = page.locator('lab-join [data-part="next"]');
    await waiting.getByText('강사가 ‘모두 여기로’를').waitFor();
    await press(page, '손들기');
    await bar(page).getByText('강사에게 보입니다.').waitFor();
    const { command, close } = await room.openPresenter();
    command({ kind: 'timer', seconds: 90, label: '실습' });
    command({ kind: 'announce', text: '쉬는 시간' });
    await bar(page).getByRole('timer').waitFor();
    const said = bar(page).getByText('알림: 쉬는 시간');
    await said.waitFor();
    close();
    await room.closeHub();
    // It ends for nobody now.
    await bar(page).getByRole('timer').waitFor({ state: 'hidden' });
    // Nor does anybody see a hand, or say something.
    await said.waitFor({ state: 'hidden' });
    await bar(page).getByText('손을 들었습니다').waitFor({ state: 'hidden' });
    const hand = bar(page).getByRole('button', { name: '손들기', exact: true });
    await waitFor('no hand to be for another day', () => hand.isDisabled());
    await bar(page).getByText('강사가 수업을 닫았습니다. 다시 연결되면 저절로').waitFor();
    await waiting.getByText('지금은 수업과 연결되어 있지 않습니다').waitFor();
    await room.openAnother(undefined, '카프카 실습 3기');
    await page.goto(`${room.door}/topics/`);
    await page.setViewportSize({ width: 390, height: 844 });
    const state = bar(page).locator('[data-part="state"]');
    await state.getByText('다른 수업 ‘카프카 실습 3기’입니다').waitFor();
    expect(await state.getByText('같은 이름').count()).toBe(0);
    expect(await state.textContent()).toMatch(/^[^:]*저절로 이어집니다\. 들어가려면: [^:]*$/);
    const link = state.getByRole('link', { name: '수업 참가 페이지' });
    expect(await link.getAttribute('href')).toBe(`${room.door}/workshop/`);
    // On a phone, there is a lesson to read.
    const lines = await state.evaluate(
      (each) => each.clientHeight / Number.parseFloat(getComputedStyle(each).lineHeight),
    );
    expect(Math.round(lines)).toBeLessThanOrEqual(3);
    await page.goto(`${room.door}/workshop/`);
    await room.closeHub();
    await room.reopenHub();
    await waiting.getByText('강사가 ‘모두 여기로’를').waitFor();
    expect(await bar(page).getByText('손을 들었습니다').isVisible()).toBe(false);
  });
});
