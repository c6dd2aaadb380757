/** What steps are called, also those of other pages. */
import { siteUrl } from '../site-url.ts';
import { stepOf } from './go.ts';

/**
 * @param handleTitles there are more by now.
 * @returns its name; where that is not known (yet), its id.
 */
export const createStepTitles = (handleTitles: () => void): ((step: string) => string) => {
  let titles: Readonly<Record<string, string>> = {};
  let asked = false;
  const ask = async (): Promise<void> => {
    asked = true;
    try {
      const response = await fetch(siteUrl('titles.json'));
      if (!response.ok) return;
      titles = (await response.json()) as Record<string, string>;
      handleTitles();
    } catch {
      // Asked again with the next one.
      asked = false;
    }
  };
  return (step) => {
    const here = stepOf({ step })?.ariaLabel;
    if (here) return here;
    if (!asked) void ask();
    return titles[step] ?? step;
  };
};
