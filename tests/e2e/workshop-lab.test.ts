/** A browser with a lab of its own in a workshop: how it comes in, and what it tells the hub. */
import type { Browser, Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../free-port.ts';
import { waitFor } from '../wait.ts';
import { haveOwnLab } from './have-own-lab.ts';
import type { OwnLab } from './own-lab.ts';
import { stepOf } from './page.ts';
import { bar, isIn, LINKED, move, openRoom, press, type RoomUnderTest, TOKEN } from './room.ts';

let browser: Browser;
let policy: string;
let room: RoomUnderTest;
let lab: OwnLab;

haveOwnLab((had) => {
  ({ browser, policy, room, lab } = had);
});

describe('a browser with a lab of its own', () => {
  it('tells what its computer has and why a step failed, once, also after the hub was away', async () => {
    const { page, complaints } = await lab.joinRoom(room, '가람');
    await waitFor('the preflight', () => room.person('가람')?.preflight ?? undefined);
    expect(room.person('가람')).toMatchObject({
      lab: 'local',
      preflight: [
        { kind: 'java', good: true, text: 'Java: 17.0.9' },
        { kind: 'ports', good: false, text: '9092 포트가 이미 사용 중입니다.' },
      ],
    });
    await page.goto(`${lab.address}/topics/`);
    await isIn(page);
    const list = stepOf(page, 'topics/list');
    await list.press('실행');
    await waitFor(
      'that it runs',
      () => room.person('가람')?.steps['topics/list']?.status === 'running',
    );
    await room.closeHub();
    await page.locator('room-bar[data-state="lost"]').waitFor();
    await lab.print('Bind for 0.0.0.0:9092 failed: port is already allocated\r\n');
    lab.execs[0]?.exit(1);
    await list.becomes('failed');
    await room.reopenHub();
    await waitFor(
      'that it failed',
      () => room.person('가람')?.steps['topics/list']?.status === 'failed',
    );
    expect(room.person('가람')?.steps['topics/list']?.reason).toEqual({
      kind: 'port-taken',
      text: '9092 포트가 이미 사용 중',
    });
    // What ends while no page is there is told by the next one.
    await list.press('다시 실행');
    await waitFor('the next one', () => lab.execs.length === 2);
    await waitFor('it', () => room.person('가람')?.steps['topics/list']?.status === 'running');
    await page.goto('about:blank');
    lab.execs[1]?.exit(0);
    await page.goto(`${lab.address}/failures/`);
    await isIn(page);
    await waitFor(
      'that it passed',
      () => room.person('가람')?.steps['topics/list']?.status === 'passed',
    );
    const { since } = room.person('가람')?.steps['topics/list'] ?? {};
    // Each page that opens hears of all runs again.
    await page.reload();
    await isIn(page);
    await press(page, '손들기');
    await waitFor('what comes after them', () => room.person('가람')?.hand ?? undefined);
    expect(room.person('가람')?.steps['topics/list']?.since).toBe(since);
    expect(complaints.filter((each) => !/WebSocket|ERR_CONN/.test(each))).toEqual([]);
  });

  it('tells by itself that what its computer lacked is mended, once a run has ended', async () => {
    const { page } = await lab.joinRoom(room, '가람');
    const lacks = (): boolean | undefined =>
      room.person('가람')?.preflight?.some(({ good }) => !good);
    await waitFor('the preflight', lacks);
    await page.goto(`${lab.address}/topics/`);
    await isIn(page);
    lab.mend();
    await stepOf(page, 'topics/list').press('실행');
    await waitFor('it to run', () => lab.execs[0]).then((exec) => exec.exit(0));
    await waitFor('the news', () => lacks() === false, 20_000);
  });

  it('whose class answers no more may go into another, and waits for its own till then', async () => {
    const { page } = await lab.joinRoom(room, '가람');
    await room.closeHub();
    await page.getByText('참가하던 수업의 서버가 지금은 답하지 않습니다').waitFor();
    await room.reopenHub();
    await isIn(page);
    await page.getByText('이미 수업에 참가하고 있습니다').waitFor();
    expect(await page.getByLabel('수업 주소').isVisible()).toBe(false);
    await room.closeHub();
    await page.locator('room-bar[data-state="lost"]').waitFor();
    await page.reload();
    const other = await openRoom(browser, policy);
    onTestFinished(() => other.close());
    await page.getByLabel('수업 주소').fill(`127.0.0.1:${other.port}`);
    expect(await page.getByLabel('별명').inputValue()).toBe('가람');
    await page.getByLabel('참가 코드').fill('ABCD-2345');
    await page.keyboard.press('Enter');
    await isIn(page);
    await other.comes('가람');
    await page.getByText('오후 반에 들어왔습니다').waitFor();
    // Their seat in the first is kept. The second lets go of them as well.
    expect(room.person('가람')).toBeDefined();
    await other.closeHub();
    await page.getByText('참가하던 수업의 서버가 지금은 답하지 않습니다').waitFor();
  });

  it('that does not answer itself is what is said, and not that the class does not', async () => {
    const { page } = await lab.joinRoom(room, '가람');
    const join = page.locator('lab-join');
    const ofClass = join.getByText('참가하던 수업의 서버가 지금은 답하지 않습니다');
    const ofLab = join.getByText('이 컴퓨터의 실습실이 답하지 않습니다');
    await lab.stop();
    await ofLab.waitFor();
    expect(await ofClass.count()).toBe(0);
    await room.closeHub();
    await lab.startAgain();
    // Now it is so, and another class may be come into.
    await ofClass.waitFor();
    await page.getByLabel('수업 주소').waitFor();
    await room.reopenHub();
    await isIn(page);
    await join.getByText('이미 수업에 참가하고 있습니다').waitFor();
    await page.getByLabel('수업 주소').waitFor({ state: 'hidden' });
  });

  it('that left a class that is gone, is told so in no other, nor as a presenter', async () => {
    const { page } = await lab.joinRoom(room, '노을');
    const tab = await page.context().newPage();
    await tab.goto(`${lab.address}/topics/`);
    await isIn(tab);
    await room.closeHub();
    await page.locator('room-bar[data-state="lost"]').waitFor();
    await press(page, '수업 메뉴');
    await press(page, '나가기');
    await press(page, '정말 나가기');
    for (const each of [page, tab]) await bar(each).getByText('나가는 중입니다').waitFor();
    const other = await openRoom(browser, policy);
    onTestFinished(() => other.close());
    const presenting = await page.context().newPage();
    await presenting.goto(`${lab.address}/workshop/`);
    await bar(presenting).getByText('나가는 중입니다').waitFor();
    await presenting.getByLabel('수업 주소').fill(other.address);
    await presenting.keyboard.press('Enter');
    await presenting.getByText('강사로 연결했습니다').waitFor();
    expect(await presenting.getByText('나가는 중입니다').count()).toBe(0);
    await page.getByLabel('수업 주소').fill(`127.0.0.1:${other.port}`);
    await page.getByLabel('참가 코드').fill('ABCD-2345');
    await page.getByLabel('별명').fill('노을');
    await page.keyboard.press('Enter');
    await isIn(page);
    await other.comes('노을');
    expect(await page.getByText('나가는 중입니다').count()).toBe(0);
    await tab.getByText('나가는 중입니다').waitFor({ state: 'detached' });
    // Out of this one as well, they read of this one alone.
    await press(page, '수업 메뉴');
    await press(page, '나가기');
    await press(page, '정말 나가기');
    await bar(page).getByText('수업에서 나왔습니다.').waitFor();
    await page.reload();
    await page.getByLabel('참가 코드').waitFor();
    expect(await bar(page).count()).toBe(0);
  });

  it('tells a class what it ran in that class, and nothing of what it ran in another meanwhile', async () => {
    const { page } = await lab.joinRoom(room, '가람');
    /** In the class that is led now. */
    const run = async (step: string): Promise<void> => {
      await page.goto(`${lab.address}/topics/`);
      await isIn(page);
      const before = lab.execs.length;
      await stepOf(page, step).press('실행');
      await waitFor('it to run', () => lab.execs[before]).then((exec) => exec.exit(0));
      await waitFor('it to be told', () => room.person('가람')?.steps[step]?.status === 'passed');
    };
    const told = (): string[] => Object.keys(room.person('가람')?.steps ?? {});
    await run('topics/list');
    await page.goto(`${lab.address}/workshop/`);
    await isIn(page);
    await room.closeHub();
    await room.openAnother();
    await page.getByLabel('참가 코드').fill('ABCD-2345');
    await page.keyboard.press('Enter');
    await isIn(page);
    await run('topics/describe-orders');
    expect(told()).toEqual(['topics/describe-orders']);
    await room.closeHub();
    await room.reopenHub();
    await page.waitForFunction(
      (led) => JSON.parse(localStorage.getItem('lab:room') ?? '{}').room === led,
      room.state().openedAt,
    );
    await isIn(page);
    await press(page, '손들기');
    await waitFor('what comes after them', () => room.person('가람')?.hand ?? undefined);
    expect(told()).toEqual(['topics/list']);
  });

  it('knows what its room is called, also while the hub is away', async () => {
    const { page } = await lab.joinRoom(room, '마루');
    await page.getByText('오후 반에 들어왔습니다. 별명은 마루입니다.').waitFor();
    await room.closeHub();
    await page.reload();
    await page.locator('room-bar[data-state="lost"]').waitFor();
    expect(await bar(page).locator('[data-part="name"]').textContent()).toBe('오후 반');
    // Who was in has no server to look after.
    await bar(page).getByText('수업 서버와 연결이 끊겼습니다. 다시 연결하는 중').waitFor();
    await room.reopenHub();
    await isIn(page);
  });

  it('that leaves while the hub is away is out on all its pages, and forgotten as soon as the hub is back', async () => {
    const { page } = await lab.joinRoom(room, '노을');
    const other = await page.context().newPage();
    await other.goto(`${lab.address}/topics/`);
    await isIn(other);
    await room.closeHub();
    for (const each of [page, other])
      await bar(each)
        .getByText(/강사가 수업을 닫았습니다\..*그때까지 실행한 단계도 강사에게 전해지고/)
        .waitFor();
    await press(page, '수업 메뉴');
    await press(page, '나가기');
    await bar(page).getByText('다시 연결되는 대로 지워지고').waitFor();
    await press(page, '정말 나가기');
    for (const each of [page, other]) await bar(each).getByText('나가는 중입니다').waitFor();
    // It is in no class any more, and may be in another.
    await page.getByLabel('참가 코드').waitFor();
    expect(await page.evaluate(() => localStorage.getItem('lab:room'))).toBeNull();
    await stepOf(other, 'topics/list').press('실행');
    await waitFor('the run', () => lab.execs.length === 1);
    await page.reload();
    await bar(page).getByText('나가는 중입니다').waitFor();
    expect(room.person('노을')).toBeDefined();
    await room.reopenHub();
    for (const each of [page, other]) await bar(each).getByText('수업에서 나왔습니다.').waitFor();
    expect(room.person('노을')).toBeUndefined();
    expect(await page.evaluate(() => localStorage.getItem('lab:room:leaving'))).toBeNull();
    await page.reload();
    await page.getByLabel('참가 코드').waitFor();
    expect(await bar(page).count()).toBe(0);
  });

  it('opens the presenter’s screen as the same person, who is asked; no page takes a stranger’s word', async () => {
    const { page } = await lab.joinRoom(room, '이든');
    await page.goto(`${lab.address}/topics/`);
    await isIn(page);
    await press(page, '수업 메뉴');
    const [screen] = await Promise.all([
      page.context().waitForEvent('page'),
      bar(page).getByRole('link', { name: '강사 화면 열기' }).click(),
    ]);
    const go = screen.getByRole('button', { name: '‘이든’ 별명으로 강사 화면 보기' });
    await go.waitFor();
    const kept = (at: Page) => at.evaluate(() => localStorage.getItem('lab:room'));
    expect(await kept(screen)).toBeNull();
    const { hash } = new URL(screen.url());
    await go.click();
    await screen.waitForURL('**/topics/');
    await isIn(screen);
    // A lab's page has no hub of its own.
    const { page: other } = await lab.openJoin();
    await other.goto('about:blank');
    await other.goto(`${lab.address}/workshop/${hash}`);
    await other.getByLabel('참가 코드').waitFor();
    expect(await kept(other)).toBeNull();
    expect(await other.getByRole('button', { name: '강사 화면 보기' }).count()).toBe(0);
  });

  it('that comes late is offered to begin where the class is', async () => {
    const { command, close } = await room.openPresenter();
    command(move('failures', null));
    await waitFor('the move', () => room.state().moves === 1);
    const { page } = await lab.joinRoom(room, '다온');
    await page.waitForURL('**/failures/');
    const offer = bar(page).getByText('여기서 시작할 상태가 아닙니다');
    await offer.waitFor();
    // A class that is closed is nowhere.
    await room.closeHub();
    await offer.waitFor({ state: 'hidden' });
    await room.reopenHub();
    await offer.waitFor();
    await press(page, '여기서 시작 열기');
    await page.locator('lab-checkpoint details[open]').first().waitFor();
    expect(await bar(page).getByText('여기까지 왔는데').isVisible()).toBe(false);
    await page.reload();
    await isIn(page);
    await bar(page).getByText('오후 반').waitFor();
    expect(await bar(page).getByText('여기까지 왔는데').isVisible()).toBe(false);
    close();
  });

  it('that was there and stays behind is offered that in each chapter that the class comes to, once', async () => {
    const { page } = await lab.joinRoom(room, '다온');
    const { command, close } = await room.openPresenter();
    const offer = bar(page).getByText('여기서 시작할 상태가 아닙니다');
    command(move('topics', 'list'));
    await page.waitForURL('**/topics/#list');
    await offer.waitFor();
    await press(page, '괜찮습니다');
    await offer.waitFor({ state: 'hidden' });
    command(move('topics', 'describe-orders'));
    await page.locator('lab-step[data-step="topics/describe-orders"][data-here]').waitFor();
    expect(await offer.isVisible()).toBe(false);
    command(move('failures', null));
    await page.waitForURL('**/failures/');
    await offer.waitFor();
    // Back there, it was put away.
    command(move('topics', 'list'));
    await page.waitForURL('**/topics/#list');
    await page.locator('lab-step[data-step="topics/list"][data-here]').waitFor();
    expect(await offer.isVisible()).toBe(false);
    close();
  });

  it('takes a link, wherever it is pasted, for an address and a code', async () => {
    const { page } = await lab.openJoin();
    const [hub, code] = [page.getByLabel('수업 주소'), page.getByLabel('참가 코드')];
    const link = `http://127.0.0.1:${room.port}/workshop/?code=`;
    await hub.fill(`${link}${LINKED}`);
    await code.waitFor({ state: 'hidden' });
    expect(await hub.inputValue()).toBe(`http://127.0.0.1:${room.port}`);
    await page.getByText('참가 코드는 적지 않아도 됩니다').waitFor();
    await page.getByRole('button', { name: '코드로 참가' }).click();
    await code.waitFor();
    await hub.fill('');
    await code.fill(`${link}${LINKED.replace('A', '0')}`);
    await code.waitFor({ state: 'hidden' });
    await page.getByLabel('별명').fill('다솜');
    await page.keyboard.press('Enter');
    await page.locator('#join-code-problem').getByText('더 쓸 수 없습니다').waitFor();
    await hub.fill('');
    await code.fill(`${link}abcd-2345`);
    expect(await code.inputValue()).toBe('abcd-2345');
    await page.getByLabel('별명').press('Enter');
    await isIn(page);
  });

  it('looks what its computer has where somebody hears it: not by a form, nor as a presenter', async () => {
    const { page } = await lab.joinRoom(room, '나래');
    const needed = [{ kind: 'java', good: true, text: 'Java 21이 있습니다.' }];
    await page.route('**/api/doctor', (route) => route.fulfill({ json: { needed } }));
    const look = page.getByRole('button', { name: '이 컴퓨터를 다시 살펴보고' });
    await look.click();
    await page.getByText('강사에게도 알렸습니다').waitFor();
    const all = page.locator('lab-join [data-part="preflight"]');
    expect(await all.textContent()).toMatch(/알리기\s+준비가/);
    expect(await all.evaluate((each) => getComputedStyle(each).columnGap)).toBe('12px');
    await waitFor('what was found', () => room.person('나래')?.preflight?.length === 1);

    await room.closeHub();
    await page.getByText('참가하던 수업의 서버가 지금은 답하지 않습니다').waitFor();
    expect(await look.isVisible()).toBe(false);
    await room.reopenHub();
    await isIn(page);
    await look.waitFor();
    await room.closeHub();
    const other = await openRoom(browser, policy);
    onTestFinished(() => other.close());
    await page.getByLabel('수업 주소').fill(other.address);
    await page.keyboard.press('Enter');
    await page.getByText('강사로 연결했습니다').waitFor();
    expect(await look.isVisible()).toBe(false);
    // Nor once the class that they were in is there again: this page is nobody's in it.
    await room.reopenHub();
    const presenter = await room.openPresenter();
    presenter.command(move('topics', 'list'));
    const theirs = await other.openPresenter();
    theirs.command(move('failures', 'drill'));
    await page.waitForURL('**/failures/#drill');
    const id = room.idOf('나래');
    expect(presenter.heard.some(({ presence }) => presence?.online.includes(id))).toBe(false);
    for (const each of [presenter, theirs]) each.close();
  });

  it('is told where there is no hub, and takes a presenter’s address as one', async () => {
    const { page } = await lab.openJoin();
    await page.getByLabel('수업 주소').fill(`127.0.0.1:${await freePort()}`);
    await page.getByLabel('참가 코드').fill('ABCD-2345');
    await page.getByLabel('별명').fill('라온');
    await page.keyboard.press('Enter');
    await page.getByText('아무도 듣고 있지 않습니다').waitFor();
    const claims: string[] = [];
    await page.exposeFunction('claim', (text: string) => claims.push(text));
    await page.evaluate(() => {
      const { claim } = window as unknown as { claim(text: string): void };
      const status = document.querySelector('lab-join [data-part="status"]');
      if (status === null) return;
      new MutationObserver(() => claim(status.textContent ?? '')).observe(status, {
        childList: true,
      });
    });
    for (const [address, why] of [
      [room.address.replace(TOKEN, 'q'.repeat(43)), '이 강사 토큰을 받지 않습니다'],
      [room.address.replace(String(room.presenterPort), '1'), '아무도 듣고 있지 않습니다'],
    ] as const) {
      await page.getByLabel('수업 주소').fill(address);
      await page.keyboard.press('Enter');
      await page.locator('lab-join').getByText(why).waitFor();
      expect(await bar(page).count()).toBe(0);
    }
    expect(claims).toContain('강사로 연결하는 중…');
    expect(claims.join()).not.toContain('강사로 연결했습니다');
    // A presenter needs no code, and no name; what was typed is there again where it is none's address.
    const [hub, code] = [page.getByLabel('수업 주소'), page.getByLabel('참가 코드')];
    await hub.fill(room.address);
    await page.getByRole('button', { name: '강사로 연결' }).waitFor();
    await page.getByText('강사의 주소입니다').waitFor();
    // Of what a participant's class sees, a presenter need not read.
    expect(await page.getByText('강사에게 보이는 것은').isVisible()).toBe(false);
    expect(await code.isVisible()).toBe(false);
    expect(await page.getByLabel('별명').isVisible()).toBe(false);
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.getByRole('button', { name: '참가하기' }).waitFor();
    expect(await code.inputValue()).toBe('ABCD-2345');
    expect(await page.getByLabel('별명').inputValue()).toBe('라온');
    await page.keyboard.type(TOKEN.slice(-1));
    await code.waitFor({ state: 'hidden' });
    expect(await hub.evaluate((each) => each === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByText('강사로 연결했습니다').waitFor();
    const kept = await page.evaluate(() => sessionStorage.getItem('lab:presenter'));
    expect(JSON.parse(kept ?? '')).toEqual({
      hub: `http://127.0.0.1:${room.presenterPort}`,
      token: TOKEN,
    });
    // Nor does it say so any longer, once it is not so.
    await room.closeHub();
    await page.locator('lab-join').getByText('수업을 닫았습니다. 터미널에서').waitFor();
    await page.getByText('강사로 연결했습니다').waitFor({ state: 'hidden' });
    await room.reopenHub();
    await page.getByText('강사로 연결했습니다').waitFor();
    await bar(page).getByText('강사가 수업을 닫았습니다').waitFor({ state: 'hidden' });
  });
});
