/**
 * Pagefind's interface together with its styles. Starlight puts the styles, 2.6 kB of them, in front
 * of every page; astro.config.mjs has it load this module instead, once the page is idle.
 */
import styles from '../../node_modules/@pagefind/default-ui/css/ui.css?inline';

// @ts-expect-error: the package has no types; Starlight hands the class its options.
export { PagefindUI } from '../../node_modules/@pagefind/default-ui/npm_dist/mjs/ui-core.mjs';

const sheet = new CSSStyleSheet();
// The layer that Starlight would have put them in; its own rules for the search lie there too.
sheet.replaceSync(`@layer starlight.core{${styles}}`);
document.adoptedStyleSheets.push(sheet);
