/** The book as a reader meets it, before anything runs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SITE } from '../../server/site.ts';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { openPage, stepOf } from './page.ts';
import { HOME, PORT, type Program, startSidecar } from './sidecar.ts';

const ORIGIN = `http://127.0.0.1:${PORT}`;
const PAGES = [
  '/',
  '/environment/',
  '/topics/',
  '/failures/',
  '/availability/',
  '/partitioning/',
  '/rebalancing/',
  '/troubleshooting/',
  '/conclusion/',
  '/404.html',
];

let browser: Browser;
let sidecar: { program: Program; address: string };

beforeAll(async () => {
  // Other tests are read beside these.
  sidecar = await startSidecar({ LAB_HOME: `${HOME}-reading` });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  sidecar.program.child.kill('SIGINT');
  await sidecar.program.exited;
});

/** What is the same three times, a frame apart. */
const settled = async (read: () => Promise<number>): Promise<number> => {
  const last: number[] = [];
  await waitFor('it to stand still', async () => {
    last.push(await read());
    return last.length > 3 && new Set(last.slice(-3)).size === 1;
  });
  return last.at(-1) ?? 0;
};

it('is sent as it was compressed at the build', async () => {
  const twins = readdirSync(SITE, { recursive: true })
    .map((file) => join(SITE, String(file)))
    .filter((file) => file.endsWith('.gz'));
  // Nothing was changed after it.
  for (const twin of twins) {
    expect(gunzipSync(readFileSync(twin)).equals(readFileSync(twin.slice(0, -'.gz'.length)))).toBe(
      true,
    );
  }
  for (const path of PAGES) {
    const { headers } = await fetch(`${ORIGIN}${path}`, { method: 'HEAD' });
    expect(`${path} ${headers.get('content-encoding')}`).toBe(`${path} gzip`);
  }
});

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each(PAGES)(
    '%s is accessible, wide and narrow, and nothing is loaded from elsewhere',
    async (path) => {
      const context = await browser.newContext({ colorScheme });
      const { page, complaints } = await openPage(context, sidecar.address);
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${ORIGIN}${path}`);
        await page.waitForLoadState('networkidle');
        expect(await violations(page)).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
      }
      expect(complaints).toEqual([]);
      await context.close();
    },
  );
});

describe('a page', () => {
  it('shows Korean in its own fonts', async () => {
    const context = await browser.newContext();
    const { page } = await openPage(context, `${ORIGIN}/topics/`);
    const loaded = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts]
        .filter(({ status }) => status === 'loaded')
        .map(({ family }) => family);
    });
    expect(loaded).toEqual(expect.arrayContaining(['Lab Sans', 'Lab Code']));
    await context.close();
  });

  it('finds a Korean word', async () => {
    const context = await browser.newContext();
    const { page } = await openPage(context, `${ORIGIN}/`);
    const field = page.locator('site-search input');
    await page.keyboard.press('Control+k');
    await field.fill('파티션');
    const found = page.locator('dialog a[href*="topics/"]').first();
    await found.click();
    await page.waitForURL(`${ORIGIN}/topics/**`);
    await context.close();
  });

  it('copies the commands of a step as they are shown', async () => {
    const context = await browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const { page } = await openPage(context, sidecar.address);
    await page.goto(`${ORIGIN}/environment/`);
    const up = stepOf(page, 'environment/up');
    await up.press('복사');
    await up.element.getByText('복사했습니다').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('cd examples\ndocker-compose up -d');
    await context.close();
  });

  it('runs the focused step with Ctrl+Enter, and its terminal gives the keyboard back with Esc', async () => {
    const context = await browser.newContext();
    const { page } = await openPage(context, sidecar.address);
    await page.goto(`${ORIGIN}/environment/`);
    const ps = stepOf(page, 'environment/ps');
    await ps.element.getByRole('button', { name: '실행', exact: true }).focus();
    await page.keyboard.press('Control+Enter');
    // No cluster is there.
    await ps.becomes('failed');
    await ps.element.locator('.xterm-screen').click({ position: { x: 20, y: 20 } });
    expect(
      await ps.element
        .locator('.xterm-helper-textarea')
        .evaluate((area) => area === document.activeElement),
    ).toBe(true);
    await page.keyboard.press('Escape');
    expect(
      await ps.element
        .getByRole('button', { name: '다시 실행' })
        .evaluate((button) => button === document.activeElement),
    ).toBe(true);
    await context.close();
  });

  it('is turned by the arrows, and says what keys there are, but not where something is typed', async () => {
    const context = await browser.newContext();
    const { page } = await openPage(context, `${ORIGIN}/topics/`);
    const help = page.getByRole('dialog', { name: '단축키' });
    // Once the page has time for it.
    await waitFor('the list', async () => {
      await page.keyboard.press('?');
      return help.isVisible();
    });
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    expect(await help.isVisible()).toBe(false);
    expect(page.url()).toBe(`${ORIGIN}/topics/`);
    await page.keyboard.press('Control+k');
    await page.locator('site-search input:focus').waitFor();
    await page.keyboard.type('?');
    await page.keyboard.press('ArrowRight');
    // The first one may only empty the field.
    await waitFor('the search to close', async () => {
      await page.keyboard.press('Escape');
      return (await page.locator('dialog[open]').count()) === 0;
    });
    expect(await help.isVisible()).toBe(false);
    expect(page.url()).toBe(`${ORIGIN}/topics/`);
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(`${ORIGIN}/failures/`);
    // Keys come when the page has drawn.
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(`${ORIGIN}/topics/`);
    await context.close();
  });

  it('runs the focused step with Shift+Enter and goes on to the next', async () => {
    const context = await browser.newContext();
    const { page } = await openPage(context, sidecar.address);
    await page.goto(`${ORIGIN}/environment/`);
    const ps = stepOf(page, 'environment/ps');
    await ps.element.getByRole('button', { name: /실행$/ }).focus();
    await page.keyboard.press('Shift+Enter');
    await ps.becomes('failed');
    const next = stepOf(page, 'environment/logs-kafka1').element;
    expect(await next.locator('[data-part="run"]:focus').count()).toBe(1);
    expect(await next.getAttribute('data-status')).toBe('idle');
    await context.close();
  });

  it('on a phone finds its place again after a reload, and on the way back', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const { page } = await openPage(context, sidecar.address);
    await page.goto(`${ORIGIN}/failures/`);
    // As a finger does: what is passed is laid out on the way.
    const step = page.locator('lab-step[data-step="failures/start-kafka1"]');
    await page.mouse.move(200, 400);
    await waitFor('the step', async () => {
      await page.mouse.wheel(0, 400);
      return ((await step.boundingBox())?.y ?? Number.POSITIVE_INFINITY) < 300;
    });
    const place = async (): Promise<number> => Math.round((await step.boundingBox())?.y ?? 0);
    await settled(place);
    const before = await place();
    await page.reload({ waitUntil: 'networkidle' });
    expect(Math.abs((await settled(place)) - before)).toBeLessThan(40);
    await page.goto(`${ORIGIN}/topics/`);
    await page.goBack({ waitUntil: 'networkidle' });
    expect(Math.abs((await settled(place)) - before)).toBeLessThan(40);
    await context.close();
  });

  it('opened with a wrong token says what to do', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const response = await page.goto(`${ORIGIN}/?token=wrong`);
    expect(response?.status()).toBe(401);
    expect(await page.textContent('body')).toContain('npm start');
    await context.close();
  });
});
