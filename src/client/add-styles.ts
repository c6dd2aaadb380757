/**
 * Puts styles on the page that belong to what is loaded later. Import them with `?inline`: Astro links
 * what is imported plainly into every lesson, whether it shows the thing or not.
 */
export const addStyles = (...css: readonly string[]): void => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css.join('\n'));
  document.adoptedStyleSheets.push(sheet);
};
