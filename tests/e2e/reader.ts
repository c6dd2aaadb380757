/** A reader of an empty lab: the tests' own sidecar, a browser, and a page in it. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { openPage } from './page.ts';
import { lab, type Program, refuseOthersCluster, startSidecar } from './sidecar.ts';

export interface Reader {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly sidecar: { readonly program: Program; readonly address: string };
  readonly page: Page;
  /** What the browser complained about on the page. */
  readonly complaints: string[];
}

export const openReader = async (options?: BrowserContextOptions): Promise<Reader> => {
  await refuseOthersCluster();
  await lab('docker-compose', 'down', '-v');
  const sidecar = await startSidecar();
  const browser = await launchBrowser();
  const context = await browser.newContext(options);
  return { browser, context, sidecar, ...(await openPage(context, sidecar.address)) };
};

/** @param sidecar the one that runs by now. */
export const closeReader = async ({
  browser,
  sidecar,
}: Pick<Reader, 'browser' | 'sidecar'>): Promise<void> => {
  await browser.close();
  sidecar.program.child.kill('SIGINT');
  await sidecar.program.exited;
  await lab('docker-compose', 'down', '-v');
};
