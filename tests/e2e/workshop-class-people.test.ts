/** Who comes into the class, and who goes. */
import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { type Class, GONE, NAMES, openDashboard, PORT_TAKEN, says } from './class.ts';
import { haveClass } from './have-class.ts';
import { Attendee, type HubUnderTest } from './hub.ts';

let browser: Browser;
let hub: HubUnderTest;
let thirty: Class;

haveClass((had) => {
  ({ browser, hub, thirty } = had);
});

describe('people of a class', () => {
  it('says that it has copied the address, for a while', async () => {
    const { page: first, close } = await openDashboard(browser, hub);
    const page = await first.context().newPage();
    await page.clock.install();
    await page.goto(first.url());
    await page.getByRole('button', { name: '주소 복사' }).click();
    const said = page.locator('[data-part="copied"]');
    await says(said, '복사했습니다.');
    await page.clock.fastForward(10_000);
    expect(await said.textContent()).toBe('');
    await close();
  });

  it('says of who has gone that they have, after all who are there', async () => {
    const guest = new Attendee(hub.door);
    await guest.join(hub.code, '떠난이', 'local');
    const [run, reason, step] = [randomUUID(), PORT_TAKEN, 'topics/list'];
    guest.report({ kind: 'progress', step, run, status: 'failed', reason });
    guest.report({ kind: 'hand', up: true, step });
    await guest.hears('room.hand');
    guest.leave();
    thirty.person(20).report({ kind: 'hand', up: true, step: null });
    const { page, complaints, close } = await openDashboard(browser, hub);
    const queue = page.locator('[data-part="queue"] li');
    await waitFor('two hands', async () => (await queue.count()) === 2);
    await says(queue.last(), '떠난이');
    await says(queue.last().locator('[data-part="where"]'), /· 연결 끊김$/, GONE);
    const row = page.locator('tbody tr').last();
    await says(row.locator('[data-part="nickname"]'), '떠난이');
    await says(row.locator('[data-part="lab"]'), '연결 끊김');
    await says(row.locator('[data-part="how"]'), '막힌 채 끊김');
    await page.getByRole('button', { name: '8명(그중 1명 연결 끊김): 9092 포트' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: '해결: 떠난이' }).click();
    await page.getByRole('button', { name: `해결: ${NAMES[20]}` }).click();
    await page.locator('[data-part="help-none"]').waitFor();
    await row.click();
    await page.getByRole('button', { name: '내보내기', exact: true }).click();
    await page.getByRole('button', { name: '정말 내보내기' }).click();
    await waitFor('thirty rows', async () => (await page.locator('tbody tr').count()) === 30);
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows somebody out, once it is asked twice, and they are gone from it', async () => {
    const { page, complaints, close } = await openDashboard(browser, hub);
    const guest = new Attendee(hub.door);
    await guest.join(hub.code, '불청객', 'local');
    guest.report({ kind: 'hand', up: true, step: null });
    await guest.hears('room.hand');
    await page.getByRole('button', { name: '불청객 자세히 보기' }).last().click();
    await page.getByRole('button', { name: '내보내기', exact: true }).click();
    expect(await page.locator(':focus').textContent()).toBe('그대로 두기');
    await page.getByRole('button', { name: '정말 내보내기' }).click();
    await page.locator('.look').waitFor({ state: 'hidden' });
    const traces = page.locator('[data-part="room"]').getByText('불청객');
    await waitFor('them to be gone', async () => (await traces.count()) === 0);
    // By the keyboard, it goes on with who is next.
    const focused = page.locator('tbody [data-part="nickname"]:focus');
    expect(await focused.count()).toBe(1);
    expect(await guest.hears('room.refused')).toMatchObject({ code: 'removed' });
    await guest.closed;
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows all out who are not connected, once it is asked twice, and nobody else', async () => {
    const { page, complaints, close } = await openDashboard(browser, hub);
    const ask = page.getByRole('button', { name: /^연결이 끊긴/ });
    await says(page.locator('[data-part="people"]'), '30명 접속 · 모두 30명');
    expect(await ask.count()).toBe(0);
    for (const name of ['침입자', '침입자']) {
      const guest = new Attendee(hub.door);
      await guest.join(hub.code, name, 'none');
      guest.leave();
    }
    const there = page.locator('[data-part="people"]');
    // They may be on the way to another page: what they have done is not to be lost.
    await says(there, '32명 접속 · 모두 32명');
    expect(await ask.count()).toBe(0);
    await says(there, '30명 접속 · 모두 32명', GONE);
    await says(ask, '연결이 끊긴 2명 내보내기');
    const top = async (): Promise<number | undefined> =>
      (await page.locator('#class-matrix').boundingBox())?.y;
    // What is asked moves nothing away.
    for (const width of [1440, 1024]) {
      await page.setViewportSize({ width, height: 900 });
      const before = await top();
      await ask.click();
      await page.getByRole('button', { name: '정말 2명 내보내기' }).waitFor();
      expect(await top()).toBe(before);
      await page.getByRole('button', { name: '그대로 두기' }).click();
    }
    await ask.click();
    expect(await page.locator(':focus').textContent()).toBe('그대로 두기');
    await page.getByRole('button', { name: '정말 2명 내보내기' }).click();
    await says(page.locator('[data-part="people"]'), '30명 접속 · 모두 30명');
    await ask.waitFor({ state: 'hidden' });
    expect(await page.locator(':focus').textContent()).toBe('새 코드');
    expect(complaints).toEqual([]);
    await close();
  });

  // The class, too, has only just come: it is the last of these.
  it('shows all out who came since a minute that is chosen, also who is connected, and changes the code', async () => {
    const { page, complaints, close } = await openDashboard(browser, hub);
    let last = new Attendee(hub.door);
    await last.join(hub.code, '침입자', 'none');
    for (let count = 1; count < 70; count += 1) {
      last = new Attendee(hub.door);
      await last.join(hub.code, '침입자', 'none');
    }
    const people = page.locator('[data-part="people"]');
    await says(people, '100명 접속 · 모두 100명');
    const code = await page.locator('[data-part="code"]').textContent();
    await page.getByRole('button', { name: /부터 들어온/ }).click();
    expect(await page.locator(':focus').textContent()).toBe('그대로 두기');
    const times = page.getByLabel('언제부터');
    const earliest = times.locator('option').last();
    await times.selectOption((await earliest.getAttribute('value')) ?? '');
    // In one minute or in two, and with the class or without it.
    const count = Number((await earliest.textContent())?.match(/(\d+)명$/)?.[1]);
    expect(count).toBeGreaterThan(30);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: `정말 ${count}명 내보내고 코드 바꾸기` }).click();
    const rest = 100 - count;
    await says(people, rest === 0 ? '아직 아무도 없습니다' : `${rest}명 접속 · 모두 ${rest}명`);
    expect(await last.hears('room.refused')).toMatchObject({ code: 'removed' });
    await last.closed;
    expect(await page.locator('[data-part="code"]').textContent()).not.toBe(code);
    expect(complaints).toEqual([]);
    await close();
  });
});
