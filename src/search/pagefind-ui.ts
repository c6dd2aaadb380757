/**
 * Pagefind's interface together with its styles, which Starlight puts in front of every page, 2.6 kB
 * of them; astro.config.mjs takes them from there.
 */
import styles from '../../node_modules/@pagefind/default-ui/css/ui.css?inline';
// @ts-expect-error: the package has no types; Starlight hands the class its options.
import { PagefindUI as Default } from '../../node_modules/@pagefind/default-ui/npm_dist/mjs/ui-core.mjs';
import { siteUrl } from '../client/site-url.ts';

/** Starlight looks for the index at the root of the host; the site may lie under any path. */
export class PagefindUI extends Default {
  constructor(options: Readonly<Record<string, unknown>>) {
    super({ ...options, baseUrl: siteUrl(''), bundlePath: siteUrl('pagefind/') });
  }
}

const sheet = new CSSStyleSheet();
// The layer that Starlight would have put them in; its own rules for the search lie there too.
sheet.replaceSync(`@layer starlight.core{${styles}}`);
document.adoptedStyleSheets.push(sheet);
