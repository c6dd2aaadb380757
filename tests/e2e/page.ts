import type { BrowserContext, Locator, Page } from 'playwright-core';
import { waitFor } from '../wait.ts';

/** A reader's page, with everything that the browser complained about. */
export const openPage = async (
  context: BrowserContext,
  address: string,
): Promise<{ page: Page; complaints: string[] }> => {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Chromium drops connections when Docker's bridge appears; the page connects anew by itself.
    if (message.text().includes('ERR_NETWORK_CHANGED')) return;
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(http|ws)/.test(protocol) && hostname !== '127.0.0.1') complaints.push(request.url());
  });
  await page.goto(address);
  return { page, complaints };
};

/** One step of a lesson, as a reader handles it. */
export const stepOf = (page: Page, id: string) => {
  const element: Locator = page.locator(`lab-step[data-step="${id}"]`);
  const press = (name: string): Promise<void> =>
    element.getByRole('button', { name, exact: true }).click();
  const output = (): Promise<string> =>
    element.evaluate((step) => (step as HTMLElement & { output: string }).output);
  const status = (): Promise<string | null> => element.getAttribute('data-status');
  const becomes = (wanted: string, deadline = 30_000): Promise<boolean> =>
    waitFor(`${id} to be ${wanted}`, async () => (await status()) === wanted, deadline).catch(
      async (error: unknown) => {
        throw new Error(
          `${error}\nit is ${await status()} and printed at last:\n${(await output()).slice(-4_000)}`,
        );
      },
    );
  const prints = (wanted: string | RegExp, deadline = 30_000): Promise<boolean> =>
    waitFor(
      `${id} to print ${wanted}`,
      async () => {
        const text = await output();
        return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
      },
      deadline,
    );
  const run = async (
    wanted: 'passed' | 'failed' = 'passed',
    deadline = 30_000,
  ): Promise<string> => {
    await press('실행');
    await becomes(wanted, deadline);
    return output();
  };
  return { element, press, output, status, becomes, prints, run };
};
