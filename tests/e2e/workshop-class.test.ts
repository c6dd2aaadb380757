/** The presenter’s dashboard of a class of thirty. */
import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait.ts';
import { violations } from './axe.ts';
import { type Class, NAMES, openDashboard, says } from './class.ts';
import { haveClass } from './have-class.ts';
import type { HubUnderTest } from './hub.ts';
import { openPage } from './page.ts';

let browser: Browser;
let hub: HubUnderTest;
let thirty: Class;

haveClass((had) => {
  ({ browser, hub, thirty } = had);
});

describe('the dashboard', () => {
  it('says which class it is, in its heading and on its tab', async () => {
    const { page, close } = await openDashboard(browser, hub);
    await says(page.locator('h1'), '카프카 실습 3기 · 수업 현황');
    expect(await page.title()).toBe('카프카 실습 3기 · 수업 현황');
    // In the letters that people's names are in, whatever the computer has.
    const fonts = await page
      .locator('h1, lab-class')
      .evaluateAll((all) => all.map((each) => getComputedStyle(each).fontFamily));
    expect(fonts[0]).toContain('Pretendard');
    expect(fonts[1]).toBe(fonts[0]);
    await close();
  });

  it.each(['light', 'dark'] as const)(
    'has labels on its buttons also under the pointer, in the %s theme',
    async (colorScheme) => {
      const { page, close } = await openDashboard(browser, hub, { colorScheme });
      await page.locator('select[data-part="chapter"]').selectOption('topics');
      await page.getByRole('button', { name: /: 모든 토픽 목록 보기$/ }).click();
      await page.locator('th[aria-current="step"]').waitFor();
      await page.locator('[data-part="causes"] button').first().click();
      // One of each look.
      for (const look of [
        'button.primary',
        'th[aria-current] button',
        'th:not([aria-current]) button',
        '[data-part="chip"][aria-pressed="true"]',
        '[data-part="chip"][aria-pressed="false"]',
        '.reasons button',
        '.tools button',
        '.tools a',
        'tbody td.name button',
      ]) {
        await page.locator(`lab-class :is(${look}):visible`).first().hover();
        expect(await violations(page, 'lab-class :hover:is(button, a)')).toEqual([]);
      }
      await close();
    },
  );

  it('has actions that look like buttons, and places that look like links', async () => {
    const { page, close } = await openDashboard(browser, hub);
    thirty.person(18).report({ kind: 'hand', up: true, step: null });
    await page.getByRole('button', { name: `가는 중: ${NAMES[18]}` }).waitFor();
    await page.getByRole('button', { name: `${NAMES[1]} 자세히 보기` }).click();
    const looks = await page.locator('lab-class :is(button, a)').evaluateAll((all) =>
      all
        .filter((each) => each.checkVisibility())
        .map((each) => {
          const { borderTopWidth, textDecorationLine } = getComputedStyle(each);
          const isPlace =
            each.matches('a') || (each.getAttribute('aria-label') ?? '').endsWith('자세히 보기');
          const isButton = borderTopWidth !== '0px' && textDecorationLine === 'none';
          const isLink = borderTopWidth === '0px' && textDecorationLine === 'underline';
          return (isPlace ? isLink : isButton) ? '' : each.outerHTML;
        })
        .filter((each) => each !== ''),
    );
    expect(looks).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: `해결: ${NAMES[18]}` }).click();
    await page.locator('[data-part="help-none"]').waitFor();
    await close();
  });

  it('has the question of the step where the class is ready to ask, until another is chosen', async () => {
    const { page, close } = await openDashboard(browser, hub);
    const form = page.locator('[data-part="poll-form"]');
    const [from, question] = [form.locator('select'), form.locator('[name="question"]')];
    const options = form.locator('[name="options"]');
    const go = async (chapter: string, title: string): Promise<void> => {
      await page.locator('select[data-part="chapter"]').selectOption(chapter);
      await page.getByRole('button', { name: `모두 여기로: ${title}` }).click();
      await page.locator('th[aria-current]', { hasText: title }).waitFor();
    };
    await page.getByText('새 투표').click();
    await go('failures', 'kafka1 중단하기');
    await waitFor('its question', async () => (await question.inputValue()) !== '');
    expect(await from.inputValue()).toBe('failures/stop-kafka1');
    expect((await options.inputValue()).split('\n')).toContain('kafka2');
    // Where nothing is asked, nothing is.
    await go('topics', '모든 토픽 목록 보기');
    await waitFor('no question', async () => (await question.inputValue()) === '');
    expect([await from.inputValue(), await options.inputValue()]).toEqual(['', '']);
    await question.fill('다음은 무엇을 볼까요?');
    await go('failures', 'kafka1 중단하기');
    expect(await question.inputValue()).toBe('다음은 무엇을 볼까요?');
    expect(await from.inputValue()).toBe('');
    await close();
  });

  it('tells a participant’s browser that this is not theirs', async () => {
    const context = await browser.newContext();
    const { page } = await openPage(context, new URL('/workshop/class/', hub.address).href);
    await page.locator('lab-class[data-state="denied"]').waitFor();
    expect(await page.locator('[data-part="room"]').isVisible()).toBe(false);
    // On a wall, nobody is told what to type.
    await page.goto(new URL('/workshop/projector/', hub.address).href);
    await page.locator('lab-projector[data-state="denied"]').waitFor();
    await says(page.locator('[data-part="state"]'), /^강사가 ‘수업 현황’에서.*보입니다\.$/);
    await context.close();
  });
});
