import { describe, expect, it } from 'vitest';
import { placeInBook } from '../../../src/build/book-html.ts';

const place = (html: string): string =>
  placeInBook(html, 'topics', new Set(['topics', 'environment']));

describe('a lesson in the whole book', () => {
  it.each([
    ['its ids', '<p id="list" class="a">', '<p id="topics--list" class="a">'],
    [
      'what names them',
      '<svg aria-labelledby="a b"><use fill="url(#c)" />',
      '<svg aria-labelledby="topics--a topics--b"><use fill="url(#topics--c)" />',
    ],
    ['links within it', '<a href="#list">', '<a href="#topics--list">'],
    ['links to other chapters', '<a href="/environment/#up">', '<a href="#environment--up">'],
    [
      'links to whole chapters',
      '<a class="b" href="/environment/">',
      '<a class="b" href="#environment">',
    ],
    ['its scripts', '<b>1</b><script type="module" src="/_astro/a.js"></script>', '<b>1</b>'],
    ['headings', '<h2 id="a">1</h2><h3>2</h3>', '<h3 id="topics--a">1</h3><h4>2</h4>'],
  ])('has %s changed', (_, html, changed) => {
    expect(place(html)).toBe(changed);
  });

  it.each([
    'a link to another page: <a href="/">',
    'a link to another site: <a href="https://kafka.apache.org/#a">',
    'text: id="list" href="#list"',
    'a value: <p title="> id=&quot;list&quot;" data-id="list">',
    '<header><hr>',
  ])('leaves %s', (html) => {
    expect(place(html)).toBe(html);
  });
});
