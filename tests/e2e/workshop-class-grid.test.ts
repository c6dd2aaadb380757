/** The matrix of a class, scrolled, and walked by the keyboard. */
import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait.ts';
import { openDashboard, says } from './class.ts';
import { haveClass } from './have-class.ts';
import type { HubUnderTest } from './hub.ts';

let browser: Browser;
let hub: HubUnderTest;

haveClass((had) => {
  ({ browser, hub } = had);
});

describe('the matrix', () => {
  it('is walked by the arrows of the keyboard, and opens a person by Enter', async () => {
    const { page, close } = await openDashboard(browser, hub);
    await page.locator('select[data-part="chapter"]').selectOption('topics');
    await page.getByRole('button', { name: '이서준 자세히 보기' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    const focused = page.locator('td:focus');
    expect(await focused.getAttribute('aria-label')).toContain('이서준');
    await page.keyboard.press('Enter');
    await says(page.locator('.look h2'), '이서준');
    expect(await page.locator('.look [data-part="close"]:focus').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await focused.getAttribute('aria-label')).toContain('이서준');
    const at = (): Promise<unknown> =>
      page.locator('table :focus').evaluate((each) => {
        const cell = each.closest<HTMLTableCellElement>('th, td');
        const row = cell?.closest('tr');
        return [
          row?.previousElementSibling === null && row.parentElement?.tagName === 'THEAD',
          row?.nextElementSibling === null && row.parentElement?.tagName === 'TBODY',
          cell?.previousElementSibling === null,
          cell?.nextElementSibling === null,
        ];
      });
    await page.keyboard.press('Control+Home');
    expect(await at()).toEqual([true, false, true, false]);
    await page.keyboard.press('Control+End');
    expect(await at()).toEqual([false, true, false, true]);
    await page.getByRole('button', { name: '이서준 자세히 보기' }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await says(page.locator('.look h2'), '이서준');
    await page.keyboard.press('Escape');
    await page.locator('.look').waitFor({ state: 'hidden' });
    expect(await page.locator('table [tabindex="0"]').count()).toBe(1);
    await close();
  });

  it('shows each cell that the arrows go to, also where the chapter is wider than the window', async () => {
    const { page, close } = await openDashboard(browser, hub, {
      viewport: { width: 1366, height: 768 },
    });
    await page.locator('select[data-part="chapter"]').selectOption('failures');
    await page.getByRole('button', { name: '이서준 자세히 보기' }).focus();
    await page.keyboard.press('End');
    const name = await page.locator('tbody td.name').first().boundingBox();
    const end = (name?.x ?? 0) + (name?.width ?? 0);
    const cell = page.locator('td:focus');
    const index = (): Promise<number> =>
      cell.evaluate((each) => (each as HTMLTableCellElement).cellIndex);
    for (let at = await index(); at > 1; at = await index()) {
      await page.keyboard.press('ArrowLeft');
      expect((await cell.boundingBox())?.x).toBeGreaterThanOrEqual(end - 1);
    }
    await close();
  });

  it('has its head in sight as long as its rows, and no scrollbar up and down but the page’s', async () => {
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      const { page, complaints, close } = await openDashboard(browser, hub, { viewport });
      await page.locator('select[data-part="chapter"]').selectOption('failures');
      const rows = page.locator('tbody tr');
      await waitFor('thirty rows', async () => (await rows.count()) === 30);
      const own = await page.locator('table, table *, .scroll').evaluateAll(
        (all) =>
          all.filter((each) => {
            const scrolls = /auto|scroll/.test(getComputedStyle(each).overflowY);
            return scrolls && each.scrollHeight > each.clientHeight;
          }).length,
      );
      expect(own).toBe(0);
      await page.evaluate(() => {
        const last = document.querySelector('tbody tr:last-child');
        scrollBy(0, (last?.getBoundingClientRect().bottom ?? 0) - innerHeight);
      });
      const seen = (): Promise<{ head: boolean; rows: number }> =>
        page.evaluate(() => {
          const nav = document.querySelector('header.header')?.getBoundingClientRect().bottom ?? 0;
          const head = document.querySelector('thead')?.getBoundingClientRect();
          const under = head?.bottom ?? 0;
          const whole = [...document.querySelectorAll('tbody tr')].filter((row) => {
            const { top, bottom } = row.getBoundingClientRect();
            return top >= under - 1 && bottom <= innerHeight + 1;
          });
          return { head: Math.abs((head?.top ?? 0) - nav) < 2, rows: whole.length };
        });
      // Of names that need two lines on a phone, fewer.
      const many = viewport.width === 390 ? 8 : 14;
      await waitFor('the head', async () => (await seen()).head);
      expect((await seen()).rows).toBeGreaterThanOrEqual(many);
      // By the keyboard, nobody goes where they do not see it.
      await page.locator('tbody td.name button').last().focus();
      const focused = page.locator('tbody :focus');
      const head = page.locator('thead');
      for (let count = 0; count < 25; count += 1) {
        await page.keyboard.press('ArrowUp');
        const [at, over] = [await focused.boundingBox(), await head.boundingBox()];
        expect(at?.y).toBeGreaterThanOrEqual((over?.y ?? 0) + (over?.height ?? 0) - 1);
      }
      expect(complaints).toEqual([]);
      await close();
    }
  });

  it('has its head over its columns, whichever of both is scrolled sideways', async () => {
    const { page, close } = await openDashboard(browser, hub, {
      viewport: { width: 1024, height: 768 },
    });
    await page.locator('select[data-part="chapter"]').selectOption('failures');
    await waitFor('its columns', async () => (await page.locator('thead th').count()) > 12);
    const apart = (): Promise<number> =>
      page.evaluate(() => {
        const [heads, cells] = ['thead tr > *', 'tbody tr:first-child > *'].map((cells) =>
          [...document.querySelectorAll(cells)].map((each) => each.getBoundingClientRect()),
        );
        const differences = (heads ?? []).map((head, index) =>
          Math.max(
            Math.abs(head.left - (cells?.[index]?.left ?? 0)),
            Math.abs(head.width - (cells?.[index]?.width ?? 0)),
          ),
        );
        return Math.max(...differences);
      });
    expect(await apart()).toBeLessThan(1);
    for (const [part, left] of [
      ['thead', 200],
      ['tbody', 120],
      ['thead', 0],
    ] as const) {
      await page.locator(part).evaluate((each, to) => {
        each.scrollLeft = to;
      }, left);
      await waitFor('the other', async () => (await apart()) < 1);
      expect(await page.locator(part).evaluate((each) => each.scrollLeft)).toBe(left);
    }
    await close();
  });

  it('has no scrap of a column beside the names, once it is scrolled to where the class is', async () => {
    const { page, close } = await openDashboard(browser, hub, {
      viewport: { width: 1366, height: 768 },
    });
    await page.locator('select[data-part="chapter"]').selectOption('failures');
    await waitFor('its columns', async () => (await page.locator('thead th').count()) > 12);
    const head = page.locator('thead');
    // The first that is not in sight.
    await head.evaluate((each) => {
      const end = each.getBoundingClientRect().right;
      const out = [...each.querySelectorAll('th')].find(
        (column) => column.getBoundingClientRect().right > end + 1,
      );
      out?.querySelector('button')?.click();
    });
    const scrap = (): Promise<number | undefined> =>
      head.evaluate((each) => {
        const [names, ...columns] = [...each.querySelectorAll('th')].map((column) =>
          column.getBoundingClientRect(),
        );
        const edge = names?.right ?? 0;
        const first = columns.find(({ right }) => right > edge + 1);
        return each.scrollLeft === 0 ? undefined : edge - (first?.left ?? 0);
      });
    await waitFor('it to go there', async () => (await scrap()) !== undefined);
    expect(Math.abs((await scrap()) ?? Number.NaN)).toBeLessThan(1);
    const place = await page.locator('th[aria-current]').boundingBox();
    expect((place?.x ?? 0) + (place?.width ?? 0)).toBeLessThanOrEqual(1366);
    await close();
  });
});
