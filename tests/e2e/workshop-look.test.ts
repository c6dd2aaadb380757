/** The look that a presenter asks for, at what somebody runs: when there is one, and for how long. */
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { haveOwnLab } from './have-own-lab.ts';
import type { OwnLab } from './own-lab.ts';
import { stepOf } from './page.ts';
import { bar, isIn, press, type RoomUnderTest } from './room.ts';

let room: RoomUnderTest;
let lab: OwnLab;

haveOwnLab((had) => {
  ({ room, lab } = had);
});

describe('a browser with a lab of its own', () => {
  it('shows a run only after its reader has agreed, as long as they like', async () => {
    const { page } = await lab.joinRoom(room, '나래');
    let presenter = await room.openPresenter();
    const ask = (): void => presenter.say({ type: 'room.ask', participant: room.idOf('나래') });
    await page.goto(`${lab.address}/topics/`);
    await isIn(page);
    const list = stepOf(page, 'topics/list');
    await list.press('실행');
    await list.becomes('running');
    await lab.print('ONE\r\n');
    await list.prints('ONE');
    ask();
    await press(page, '거절');
    await lab.print('TWO\r\n');
    await list.prints('TWO');
    expect(presenter.seen).toEqual([]);

    ask();
    await bar(page).getByRole('alert').waitFor();
    expect(await violations(page)).toEqual([]);
    await press(page, '보여 주기');
    await bar(page).getByText('강사가 보고 있습니다').waitFor();
    await lab.print('THREE\r\n');
    await waitFor('the look', () => presenter.seen.join('').includes('THREE'));
    expect(presenter.seen.join('').match(/THREE/g)).toHaveLength(1);
    presenter.close();
    await room.closeHub();
    await bar(page).getByText('출력은 다시 연결되면 강사에게 이어서 보입니다').waitFor();
    expect(await bar(page).getByText('강사가 보고 있습니다').count()).toBe(0);
    await room.reopenHub();
    await bar(page).getByText('강사가 보고 있습니다').waitFor();
    presenter = await room.openPresenter();
    await press(page, '그만 보여 주기');
    await waitFor('its end', () =>
      presenter.heard.some(({ type, on }) => type === 'room.shared' && on === false),
    );
    await lab.print('FOUR\r\n');
    await list.prints('FOUR');
    await press(page, '손들기');
    await waitFor('what comes after it', () => room.person('나래')?.hand ?? undefined);
    expect(presenter.seen.join('')).not.toContain('FOUR');
    presenter.close();
  });

  it('is asked for a run of another page, and shows it from where its reader is', async () => {
    const { page, complaints } = await lab.joinRoom(room, '나래');
    const presenter = await room.openPresenter();
    const ask = (): void => presenter.say({ type: 'room.ask', participant: room.idOf('나래') });
    // Who has a lab is told what is seen of it.
    await press(page, '수업 메뉴');
    await bar(page).getByText('터미널 출력은 내가 그때그때 허락한 것만').waitFor();
    await press(page, '수업 메뉴');
    ask();
    await bar(page).getByText('보여 줄 실행이 없습니다').waitFor();
    await press(page, '알겠습니다');
    await waitFor('the presenter to be told', () =>
      presenter.heard.some(({ type }) => type === 'room.declined'),
    );
    await page.goto(`${lab.address}/topics/`);
    await isIn(page);
    const list = stepOf(page, 'topics/list');
    await list.press('실행');
    await list.becomes('running');
    await lab.print('ONE\r\n');
    await list.prints('ONE');
    const title = await list.element.getAttribute('aria-label');
    await page.goto(`${lab.address}/failures/`);
    await isIn(page);
    ask();
    await bar(page).getByRole('alert').getByText(`› ${title}’의 이번 실행`).waitFor();
    expect(await violations(page)).toEqual([]);
    const link = bar(page).getByRole('link', { name: '그 단계를 새 탭에서 보기' });
    expect(await link.getAttribute('href')).toBe(`${lab.address}/topics/#list`);
    expect(presenter.seen).toEqual([]);
    await press(page, '보여 주기');
    await waitFor('what it has printed', () => presenter.seen.join('').includes('ONE'));
    // What it prints from now on is read, though it has no terminal here: it need not wait.
    const flood = 'x'.repeat(1024);
    for (let count = 0; count < 1_024; count += 1) await lab.print(`${flood}\r\n`);
    await press(page, '그만 보여 주기');
    await lab.print('TWO\r\n');
    await page.goto(`${lab.address}/topics/`);
    await list.prints('TWO');
    expect(presenter.seen.join('')).not.toContain('TWO');
    expect(complaints).toEqual([]);
    presenter.close();
  });

  it('agrees for all of its tabs, and takes it back in any', async () => {
    const { page: first } = await lab.joinRoom(room, '나래');
    const presenter = await room.openPresenter();
    await first.goto(`${lab.address}/topics/`);
    await isIn(first);
    const list = stepOf(first, 'topics/list');
    await list.press('실행');
    await list.becomes('running');
    await lab.print('ONE\r\n');
    await list.prints('ONE');
    const second = await first.context().newPage();
    await second.goto(`${lab.address}/topics/`);
    await isIn(second);
    await stepOf(second, 'topics/list').prints('ONE');

    presenter.say({ type: 'room.ask', participant: room.idOf('나래') });
    for (const page of [first, second]) await bar(page).getByRole('alert').waitFor();
    await press(first, '보여 주기');
    // On a page of another chapter, which has come since, too.
    const third = await first.context().newPage();
    await third.goto(`${lab.address}/failures/`);
    const title = await list.element.getAttribute('aria-label');
    for (const page of [first, second, third]) {
      await bar(page).getByText(`‘${title}’의 출력을 강사가 보고 있습니다`).waitFor();
      expect(await bar(page).getByRole('alert').isVisible()).toBe(false);
    }
    await lab.print('TWO\r\n');
    await waitFor('the look', () => presenter.seen.join('').includes('TWO'));
    expect(presenter.seen.join('').match(/TWO/g)).toHaveLength(1);

    await press(second, '그만 보여 주기');
    for (const page of [first, second, third])
      await bar(page).getByText('강사가 보고 있습니다').waitFor({ state: 'hidden' });
    await waitFor('its end', () =>
      presenter.heard.some(({ type, on }) => type === 'room.shared' && on === false),
    );
    await lab.print('THREE\r\n');
    for (const page of [first, second]) await stepOf(page, 'topics/list').prints('THREE');
    await first.bringToFront();
    await press(first, '손들기');
    await waitFor('what comes after it', () => room.person('나래')?.hand ?? undefined);
    expect(presenter.seen.join('')).not.toContain('THREE');

    // So does whoever has looked.
    const look = { participant: room.idOf('나래') };
    presenter.say({ type: 'room.ask', ...look });
    await press(second, '보여 주기');
    await bar(first).getByText('강사가 보고 있습니다').waitFor();
    presenter.say({ type: 'room.look-end', ...look });
    for (const page of [first, second, third])
      await bar(page).getByText('강사가 보고 있습니다').waitFor({ state: 'hidden' });

    // With the tab that shows it, the sign goes.
    presenter.say({ type: 'room.ask', participant: room.idOf('나래') });
    await press(second, '보여 주기');
    await bar(first).getByText('강사가 보고 있습니다').waitFor();
    await second.close();
    await bar(first).getByText('강사가 보고 있습니다').waitFor({ state: 'hidden' });
    expect(await bar(first).getByText('보여 주기가 끝났습니다').isVisible()).toBe(false);

    // Run anew, the step is looked at no more: that is said until it is read.
    presenter.say({ type: 'room.ask', participant: room.idOf('나래') });
    await press(first, '보여 주기');
    await bar(third).getByText('강사가 보고 있습니다').waitFor();
    lab.execs.at(-1)?.exit(0);
    await list.becomes('passed');
    await list.press('다시 실행');
    for (const page of [first, third])
      await bar(page)
        .getByText(`‘${title}’의 새 실행이 시작되어, 강사에게 보여 주기가 끝났습니다`)
        .waitFor();
    expect(await violations(first)).toEqual([]);
    await press(third, '알겠습니다');
    for (const page of [first, third])
      await bar(page).getByText('보여 주기가 끝났습니다').waitFor({ state: 'hidden' });

    // Run anew while the question stands, that names the new run, and one answer is enough.
    await list.becomes('running');
    presenter.say({ type: 'room.ask', participant: room.idOf('나래') });
    for (const page of [first, third])
      await bar(page).getByRole('alert').getByText(`${title}’의 이번 실행`).waitFor();
    lab.execs.at(-1)?.exit(0);
    await list.becomes('passed');
    await list.press('다시 실행');
    for (const page of [first, third])
      await bar(page)
        .getByRole('alert')
        .getByText(`${title}’의 새 실행이 시작되었습니다`)
        .waitFor();
    await press(first, '보여 주기');
    await bar(third).getByText('강사가 보고 있습니다').waitFor();
    presenter.close();
  });
});
