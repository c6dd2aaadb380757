/** A participant's own sidecar: it is real, of the lab there is only what is asked of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Lessons } from '../../server/lessons/read.ts';
import { startSidecar } from '../../server/sidecar.ts';
import { SITE } from '../../server/site.ts';
import { createFakeLab } from '../fake-lab.ts';
import { freePort } from '../free-port.ts';
import { waitFor } from '../wait.ts';
import { openPage } from './page.ts';
import { isIn, type RoomUnderTest } from './room.ts';

export const openOwnLab = async (browser: Browser, policy: string, lessons: Lessons) => {
  const { lab, execs } = createFakeLab({ running: true });
  const home = mkdtempSync(join(tmpdir(), 'lab-'));
  const port = await freePort();
  let isPortTaken = true;
  const ports = () =>
    isPortTaken
      ? { kind: 'ports', good: false, text: '9092 포트가 이미 사용 중입니다.' }
      : { kind: 'ports', good: true, text: '포트: 모두 비어 있음' };
  const start = () =>
    startSidecar({
      port,
      token: 'a-token-of-this-test-only-0123456789abcdef',
      home,
      lab,
      lessons,
      site: SITE,
      policy,
      diagnose: async () => ({
        lab: 'local',
        needed: [{ kind: 'java', good: true, text: 'Java: 17.0.9 (/home/somebody/java)' }, ports()],
        other: [],
      }),
    });
  let sidecar = await start();
  const address = `http://127.0.0.1:${port}`;

  /** Where its reader joins a class. */
  const openJoin = async () => {
    const context = await browser.newContext();
    const { page, complaints } = await openPage(context, sidecar.address);
    await page.goto(`${address}/workshop/`);
    return { page, complaints };
  };
  const joinRoom = async (room: RoomUnderTest, nickname: string) => {
    const opened = await openJoin();
    const { page } = opened;
    await page.getByLabel('수업 주소').fill(`127.0.0.1:${room.port}`);
    await page.getByLabel('참가 코드').fill('ABCD-2345');
    await page.getByLabel('별명').fill(nickname);
    await page.keyboard.press('Enter');
    await isIn(page);
    await room.comes(nickname);
    return opened;
  };

  return {
    /** Without a slash at its end. */
    address,
    /** What runs, in the order of its start. */
    execs,
    openJoin,
    joinRoom,
    /** It does not answer, until it is started again. */
    stop: () => sidecar.close(),
    startAgain: async (): Promise<void> => {
      sidecar = await start();
    },
    /** What its doctor finds bad is mended. */
    mend: () => {
      isPortTaken = false;
    },
    /** By the newest of what runs. A page shows a run before there is a process. */
    print: async (text: string): Promise<void> => {
      const { stdio } = await waitFor('a process', () => execs.at(-1));
      stdio.stdout(Buffer.from(text));
    },
    close: async (): Promise<void> => {
      for (const exec of execs) exec.exit(0);
      await sidecar.close();
      rmSync(home, { recursive: true });
    },
  };
};
export type OwnLab = Awaited<ReturnType<typeof openOwnLab>>;
