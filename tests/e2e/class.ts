/** A class of thirty in a hub's room, at different steps and each in need of something else. */
import { randomUUID } from 'node:crypto';
import type { Browser, Locator, Page } from 'playwright-core';
import { BRIEF } from '../../server/workshop/presence.ts';
import type { Report } from '../../server/workshop/protocol.ts';
import { waitFor } from '../wait.ts';
import { Attendee, type HubUnderTest } from './hub.ts';
import { openPage } from './page.ts';

export const NAMES =
  '김민지 이서준 박도윤 최하은 정시우 강지호 조예린 윤주원 장수아 임건우 한소율 오은찬 서지안 신유나 권태윤 황보람 안지훈 송다인 전현우 홍채원 고은별 문재희 양세빈 손영훈 배나래 백승민 허지유 남궁현 심해솔 꽃돼지쀍'.split(
    ' ',
  );

export const PORT_TAKEN = {
  kind: 'port-taken',
  text: '9092 포트가 이미 사용 중',
};
const DOWN = { kind: 'cluster-down', text: 'kafka2 브로커가 떠 있지 않습니다.' };
const CHECK = { kind: 'check', text: 'orders-0의 ISR이 2대입니다. 3대여야 합니다.' };

export interface Class {
  /** By their place in `NAMES`. */
  person(index: number): Attendee;
  leave(): void;
}

/** They join the hub, and tell how far they are. */
export const openClass = async (hub: HubUnderTest): Promise<Class> => {
  const people: Attendee[] = [];
  for (const [index, name] of NAMES.entries()) {
    const attendee = new Attendee(hub.door);
    people.push(attendee);
    await attendee.join(
      hub.code,
      name,
      index % 7 === 6 ? 'none' : index % 3 === 0 ? 'docker' : 'local',
    );
  }
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
  return {
    person,
    leave: () => {
      for (const each of people) each.leave();
    },
  };
};

export const rowOf = (page: Page, name: string): Locator =>
  page.locator('tbody tr', { has: page.getByRole('button', { name: `${name} 자세히 보기` }) });

/** A page of the presenter's, in a browser of its own. */
export const openDashboard = async (
  browser: Browser,
  hub: HubUnderTest,
  options: Parameters<Browser['newContext']>[0] = {},
  path = '/workshop/class/',
): Promise<{ page: Page; complaints: string[]; close(): Promise<void> }> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const { page, complaints } = await openPage(context, hub.address);
  await page.goto(new URL(path, hub.address).href);
  await page.locator('[data-state="open"] [data-part="room"]').waitFor();
  return { page, complaints, close: () => context.close() };
};

export const says = (
  locator: Locator,
  wanted: string | RegExp,
  deadline?: number,
): Promise<boolean> =>
  waitFor(
    `${locator} to say ${wanted}`,
    async () => {
      const text = (await locator.textContent()) ?? '';
      return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
    },
    deadline,
  );

/** Milliseconds until the dashboard says of who has gone that they have: what is no news, it draws rarely. */
export const GONE = BRIEF + 15_000;
