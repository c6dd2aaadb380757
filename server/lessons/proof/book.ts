/** The book as a proofreader sees it: its pages, and where a link can lead. */
import { readdir } from 'node:fs/promises';
import GithubSlugger from 'github-slugger';
import type { Root, RootContent } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import { visit } from 'unist-util-visit';
import {
  type Lesson,
  LessonError,
  listLessons,
  openLessons,
  pathOf,
  type Report,
} from '../read.ts';

export interface Page extends Lesson {
  /** Where a browser finds it: `/topics/`. */
  readonly address: string;
  /** What a link to it can name after `#`, in its order. */
  readonly anchors: readonly Anchor[];
}

export interface Anchor {
  readonly kind: 'step' | 'heading' | 'element';
  readonly id: string;
  readonly line: number;
}

export interface Book {
  /** Of the chapters, `content/`. */
  readonly folder: URL;
  readonly pages: readonly Page[];
  /**
   * By address; of pages that are no lessons, nothing can be named but themselves, and of those that
   * cannot be parsed nobody knows.
   */
  readonly targets: ReadonlyMap<string, readonly Anchor[] | 'unknown'>;
}

/** Finds things that an author has to mend. */
export type Rule = (book: Book) => Iterable<LessonError>;

export type JsxElement = MdxJsxFlowElement | MdxJsxTextElement;

/** @param report is told of each file that cannot be parsed. */
export const openBook = async (folder: URL, report: Report): Promise<Book> => {
  const files = await listLessons(folder);
  const lessons = await openLessons(folder, report);
  const pages = lessons.map((lesson) => ({
    ...lesson,
    address: addressOf(lesson.file),
    anchors: anchorsOf(lesson.tree),
  }));
  const site = new URL('../src/pages/', folder);
  const others = await readdir(site, { recursive: true }).catch(() => []);
  const targets = new Map<string, readonly Anchor[] | 'unknown'>([
    ...others
      .filter((file) => file.endsWith('.astro'))
      .map((file): [string, Anchor[]] => [`/${file.replace(/(\/index)?\.astro$/, '')}/`, []]),
    ...files.map((file): [string, 'unknown'] => [addressOf(file), 'unknown']),
    ...pages.map(({ address, anchors }): [string, readonly Anchor[]] => [address, anchors]),
  ]);
  return { folder, pages, targets };
};

/** As `src/content.config.ts` names them: `content/02-topics/index.mdx` is `/topics/`. */
const addressOf = (file: string): string => {
  const path = pathOf(file)
    .replace(/^\d+-/, '')
    .replace(/\.mdx$/, '');
  return `/${path.replace(/(^|\/)index$/, '')}/`.replace('//', '/');
};

const anchorsOf = (tree: Root): readonly Anchor[] => {
  // Astro's own, so that they are named alike.
  const slugger = new GithubSlugger();
  const anchors: Anchor[] = [];
  visit(tree, (node) => {
    const line = lineOf(node);
    if (node.type === 'heading') {
      anchors.push({ kind: 'heading', id: slugger.slug(textOf(node)), line });
    } else if (isElement(node)) {
      const id = attribute(node, 'id');
      const kind = node.name === 'Step' ? 'step' : 'element';
      if (typeof id === 'string') anchors.push({ kind, id, line });
    }
  });
  return anchors;
};

const textOf = (node: RootContent): string => {
  let text = '';
  visit(node, (each) => {
    if (each.type === 'text' || each.type === 'inlineCode') text += each.value;
  });
  return text;
};

export const isElement = (node: Root | RootContent): node is JsxElement =>
  node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';

/** A text; `true` for what is written without a value, or as an expression; `undefined` for what is not. */
export const attribute = ({ attributes }: JsxElement, name: string): string | true | undefined => {
  const found = attributes.find((each) => each.type === 'mdxJsxAttribute' && each.name === name);
  if (found === undefined) return undefined;
  return typeof found.value === 'string' ? found.value : true;
};

export const lineOf = ({ position }: Pick<Root, 'position'>): number => position?.start.line ?? 1;

/** `options 2번째 why`. */
export const inWords = (path: readonly PropertyKey[]): string =>
  path.map((key) => (typeof key === 'number' ? `${key + 1}번째` : String(key))).join(' ');

export const problem = ({ file }: Page, line: number, message: string): LessonError =>
  new LessonError(file, line, message);
