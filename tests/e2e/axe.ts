import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds on the page, as sentences.
 *
 * @param within selects a part of it.
 */
export const violations = async (page: Page, within = 'html'): Promise<string[]> => {
  // What is far below on a phone is as high as was guessed, and its parts are not drawn. axe asks for their
  // places all the same, and takes a terminal to cover the words below it.
  const wasLaidOut = await page.evaluate(() => {
    const { dataset } = document.documentElement;
    const was = dataset.again !== undefined;
    dataset.again = '';
    return was;
  });
  // By the debugger: the page's own policy forbids scripts that it was not built with.
  await page.evaluate(axe);
  const found = await page.evaluate(async (part) => {
    const { run } = (window as unknown as { axe: { run(part: string): Promise<AxeResults> } }).axe;
    const { violations } = await run(part);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, within);
  if (!wasLaidOut) await page.evaluate(() => delete document.documentElement.dataset.again);
  return found;
};

interface AxeResults {
  violations: { id: string; nodes: { html: string }[] }[];
}
