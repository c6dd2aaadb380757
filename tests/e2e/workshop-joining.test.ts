/** How a browser comes into a workshop of a real hub, and comes in again. */
import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { haveRoom } from './have-room.ts';
import { bar, isIn, LINKED, move, press, type RoomUnderTest } from './room.ts';

let browser: Browser;
let room: RoomUnderTest;

haveRoom((had) => {
  ({ browser, room } = had);
});

describe('a browser with nothing installed', () => {
  it('is called by its person what the class calls them, where two have one name', async () => {
    await room.joinFromHub('이슬');
    const { page } = await room.joinFromHub('이슬', undefined, '이슬 (2)');
    await page.getByText('별명은 이슬 (2)입니다.').waitFor();
    await page.goto(`${room.door}/topics/`);
    await isIn(page);
    await press(page, '수업 메뉴');
    await bar(page).getByText('내 별명: 이슬 (2)').waitFor();
  });

  it('that is shown out is told so, and comes back by the form alone, under the same name', async () => {
    const { say, close } = await room.openPresenter();
    const { page, complaints } = await room.joinFromHub('마루');
    const participant = room.idOf('마루');
    say({ type: 'room.remove', id: crypto.randomUUID(), participant });
    await bar(page).getByText('강사가 이 수업에서 내보냈습니다.').waitFor();
    expect(await page.evaluate(() => localStorage.getItem('lab:room'))).toBeNull();
    await bar(page).getByText('다시 참가하기').click();
    await page.getByLabel('참가 코드').fill('abcd-2345');
    expect(await page.getByLabel('별명').inputValue()).toBe('마루');
    await page.keyboard.press('Enter');
    await isIn(page);
    expect(room.idOf('마루')).not.toBe(participant);
    // Whoever leaves of their own accord, leaves nothing of it.
    await press(page, '수업 메뉴');
    await press(page, '나가기');
    await press(page, '정말 나가기');
    await bar(page).getByText('수업에서 나왔습니다.').waitFor();
    await page.reload();
    await page.getByLabel('별명').waitFor();
    expect(await page.getByLabel('별명').inputValue()).toBe('');
    expect(complaints).toEqual([]);
    close();
  });

  it('has all letters for a name, where it is typed and where it is shown', async () => {
    const { page } = await room.joinFromHub('이슬');
    const shown = page.locator('lab-join [data-part="status"]');
    for (const place of [shown, page.locator('input[name="nickname"]'), bar(page)])
      expect(await place.evaluate((each) => getComputedStyle(each).fontFamily)).toContain(
        'Pretendard',
      );
    const fonts = () =>
      page.evaluate(async () => {
        // As where the computer has none of its own.
        await Promise.all(
          [400, 700].map((weight) => document.fonts.load(`${weight} 1em Pretendard`, '뷁')),
        );
        return [...document.fonts]
          .filter(({ family }) => family === 'Pretendard')
          .map(({ status }) => status);
      });
    expect(new Set(await fonts())).toEqual(new Set(['loaded']));
  });

  it('is told what is wrong with a code, and where the form is', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`http://127.0.0.1:${room.port}/workshop/`);
    await page.setViewportSize({ width: 360, height: 640 });
    await page.getByLabel('참가 코드').fill('abcd');
    await page.getByLabel('별명').fill('다온');
    await page.keyboard.press('Enter');
    const code = page.locator('input[name="code"]:focus[aria-invalid="true"]');
    await code.waitFor();
    expect(await code.getAttribute('aria-describedby')).toContain('join-code-problem');
    /** All of it, in the window. */
    const isSeen = async (text: string): Promise<boolean> => {
      const box = await page.getByText(text).boundingBox();
      return box !== null && box.y > 0 && box.y + box.height <= 640;
    };
    const why = '글자 수가 다르거나 코드에 없는 글자가 있습니다.';
    await page.locator('#join-code-problem', { hasText: why }).waitFor();
    expect(await isSeen(why)).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.type('9999');
    await page.getByRole('button', { name: '참가하기' }).click();
    await page.getByText('참가 코드가 맞지 않습니다').waitFor();
    await page.getByText(why).waitFor({ state: 'hidden' });
    expect(await isSeen('참가 코드가 맞지 않습니다')).toBe(true);
    await page.getByLabel('참가 코드').fill('abcd-2345');
    await page.getByLabel('별명').fill('http://10.0.0.1:4330');
    await page.keyboard.press('Enter');
    await page.getByText('링크가 아니라').waitFor();
    await page.getByLabel('별명').fill('다온');
    await page.keyboard.press('Enter');
    await isIn(page);
    // Where the form was, nobody would know where they are.
    await page.locator('lab-join a:focus').waitFor();
  });

  it('whose browser keeps nothing is in the room for this page, and is told so', async () => {
    const context = await browser.newContext();
    await context.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('denied', 'SecurityError');
          },
        });
      }
    });
    const page = await context.newPage();
    await page.goto(`${room.door}/workshop/?code=ABCD-2345`);
    await page.getByLabel('별명').fill('라온');
    await page.keyboard.press('Enter');
    await isIn(page);
    await bar(page).getByText('저장을 막고 있어').waitFor();
    const { command, close } = await room.openPresenter();
    command(move('topics', 'list'));
    command({ kind: 'announce', text: '여기입니다' });
    await bar(page).getByText('여기입니다').waitFor();
    expect(page.url()).toContain('/workshop/');
    close();
  });

  it('asks whoever comes by a link for a name alone, and for a code once the link is of no use', async () => {
    const page = await (await browser.newContext()).newPage();
    const enter = async (code: string, nickname: string): Promise<void> => {
      await page.goto(`${room.door}/workshop/?code=${code}`);
      await page.getByLabel('별명').fill(nickname);
      await page.keyboard.press('Enter');
    };
    await enter(LINKED.replace('A', '0'), '옛 링크');
    await page.getByText('이 링크는 더 쓸 수 없습니다').waitFor();
    expect(await page.getByLabel('참가 코드').inputValue()).toBe('');
    expect(await page.locator('input:focus').getAttribute('name')).toBe('code');
    // A reload does not bring it back.
    await page.reload();
    await page.getByLabel('참가 코드').waitFor();
    expect(await page.getByLabel('참가 코드').inputValue()).toBe('');
    // It is known which class that is.
    await page.getByText('오후 반에 들어갑니다.').waitFor();
    // There is no computer of theirs in it.
    const shares = await page.getByText('강사에게 보이는 것은').textContent();
    expect(shares).not.toContain('Docker');
    await enter(LINKED, '새 링크');
    expect(await page.getByLabel('참가 코드').isVisible()).toBe(false);
    await isIn(page);
  });

  it('takes a link, pasted where a code is due, for a code, and a code however it is written', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${room.door}/workshop/`);
    const code = page.getByLabel('참가 코드');
    await code.fill(`${room.door}/workshop/?code=${LINKED}`);
    await code.waitFor({ state: 'hidden' });
    expect(await page.locator('input:focus').getAttribute('name')).toBe('nickname');
    await page.getByRole('button', { name: '코드로 참가' }).click();
    expect(await page.locator('input:focus').getAttribute('name')).toBe('code');
    expect(await code.inputValue()).toBe('');
    await page.getByLabel('별명').fill('한울');
    await code.fill(room.door);
    await page.keyboard.press('Enter');
    await page.locator('#join-code-problem').getByText('참가 코드가 없습니다').waitFor();
    await code.fill('');
    await page.keyboard.insertText(' ａbcd – ２３４5 ');
    await page.keyboard.press('Enter');
    await isIn(page);
  });

  it('waits for its class while another is led, or comes into that, once', async () => {
    const { page } = await room.joinFromHub('마루');
    await page.goto(`${room.door}/workshop/`);
    await isIn(page);
    await room.closeHub();
    await bar(page).getByText('강사가 수업을 닫았습니다').waitFor();
    await room.openAnother();
    // It has the same name, and is another: nobody knows whether their own is deleted.
    await bar(page).getByText('강사가 같은 이름의 수업을 새로 열었습니다').waitFor();
    // Where one is already, no link leads.
    expect(await bar(page).getByText('수업 참가 페이지').count()).toBe(0);
    const form = page.locator('lab-join');
    await form.getByText('강사 화면에 보이는 참가 코드를 적으면').waitFor();
    const promises = page.getByText(/저절로 이어|자리도 남/).filter({ visible: true });
    expect(await promises.count()).toBe(0);
    expect(await form.locator('.problem:not(:empty)').count()).toBe(0);
    expect(await page.getByLabel('별명').inputValue()).toBe('마루');
    await page.getByLabel('참가 코드').fill('ABCD-2345');
    // Its own opens again: nothing is asked any more.
    await room.closeHub();
    await room.reopenHub();
    await isIn(page);
    await page.locator('lab-join form').waitFor({ state: 'hidden' });
    await page.getByText('이미 수업에 참가하고 있습니다').waitFor();
    await room.closeHub();
    await room.openAnother();
    await page.getByLabel('참가 코드').fill('ABCD-2345');
    await page.keyboard.press('Enter');
    await page.getByText('오후 반에 들어왔습니다').waitFor();
    await isIn(page);
    await page.waitForLoadState('networkidle');
    expect(await page.locator('lab-join form').isVisible()).toBe(false);
    const people = (): string[] => Object.keys(room.state().participants);
    expect(people()).toHaveLength(1);
    // From now on it is in both, and comes by itself into that which is led.
    for (const open of [room.reopenHub, room.openAnother]) {
      await room.closeHub();
      await open();
      const before = people();
      await page.waitForFunction(
        (led) => JSON.parse(localStorage.getItem('lab:room') ?? '{}').room === led,
        room.state().openedAt,
      );
      await isIn(page);
      expect(people()).toEqual(before);
    }
    await room.closeHub();
    await room.reopenHub();
  });

  it('tells nothing of one class to another, and loses nothing of it', async () => {
    const { page } = await room.joinFromHub('마루');
    const own = room.idOf('마루');
    const ask = async (ends: boolean): Promise<void> => {
      const { command, close } = await room.openPresenter();
      const options = [
        { value: 'a', label: '하나' },
        { value: 'b', label: '둘' },
      ];
      const poll = crypto.randomUUID();
      command({ kind: 'poll', poll, step: null, question: '어느 쪽입니까?', options });
      if (ends) command({ kind: 'poll-end', poll });
      await waitFor('the question', () => room.state().polls.at(-1)?.open === !ends);
      close();
    };
    await ask(true);
    await bar(page).getByText('결과:').waitFor();
    await ask(false);
    await bar(page).getByText('둘').click();
    await press(page, '답하기');
    await bar(page).getByText('내 답: 둘').waitFor();
    await waitFor('the vote', () => Object.keys(room.state().polls.at(-1)?.votes ?? {}).length);
    await room.closeHub();
    await bar(page).getByText('강사가 수업을 닫았습니다').waitFor();
    // It was told: nothing of it waits.
    expect(await bar(page).getByText('다시 연결되면 보냅니다').count()).toBe(0);
    // Nor is anybody there to see a hand.
    const hand = bar(page).getByRole('button', { name: '손들기', exact: true });
    expect(await hand.isDisabled()).toBe(true);
    await room.openAnother();
    await page.goto(`${room.door}/workshop/`);
    await page.getByLabel('참가 코드').fill('ABCD-2345');
    await page.getByLabel('별명').fill('마루');
    await page.keyboard.press('Enter');
    await isIn(page);
    await hand.waitFor();
    const there = (): readonly unknown[] =>
      Object.values(room.state().participants).map(({ hand }) => hand);
    expect(there()).toEqual([null]);
    await ask(false);
    await bar(page).getByText('답하기').waitFor();
    // Whose letters lie in this tab, the next page knows, too.
    await page.reload();
    await isIn(page);
    expect(there()).toEqual([null]);
    await room.closeHub();
    await room.reopenHub();
    await isIn(page);
    await press(page, '손들기');
    await waitFor('the hand of who they were', () => room.state().participants[own]?.hand?.since);
    // What was asked has ended with its day.
    expect(await bar(page).getByText('내 답: 둘').isVisible()).toBe(false);
    await room.closeHub();
    await room.openAnother();
    // Another sits there now, and says who they are.
    await isIn(page);
    await press(page, '수업 메뉴');
    await press(page, '나가기');
    await press(page, '정말 나가기');
    await waitFor('them to be gone', () => there().length === 0);
    await page.goto(`${room.door}/workshop/`);
    await room.closeHub();
    await room.reopenHub();
    await page.reload();
    await page.getByLabel('참가 코드').fill('ABCD-2345');
    await page.getByLabel('별명').fill('누리');
    await page.keyboard.press('Enter');
    await page.getByText('별명은 누리입니다.').waitFor();
    expect(room.idOf('누리')).not.toBe(own);
  });

  it('is told on the first page how to come in, and nothing of a lab that it has not', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${room.door}/`);
    await page.getByText('강사가 알려 준 참가 코드').waitFor();
    expect(await page.getByText('?token=').isVisible()).toBe(false);
    expect(await violations(page)).toEqual([]);
    // Its presenter has a lab, and leads.
    await page.goto(room.address);
    await page.goto(`http://127.0.0.1:${room.presenterPort}/`);
    await page.getByText('?token=').waitFor();
  });

  it('loads nothing of all that where it is in no workshop', async () => {
    const page = await (await browser.newContext()).newPage();
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    await page.goto(`${room.door}/topics/`);
    await page.waitForLoadState('networkidle');
    expect(loaded.filter((url) => /room|present|outbox/.test(url))).toEqual([]);
  });
});
