/** A room of a hub in this process, and those who come to it with a browser or, to present, without. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { WebSocket } from 'ws';
import type { RunStatus } from '../../server/protocol.ts';
import { buildSite, SITE, sitePolicy } from '../../server/site.ts';
import { createCodes, makeCode } from '../../server/workshop/codes.ts';
import { type Hub, startHub } from '../../server/workshop/hub.ts';
import type { Command } from '../../server/workshop/protocol.ts';
import type { Participant } from '../../server/workshop/state.ts';
import { freePort } from '../free-port.ts';
import { statusOf } from '../run-status.ts';
import { waitFor } from '../wait.ts';
import { launchBrowser } from './browser.ts';

/** As on a class's network: a name that no browser trusts as it does 127.0.0.1. */
export const CLASS = 'class.test';
/** The presenter's. */
export const TOKEN = 'p'.repeat(43);
export const LINKED = 'ABCDEFGHJKMNPQRSTVWXYZ2345';
const CODE = { code: 'ABCD2345', linked: LINKED, expiresAt: Date.now() + 3_600_000 };

/** What all rooms of a file share. */
export const prepare = async (): Promise<{ browser: Browser; policy: string }> => {
  await buildSite(() => {});
  const [policy, browser] = await Promise.all([
    sitePolicy(),
    launchBrowser(`--host-resolver-rules=MAP ${CLASS} 127.0.0.1`),
  ]);
  return { browser, policy };
};

export const bar = (page: Page) => page.locator('room-bar');
export const press = (page: Page, name: string) =>
  bar(page).getByRole('button', { name, exact: true }).click();
export const isIn = (page: Page) => page.locator('room-bar[data-state="open"]').waitFor();

export const move = (chapter: string, step: string | null = null): Command => ({
  kind: 'move',
  to: { chapter, step: step && `${chapter}/${step}` },
});

/** A hub that can be closed and opened again, and its room. */
export const openRoom = async (browser: Browser, policy: string) => {
  const home = mkdtempSync(join(tmpdir(), 'workshop-'));
  const [port, presenterPort] = [await freePort(), await freePort()];
  const door = `http://${CLASS}:${port}`;
  const other = mkdtempSync(join(tmpdir(), 'workshop-'));
  const start = (host: string, folder = home, token = TOKEN, name = '오후 반'): Promise<Hub> => {
    const codes = createCodes({ code: CODE, next: makeCode });
    const again = 'npm run workshop -- --lan';
    const options = { lan: false, hosts: [host], name, token, codes, again };
    return startHub({ port, presenterPort, ...options, home: folder, site: SITE, policy });
  };
  let hub = await start(CLASS);

  const people = () => Object.entries(hub.room.state.participants);
  const idOf = (nickname: string): string =>
    people().find(([, each]) => each.nickname === nickname)?.[0] ?? '';
  const person = (nickname: string): Participant | undefined =>
    hub.room.state.participants[idOf(nickname)];
  const comes = (nickname: string): Promise<Participant> =>
    waitFor(`${nickname} to be in the room`, () => person(nickname));

  /** The presenter, without a page of theirs. */
  const openPresenter = async () => {
    const at = `127.0.0.1:${presenterPort}`;
    const socket = new WebSocket(`ws://${at}/api/room`, {
      headers: { authorization: `Bearer ${TOKEN}`, origin: `http://${at}` },
    });
    const heard: {
      readonly type: string;
      readonly on?: boolean;
      readonly presence?: { readonly online: readonly string[] } | null;
    }[] = [];
    const seen: string[] = [];
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) seen.push(data.subarray(data.indexOf('\n') + 1).toString());
      else heard.push(JSON.parse(data.toString()));
    });
    await waitFor('the room', () => heard.length > 0);
    const say = (message: object): void => socket.send(JSON.stringify(message));
    let runs = 0;
    /** What a run of their lab has printed, from that byte on. */
    const print = (run: string, offset: number, text: string): void =>
      socket.send(Buffer.from(`${JSON.stringify({ type: 'run.output', run, offset })}\n${text}`));
    return {
      heard,
      /** What was shown of runs. */
      seen,
      say,
      command: (command: Command) =>
        say({ type: 'room.command', id: crypto.randomUUID(), command }),
      /** A step of their lab runs, and has printed so many lines. */
      run: (step: string, lines: number, more: Partial<RunStatus> = {}): void => {
        runs += 1;
        const status = statusOf(crypto.randomUUID(), {
          step,
          startedAt: Date.now() + runs,
          ...more,
        });
        say({ type: 'room.show', message: status });
        const text = Array.from({ length: lines }, (_, line) => `line ${line}\r\n`).join('');
        print(status.run, 0, text);
      },
      print,
      close: () => socket.terminate(),
    };
  };

  /** With nothing installed: from a page of the hub. */
  const joinFromHub = async (
    nickname: string,
    options?: BrowserContextOptions,
    /** What the class calls them. */
    called = nickname,
  ) => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // As in `openPage`.
      if (message.text().includes('ERR_NETWORK_CHANGED')) return;
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${door}/workshop/?code=ABCD-2345`);
    await page.getByLabel('별명').fill(nickname);
    await page.keyboard.press('Enter');
    await isIn(page);
    await comes(called);
    return { page, context, complaints };
  };

  return {
    port,
    presenterPort,
    /** Where participants come in, without a slash at its end. */
    door,
    /** The presenter's, with the token. */
    get address() {
      return hub.address;
    },
    state: () => hub.room.state,
    person,
    comes,
    idOf,
    openPresenter,
    joinFromHub,
    closeHub: () => hub.close(),
    /** Once more, on the same ports and with the same log. */
    reopenHub: async (host = CLASS): Promise<void> => {
      hub = await start(host);
    },
    /** On the same ports, another class. */
    openAnother: async (token = TOKEN, name?: string): Promise<void> => {
      hub = await start(CLASS, other, token, name);
    },
    close: async (): Promise<void> => {
      for (const context of browser.contexts()) await context.close();
      await hub.close();
      for (const folder of [home, other]) rmSync(folder, { recursive: true });
    },
  };
};
export type RoomUnderTest = Awaited<ReturnType<typeof openRoom>>;
