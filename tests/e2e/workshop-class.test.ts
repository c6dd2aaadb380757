/** The presenter's dashboard and the projector, in front of a real hub with thirty people. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Report } from '../../server/workshop/protocol.ts';
import { freePort } from '../free-port.ts';
import { certificate } from '../unit/server/certificate.ts';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { Attendee, type HubUnderTest, startHub } from './hub.ts';
import { openPage } from './page.ts';
import { Program } from './sidecar.ts';

const NAMES =
  '김민지 이서준 박도윤 최하은 정시우 강지호 조예린 윤주원 장수아 임건우 한소율 오은찬 서지안 신유나 권태윤 황보람 안지훈 송다인 전현우 홍채원 고은별 문재희 양세빈 손영훈 배나래 백승민 허지유 남궁현 심해솔 꽃돼지쀍'.split(
    ' ',
  );

const PORT_TAKEN = {
  kind: 'port-taken',
  text: '9092 포트가 이미 사용 중',
};
const DOWN = { kind: 'cluster-down', text: 'kafka2 브로커가 떠 있지 않습니다.' };
const CHECK = { kind: 'check', text: 'orders-0의 ISR이 2대입니다. 3대여야 합니다.' };

let browser: Browser;
let hub: HubUnderTest;
let port: number;
const people: Attendee[] = [];

const person = (index: number): Attendee => {
  const found = people[index];
  if (found === undefined) throw new Error(`nobody is number ${index}`);
  return found;
};

const progress = (
  index: number,
  step: string,
  status: Extract<Report, { kind: 'progress' }>['status'],
  reason: { kind: string; text: string } | null = null,
): void => person(index).report({ kind: 'progress', step, run: randomUUID(), status, reason });

beforeAll(async () => {
  port = await freePort();
  hub = await startHub(port, '--new');
  browser = await launchBrowser();
  for (const [index, name] of NAMES.entries()) {
    const attendee = new Attendee(hub.door);
    people.push(attendee);
    await attendee.join(
      hub.code,
      name,
      index % 7 === 6 ? 'none' : index % 3 === 0 ? 'docker' : 'local',
    );
  }
  for (let index = 0; index < 30; index += 1) {
    if (index % 7 === 6) continue;
    const findings = [
      {
        kind: 'java',
        good: index % 9 !== 4,
        text: index % 9 === 4 ? 'Java 17 이상이 없습니다.' : 'Java 21이 있습니다.',
      },
      {
        kind: 'memory',
        good: index % 11 !== 3,
        text:
          index % 11 === 3
            ? `메모리가 모자랍니다. ${400 + index} MB만 남아 있습니다.`
            : '메모리가 넉넉합니다.',
      },
    ];
    person(index).report({ kind: 'preflight', findings });
    progress(index, 'environment/ps', 'passed');
    if (index % 5 !== 4) progress(index, 'topics/list', 'passed');
  }
  for (const index of [1, 4, 8, 9, 16, 22, 29])
    progress(index, 'topics/describe-orders', 'failed', PORT_TAKEN);
  for (const index of [2, 11]) progress(index, 'topics/describe-orders', 'failed', DOWN);
  progress(14, 'topics/list', 'failed', CHECK);
  for (const index of [3, 5]) progress(index, 'topics/describe-orders', 'running');
  progress(7, 'topics/describe-orders', 'stopped');
  for (const index of [0, 10, 12, 15, 17, 18, 21])
    progress(index, 'topics/describe-orders', 'passed');
});

afterAll(async () => {
  await browser.close();
  for (const each of people) each.leave();
  hub.program.child.kill('SIGINT');
  await hub.program.exited;
});

const openDashboard = async (
  options: Parameters<Browser['newContext']>[0] = {},
  path = '/workshop/class/',
): Promise<{ page: Page; complaints: string[]; close(): Promise<void> }> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const { page, complaints } = await openPage(context, hub.address);
  await page.goto(new URL(path, hub.address).href);
  await page.locator('[data-state="open"] [data-part="room"]').waitFor();
  return { page, complaints, close: () => context.close() };
};

const rowOf = (page: Page, name: string): Locator =>
  page.locator('tbody tr', { has: page.getByRole('button', { name: `${name} 자세히 보기` }) });

const says = (locator: Locator, wanted: string | RegExp): Promise<boolean> =>
  waitFor(`${locator} to say ${wanted}`, async () => {
    const text = (await locator.textContent()) ?? '';
    return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
  });

describe('the dashboard', () => {
  it('shows everyone at each step, with reasons, who is stuck on top', async () => {
    const { page, complaints, close } = await openDashboard();
    await page.locator('select[data-part="chapter"]').selectOption('topics');
    await waitFor('thirty rows', async () => (await page.locator('tbody tr').count()) === 30);
    const failed = rowOf(page, '이서준').getByRole('gridcell', {
      name: /9092 포트가 이미 사용 중/,
    });
    expect(await failed.getAttribute('data-status')).toBe('failed');
    expect(await failed.locator('span').getAttribute('data-mark')).toBe('포트');
    const stuck = await page
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => row.hasAttribute('data-stuck')));
    expect(stuck.slice(0, 10)).toEqual(Array(10).fill(true));
    expect(stuck.slice(10)).not.toContain(true);
    // All of the reason, for who points at it.
    await failed.hover();
    await says(page.locator('[data-part="detail"]'), PORT_TAKEN.text);
    expect(complaints).toEqual([]);
    await close();
  });

  it('gathers failures of one cause, and shows only their rows when it is asked to', async () => {
    const { page, close } = await openDashboard();
    const cause = page.getByRole('button', { name: '7명: 9092 포트가 이미 사용 중' });
    await cause.click();
    await waitFor('seven rows', async () => (await page.locator('tbody tr').count()) === 7);
    expect(await cause.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: '모두 보기' }).click();
    await waitFor('all rows', async () => (await page.locator('tbody tr').count()) === 30);
    await close();
  });

  it('gathers what computers lack, whatever the numbers on each', async () => {
    const { page, close } = await openDashboard();
    await page.getByRole('button', { name: '3명: 메모리가 모자랍니다', exact: true }).click();
    await waitFor('their rows', async () => (await page.locator('tbody tr').count()) === 3);
    await close();
  });

  it('is walked by the arrows of the keyboard, and opens a person by Enter', async () => {
    const { page, close } = await openDashboard();
    await page.locator('select[data-part="chapter"]').selectOption('topics');
    await page.getByRole('button', { name: '이서준 자세히 보기' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    const focused = page.locator('td:focus');
    expect(await focused.getAttribute('aria-label')).toContain('이서준');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await says(page.locator('.look h2'), '이서준');
    await page.keyboard.press('Escape');
    await page.locator('.look').waitFor({ state: 'hidden' });
    expect(await page.locator('table [tabindex="0"]').count()).toBe(1);
    await close();
  });

  it('takes all pages to a step', async () => {
    const { page, close } = await openDashboard();
    await page.locator('select[data-part="chapter"]').selectOption('topics');
    await page
      .getByRole('button', { name: '모두 여기로: orders 토픽의 파티션과 복제 상태' })
      .click();
    await waitFor('the room to move', () =>
      person(0).heard.some(
        (each) => each.type === 'room.view' && each.place?.step === 'topics/describe-orders',
      ),
    );
    await page.locator('th[aria-current="step"]').waitFor();
    await close();
  });

  it('takes them from lessons only, and says in Korean where they are', async () => {
    const { page, close } = await openDashboard();
    const wall = await openDashboard({}, '/workshop/projector/');
    await page.evaluate(() =>
      sessionStorage.setItem('lab:presenter', JSON.stringify({ hub: '', token: 'x' })),
    );
    const gather = page.locator('[data-part="gather"]');
    for (const path of ['/', '/all/', '/workshop/', '/nowhere/']) {
      await page.goto(new URL(path, hub.address).href);
      await page.locator('room-bar[data-state="open"]').waitFor();
      expect(await gather.count()).toBe(0);
    }
    await page.goto(new URL('/topics/', hub.address).href);
    await page.locator('[data-step="topics/list"] [data-part="gather"]').waitFor();
    await page.goto(new URL('/conclusion/', hub.address).href);
    await gather.click();
    await says(wall.page.locator('[data-part="place"]'), '지금 여기: 결론');
    await wall.close();
    await close();
  });

  it('has a queue of hands: the first is the first, claimed, and done', async () => {
    const { page, close } = await openDashboard();
    person(20).report({ kind: 'hand', up: true, step: 'topics/list' });
    await person(20).hears('room.hand');
    person(13).report({ kind: 'hand', up: true, step: null });
    const queue = page.locator('[data-part="queue"] li');
    await waitFor('two hands', async () => (await queue.count()) === 2);
    expect(await queue.first().textContent()).toContain(NAMES[20]);
    await says(page.locator('tbody tr').first(), '손듦');
    await page.getByRole('button', { name: `가는 중: ${NAMES[20]}` }).click();
    await waitFor('them to be told', () =>
      person(20).heard.some((each) => each.type === 'room.hand' && each.state === 'claimed'),
    );
    await page.getByRole('button', { name: `해결: ${NAMES[20]}` }).click();
    await waitFor('one hand', async () => (await queue.count()) === 1);
    await page.locator('[data-part="queue"] .name:focus').waitFor();
    await page.getByRole('button', { name: `해결: ${NAMES[13]}` }).click();
    await page.locator('[data-part="help-none"]').waitFor();
    await close();
  });

  it('announces as text, times, and asks, and the projector shows it', async () => {
    const { page, close } = await openDashboard();
    const wall = await openDashboard(
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
    await says(wall.page.locator('[data-part="face"]'), /^0[45]:\d\d$/);
    await says(wall.page.locator('[data-part="timer-label"]'), '장애 훈련');

    await page.getByText('새 투표').click();
    await page.getByLabel('질문', { exact: true }).fill('orders-0의 리더는 누가 될까요?');
    await page.getByLabel(/^보기/).fill('kafka1\nkafka2\nkafka3');
    await page.getByRole('button', { name: '투표 시작' }).click();
    await says(wall.page.locator('[data-part="question"]'), 'orders-0의 리더는');
    const view = await waitFor('the poll', () =>
      person(0).heard.findLast((each) => each.type === 'room.view' && each.poll?.open === true),
    );
    const poll = view.type === 'room.view' ? (view.poll?.poll ?? '') : '';
    for (let index = 0; index < 24; index += 1) {
      person(index).report({
        kind: 'vote',
        poll,
        value: index % 4 === 0 ? '3' : index % 3 === 0 ? '1' : '2',
      });
    }
    await says(page.locator('[data-part="votes"]'), '30명 중 24명 답함');
    await says(wall.page.locator('[data-part="bars"]'), /kafka2.*12명 · 50%/);
    await page.getByRole('button', { name: '끝내기' }).first().click();
    await says(page.locator('[data-part="poll-state"]'), '끝난 투표');
    expect([...wall.complaints]).toEqual([]);
    await wall.close();
    await close();
  });

  it('keeps within the window whatever is announced, and how to take that back in reach', async () => {
    const { page, close } = await openDashboard();
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

  it('renews the code, also on the wall, once it is asked twice', async () => {
    const { page, close } = await openDashboard();
    const wall = await openDashboard({}, '/workshop/projector/');
    await page.getByRole('button', { name: '새 코드', exact: true }).click();
    await page.getByRole('button', { name: '그대로 두기' }).click();
    await says(page.locator('[data-part="code"]'), hub.code);
    await page.getByRole('button', { name: '새 코드', exact: true }).click();
    await page.getByRole('button', { name: '새 코드로 바꾸기' }).click();
    await says(page.locator('[data-part="copied"]'), '새 코드로 바뀌었습니다.');
    const code = (await page.locator('[data-part="code"]').textContent()) ?? '';
    expect(code).not.toBe(hub.code);
    await says(wall.page.locator('[data-part="code"]'), code);
    expect(await wall.page.locator('[data-part="qr"]').getAttribute('data-text')).toContain(code);
    const late = new Attendee(hub.door);
    await expect(late.join(hub.code, '늦은사람', 'none')).rejects.toThrow('refused');
    late.leave();
    hub = { ...hub, code };
    await wall.close();
    await close();
  });

  it('shows somebody out, once it is asked twice, and they are gone from it', async () => {
    const { page, complaints, close } = await openDashboard();
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
    const { page, complaints, close } = await openDashboard();
    const ask = page.getByRole('button', { name: /^연결이 끊긴/ });
    await says(page.locator('[data-part="people"]'), '30명 접속 · 모두 30명');
    expect(await ask.count()).toBe(0);
    for (const name of ['침입자', '침입자']) {
      const guest = new Attendee(hub.door);
      await guest.join(hub.code, name, 'none');
      guest.leave();
    }
    await says(page.locator('[data-part="people"]'), '30명 접속 · 모두 32명');
    await says(ask, '연결이 끊긴 2명 내보내기');
    await ask.click();
    expect(await page.locator(':focus').textContent()).toBe('그대로 두기');
    await page.getByRole('button', { name: '정말 2명 내보내기' }).click();
    await says(page.locator('[data-part="people"]'), '30명 접속 · 모두 30명');
    await ask.waitFor({ state: 'hidden' });
    expect(await page.locator(':focus').textContent()).toBe('새 코드');
    expect(complaints).toEqual([]);
    await close();
  });

  it('asks for a look, shows what is shared and by whom, and nothing of it once withdrawn', async () => {
    const { page, complaints, close } = await openDashboard();
    await page.getByRole('button', { name: '이서준 자세히 보기' }).click();
    await page.getByRole('button', { name: '화면을 보여 달라고 하기' }).click();
    await person(1).hears('room.asked');
    const run = randomUUID();
    const screen = (): Promise<string> =>
      page
        .locator('lab-class')
        .evaluate((each) => (each as HTMLElement & { screenText: string }).screenText);
    person(1).say({ type: 'room.share', run, step: 'topics/describe-orders', on: true });
    person(1).output(
      run,
      0,
      '$ docker exec kafka1 kafka-topics --describe\r\n\x1b[31mConnection refused\x1b[0m\r\n',
    );
    await says(page.locator('.look [data-part="note"]'), '이서준 님이 공유 중');
    await says(page.locator('[data-part="shares"]'), '이서준 님이 터미널을 보여 주고 있습니다');
    await waitFor('its output', async () => (await screen()).includes('Connection refused'));
    person(1).say({ type: 'room.share', run, step: 'topics/describe-orders', on: false });
    await says(page.locator('.look [data-part="note"]'), /이서준 님의 공유가 .*에 끝났습니다/);
    expect(await screen()).toBe('');
    expect(await page.locator('.look .xterm').count()).toBe(0);
    expect(await page.locator('.look [data-part="screen"]').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await close();
  });

  it('closes what it knows of somebody who leaves, and says that they have', async () => {
    const { page, close } = await openDashboard();
    const guest = new Attendee(hub.door);
    await guest.join(hub.code, '잠시만', 'local');
    await page.getByRole('button', { name: '잠시만 자세히 보기' }).click();
    await says(page.locator('.look h2'), '잠시만');
    guest.say({ type: 'room.leave' });
    await page.locator('.look').waitFor({ state: 'hidden' });
    await says(page.locator('[data-part="notice"]'), '잠시만 님이 수업에서 나갔습니다');
    // What it was opened from has gone, too.
    await page.locator('table :focus').waitFor();
    guest.leave();
    await close();
  });

  it('comes back whole when the hub was away, and sends what was said meanwhile once', async () => {
    const { page, close } = await openDashboard();
    hub.program.child.kill('SIGKILL');
    await hub.program.exited;
    await page.locator('lab-class[data-state="lost"]').waitFor();
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
    await says(page.locator('[data-part="people"]'), '0명 접속 · 모두 30명');
    await close();
  });

  it('tells a participant’s browser that this is not theirs', async () => {
    const context = await browser.newContext();
    const { page } = await openPage(context, new URL('/workshop/class/', hub.address).href);
    await page.locator('lab-class[data-state="denied"]').waitFor();
    expect(await page.locator('[data-part="room"]').isVisible()).toBe(false);
    await context.close();
  });
});

describe('the hub that npm starts', () => {
  it('reads what it needs and nothing else, and writes to its own folder alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [home, cert, key, outside] = ['home', 'cert.pem', 'key.pem', 'outside.txt'].map((name) =>
      join(folder, name),
    ) as [string, string, string, string];
    writeFileSync(cert, certificate.cert);
    writeFileSync(key, certificate.key);
    writeFileSync(outside, '');
    const readme = fileURLToPath(new URL('../../README.md', import.meta.url));
    // Within its process, before anything of it is loaded.
    const probe = `
      import { readFileSync, writeFileSync } from 'node:fs';
      const attempt = (act) => { try { act(); return 'done'; } catch ({ code }) { return code; } };
      if (process.permission) console.log('attempts', ...[
        ...${JSON.stringify([outside, readme, cert])}.map((file) => attempt(() => readFileSync(file))),
        ...${JSON.stringify([outside, cert, join(home, 'x')])}.map((file) => attempt(() => writeFileSync(file, ''))),
      ]);`;
    const words = ['--port', String(await freePort()), '--home', home];
    const program = new Program(
      'scripts/workshop.ts',
      [...words, '--tls-cert', cert, '--tls-key', key],
      { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(probe)}` },
    );
    await waitFor('it to be open', () => program.stdout.includes('Ready: '), 60_000);
    program.child.kill('SIGINT');
    expect((await program.exited).code).toBe(0);
    const denied = 'ERR_ACCESS_DENIED';
    expect(/^attempts (.*)$/m.exec(program.stdout)?.[1]?.split(' ')).toEqual([
      ...[denied, denied, 'done'],
      ...[denied, denied, 'done'],
    ]);
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each(['/workshop/class/', '/workshop/projector/'])(
    '%s is accessible, wide and narrow',
    async (path) => {
      const { page, complaints, close } = await openDashboard({ colorScheme }, path);
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
