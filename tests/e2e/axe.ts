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
  // By the debugger: the page's own policy forbids scripts that it was not built with.
  await page.evaluate(axe);
  return page.evaluate(async (part) => {
    const { run } = (window as unknown as { axe: { run(part: string): Promise<AxeResults> } }).axe;
    const { violations } = await run(part);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, within);
};

interface AxeResults {
  violations: { id: string; nodes: { html: string }[] }[];
}
