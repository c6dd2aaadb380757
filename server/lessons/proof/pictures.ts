import { existsSync, readFileSync } from 'node:fs';
import { visit } from 'unist-util-visit';
import { pathOf } from '../read.ts';
import { attribute, type Book, isElement, lineOf, type Page, problem, type Rule } from './book.ts';

/** Every picture says in words what it shows, or that it is there for its looks only. */
export const pictures: Rule = function* (book) {
  for (const page of book.pages) {
    for (const line of unspoken(page)) {
      yield problem(page, line, '그림에 대신 읽을 글이 없습니다. 예: ![세 브로커의 파티션](…)');
    }
    for (const { line, url } of lost(book, page))
      yield problem(page, line, `그림 파일이 없습니다: ${url}`);
    for (const { name, line, source } of componentsOf(book, page)) {
      if (DRAWN.test(source) && !speaks(source))
        yield problem(
          page,
          line,
          `‘${name}’의 그림에 대신 읽을 글이 없습니다. <svg role="img" aria-labelledby="…">와 <title>로 적습니다`,
        );
    }
  }
};

/** Lines of pictures of the lesson itself. */
const unspoken = ({ tree, source }: Page): readonly number[] => {
  const lines: number[] = [];
  visit(tree, (node) => {
    const silent =
      (node.type === 'image' && !node.alt) ||
      (isElement(node) && node.name === 'img' && attribute(node, 'alt') === undefined) ||
      (isElement(node) && node.name === 'svg' && !NAMES.some((name) => attribute(node, name)));
    if (silent) lines.push(lineOf(node));
  });
  const matter = /^---\n[\s\S]*?\n---/.exec(source)?.[0] ?? '';
  if (DRAWN.test(matter) && !speaks(matter))
    lines.push(matter.slice(0, matter.search(DRAWN)).split('\n').length);
  return lines;
};

/** Pictures of this book without a file: beside the lesson, or in `public/` for those that begin with `/`. */
const lost = ({ folder }: Book, { tree, file }: Page): readonly { line: number; url: string }[] => {
  const found: { line: number; url: string }[] = [];
  visit(tree, 'image', (node) => {
    if (/^[a-z]+:/.test(node.url)) return;
    const path = pathOf(file);
    const at = node.url.startsWith('/')
      ? new URL(`../public${node.url}`, folder)
      : new URL(node.url, new URL(path, folder));
    if (!existsSync(at)) found.push({ line: lineOf(node), url: node.url });
  });
  return found;
};

/** Any of them: its name, or that it has none. */
const NAMES = ['aria-label', 'aria-labelledby', 'aria-hidden'];

const DRAWN = /<svg\b[^>]*>/;

/** Whether each of its drawings is named, or hidden from those who cannot see it. */
const speaks = (source: string): boolean =>
  [...source.matchAll(/<svg\b[^>]*>/g)].every(
    ([tag]) =>
      /aria-hidden="true"/.test(tag) ||
      (/role="img"/.test(tag) &&
        (/aria-label=/.test(tag) || (/aria-labelledby=/.test(tag) && /<title\b/.test(source)))),
  );

/** What the lesson imports, with its source. */
const componentsOf = function* ({ folder }: Book, page: Page) {
  const path = pathOf(page.file);
  for (const [index, line] of page.source.split('\n').entries()) {
    const [, name = '', from = ''] = /^import (\w+) from '(\.[^']+\.astro)'/.exec(line) ?? [];
    if (name === '') continue;
    const file = new URL(from, new URL(path, folder));
    yield { name, line: index + 1, source: existsSync(file) ? readFileSync(file, 'utf8') : '' };
  }
};
