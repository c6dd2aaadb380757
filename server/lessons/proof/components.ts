import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path/posix';
import type { ImportDeclaration, Program } from 'estree';
import { visit } from 'unist-util-visit';
import { pathOf } from '../read.ts';
import { type Book, isElement, lineOf, type Page, problem, type Rule } from './book.ts';

/** Components that are used and not imported, and imports of files that are not there. */
export const components: Rule = function* (book) {
  const files = componentFiles(book);
  for (const page of book.pages) {
    const { imports, names } = modulesOf(page);
    for (const { source, loc } of imports) {
      const from = String(source.value);
      if (from.startsWith('.') && !existsSync(fileOf(book, page, from)))
        yield problem(page, loc?.start.line ?? 1, `가져올 파일이 없습니다: ${from}`);
    }
    for (const [name, line] of usedIn(page)) {
      if (!names.has(name)) yield problem(page, line, complaint(name, page, files));
    }
  }
};

/** In `src/components/`, by what they are called: where they are. */
const componentFiles = ({ folder }: Book): ReadonlyMap<string, string> => {
  const components = new URL('../src/components/', folder);
  const files = existsSync(components)
    ? readdirSync(components, { recursive: true, encoding: 'utf8' })
    : [];
  return new Map(
    files
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.astro'))
      .map((file) => [basename(file, '.astro'), file]),
  );
};

/** Without `?raw` and its like. */
const fileOf = ({ folder }: Book, { file }: Page, from: string): URL =>
  new URL(from.replace(/\?.*$/, ''), new URL(pathOf(file), folder));

interface Modules {
  readonly imports: readonly ImportDeclaration[];
  /** What the page has imported, or made itself. */
  readonly names: ReadonlySet<string>;
}

const modulesOf = ({ tree }: Page): Modules => {
  const body: Program['body'] = [];
  visit(tree, 'mdxjsEsm', ({ data }) => {
    body.push(...(data?.estree?.body ?? []));
  });
  const imports = body.filter((each) => each.type === 'ImportDeclaration');
  const names = new Set(imports.flatMap((each) => each.specifiers.map(({ local }) => local.name)));
  for (const each of body) {
    const made = each.type === 'ExportNamedDeclaration' ? each.declaration : undefined;
    if (made?.type === 'FunctionDeclaration' || made?.type === 'ClassDeclaration')
      names.add(made.id.name);
    if (made?.type !== 'VariableDeclaration') continue;
    for (const { id } of made.declarations) if (id.type === 'Identifier') names.add(id.name);
  }
  return { imports, names };
};

/** Each component of the page, and where it is first used. A name in small letters is HTML's. */
const usedIn = ({ tree }: Page): ReadonlyMap<string, number> => {
  const used = new Map<string, number>();
  visit(tree, (node) => {
    const name = isElement(node) && node.name?.split('.')[0];
    if (name && /^[A-Z]/.test(name) && !used.has(name)) used.set(name, lineOf(node));
  });
  return used;
};

const complaint = (name: string, page: Page, files: ReadonlyMap<string, string>): string => {
  const file = files.get(name);
  if (file === undefined) return `<${name}>: 이런 이름의 컴포넌트를 가져온 import 줄이 없습니다`;
  const up = '../'.repeat(page.file.split('/').length - 1);
  return `<${name}>: import 줄이 없습니다. 머리말 아래에 적습니다: import ${name} from '${up}src/components/${file}';`;
};
