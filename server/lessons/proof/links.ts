import { visit } from 'unist-util-visit';
import {
  type Anchor,
  attribute,
  type Book,
  isElement,
  lineOf,
  type Page,
  problem,
  type Rule,
} from './book.ts';
import { distance } from './distance.ts';

/** Links within the book: to pages, and to their headings and steps. */
export const links: Rule = function* (book) {
  for (const page of book.pages) {
    for (const { url, line } of linksOf(page)) {
      const reason = complaint(book, page, url);
      if (reason !== undefined) yield problem(page, line, reason);
    }
  }
};

interface Link {
  readonly url: string;
  readonly line: number;
}

const linksOf = ({ tree, source }: Page): readonly Link[] => {
  const found: Link[] = [];
  visit(tree, (node) => {
    const line = lineOf(node);
    if (node.type === 'link' || node.type === 'definition') found.push({ url: node.url, line });
    const href = isElement(node) ? attribute(node, 'href') : undefined;
    if (typeof href === 'string') found.push({ url: href, line });
  });
  // The start page's buttons.
  const matter = /^---\n[\s\S]*?\n---/.exec(source)?.[0].split('\n') ?? [];
  for (const [index, text] of matter.entries()) {
    const url = /^[\s-]*link:\s*(\S+)\s*$/.exec(text)?.[1];
    if (url !== undefined) found.push({ url, line: index + 1 });
  }
  return found;
};

const complaint = ({ targets }: Book, page: Page, url: string): string | undefined => {
  if (/^(https?|mailto):/.test(url)) return undefined;
  const [path = '', anchor] = url.split('#');
  if (path !== '' && !path.startsWith('/'))
    return `${url}: 책 안의 링크는 ‘/topics/#제목’이나 ‘#제목’처럼 적습니다`;
  const address = path === '' ? page.address : path;
  const anchors = targets.get(address);
  if (anchors === undefined) {
    if (targets.has(`${address}/`)) return `${url}: 주소는 ${address}/처럼 /로 끝나야 합니다`;
    return `${url}: 이런 페이지는 없습니다. 있는 페이지: ${[...targets.keys()].join(', ')}`;
  }
  if (anchors === 'unknown' || anchor === undefined) return undefined;
  if (anchors.some(({ id }) => id === decodeURI(anchor))) return undefined;
  return `${url}: ${address}에 이런 제목이나 단계가 없습니다${suggest(anchors, anchor)}`;
};

const suggest = (anchors: readonly Anchor[], wanted: string): string => {
  const [nearest] = anchors
    .map(({ id }) => ({ id, far: distance(id, decodeURI(wanted)) }))
    .toSorted((left, right) => left.far - right.far);
  return nearest === undefined ? '' : `. 가장 비슷한 것: #${nearest.id}`;
};
