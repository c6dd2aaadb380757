import { expect, it } from 'vitest';
import { relateLinks } from '../../../src/build/relative-links.ts';

it('names what lies in the site from where the page lies', () => {
  const html = '<a class="x" href="/topics/#isr">/topics/</a><script src="/_astro/a.js"></script>';
  expect(relateLinks(html, 1)).toBe(
    '<a class="x" href="../topics/#isr">/topics/</a><script src="../_astro/a.js"></script>',
  );
  expect(relateLinks('<a href="/">', 0)).toBe('<a href="./">');
});

it('relates what a style in the page names, too', () => {
  const style =
    '<style>@font-face{src:url(/_astro/a.woff2)}@media (width<9px){}</style><p>url(/x)</p>';
  expect(relateLinks(style, 1)).toBe(
    '<style>@font-face{src:url(../_astro/a.woff2)}@media (width<9px){}</style><p>url(/x)</p>',
  );
});

it('leaves what lies elsewhere, or is text', () => {
  const html = '<a href="https://kafka.apache.org/">href="/x"</a><a href="//host/">';
  expect(relateLinks(html, 1)).toBe(html);
});
