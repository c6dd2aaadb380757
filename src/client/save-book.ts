/**
 * The whole book as one HTML file: pictures, tables and links within it stay what they are, as in no
 * Markdown, and any browser opens and prints it. It loads nothing and runs nothing.
 */
import { book as strings } from '../strings/book.ts';

/** What only means something where the sidecar is. */
const LEFT_OUT =
  'button, script, noscript, link, style, kafka-ui, lab-checkpoint, .params, .predict, [hidden], [data-part="screen"], [data-part="figure"], .hint';

/** The file's own rule, in case something was forgotten. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** @throws where the page's styles cannot be read any more. */
export const saveBook = async (): Promise<void> => {
  const file = new Blob([bookFile(await readStyles())], { type: 'text/html' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `kafka-multi-broker-lab-${new Date().toISOString().slice(0, 10)}.html`;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

const bookFile = (styles: string): string => {
  const made = document.implementation.createHTMLDocument(strings.title);
  const { documentElement, head, body } = made;
  documentElement.lang = 'ko';
  documentElement.dataset.theme = 'light';
  const add = (name: string, attributes: Readonly<Record<string, string>>, text = ''): void => {
    const element = made.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    head.append(element);
  };
  head.prepend(made.createElement('meta'));
  head.firstElementChild?.setAttribute('charset', 'utf-8');
  add('meta', { name: 'viewport', content: 'width=device-width' });
  add('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY });
  add('style', {}, styles);
  const main = made.createElement('main');
  main.className = 'sl-markdown-content lab-file';
  const title = made.createElement('h1');
  title.textContent = document.title;
  const chapters = document.querySelector('.lab-chapters');
  main.append(title, ...(chapters === null ? [] : [made.importNode(chapters, true)]));
  for (const each of main.querySelectorAll(LEFT_OUT)) each.remove();
  // What is not in the file, it does not lead to.
  for (const each of main.querySelectorAll('a:not([href^="#"], [href^="http"])'))
    each.removeAttribute('href');
  body.append(main);
  return `<!doctype html>\n${documentElement.outerHTML}`;
};

/** Of this page, without what would be loaded from elsewhere. */
const readStyles = async (): Promise<string> => {
  const sheets = document.querySelectorAll<HTMLLinkElement | HTMLStyleElement>(
    'link[rel="stylesheet"], style',
  );
  const texts = [...sheets].map(async (sheet) => {
    const text =
      sheet instanceof HTMLLinkElement ? await (await fetch(sheet.href)).text() : sheet.textContent;
    const own = text.replace(/@font-face\s*\{[^}]*\}|@import[^;]*;/g, '');
    return sheet.media === '' ? own : `@media ${sheet.media} {\n${own}\n}`;
  });
  // Each chapter brings those of its code.
  return [...new Set(await Promise.all(texts))].join('\n');
};
