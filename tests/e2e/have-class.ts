/** What all tests of a file about one class share: a hub with its thirty, and a browser. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { freePort } from '../free-port.ts';
import { launchBrowser } from './browser.ts';
import { type Class, openClass } from './class.ts';
import { type HubUnderTest, startHub } from './hub.ts';

interface Had {
  readonly browser: Browser;
  readonly hub: HubUnderTest;
  readonly thirty: Class;
}

/** @param handleClass is given them before the first test. */
export const haveClass = (handleClass: (had: Had) => void): void => {
  let had: Had;
  beforeAll(async () => {
    // As participants elsewhere have it: of a hub that they cannot reach, a dashboard has more to say.
    const hub = await startHub(await freePort(), '--new', '--host', '192.168.0.7');
    const browser = await launchBrowser();
    had = { browser, hub, thirty: await openClass(hub) };
    handleClass(had);
  });
  afterAll(async () => {
    const { browser, hub, thirty } = had;
    await browser.close();
    thirty.leave();
    hub.program.child.kill('SIGINT');
    await hub.program.exited;
  });
};
