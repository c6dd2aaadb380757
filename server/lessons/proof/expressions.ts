import { visit } from 'unist-util-visit';
import { isElement, type Page, problem, type Rule } from './book.ts';

/** Tags within braces: what is only perhaps on the page, nothing here reads. */
export const expressions: Rule = function* ({ pages }) {
  for (const page of pages) {
    for (const program of programsOf(page)) {
      for (const { name, line } of tagsIn(program))
        yield problem(
          page,
          line,
          `<${name}>: 중괄호({ })나 export 줄 안에는 태그를 쓸 수 없습니다. 조건 없이 본문에 그대로 적습니다`,
        );
    }
  }
};

/** What stands in braces, in the text and on elements, and what the page makes itself. */
const programsOf = ({ tree }: Page): readonly unknown[] => {
  const programs: unknown[] = [];
  visit(tree, (node) => {
    if ('data' in node && node.data && 'estree' in node.data) programs.push(node.data.estree);
    if (!isElement(node)) return;
    for (const each of node.attributes) {
      if (each.type === 'mdxJsxExpressionAttribute') programs.push(each.data?.estree);
      else if (typeof each.value === 'object') programs.push(each.value?.data?.estree);
    }
  });
  return programs;
};

/** As much of a node of `estree-jsx` as is asked for here. */
interface Tag {
  readonly type: 'JSXElement' | 'JSXFragment';
  readonly openingElement?: { readonly name: { readonly name?: unknown } };
  readonly loc?: { readonly start: { readonly line: number } };
}

const isTag = (value: object): value is Tag =>
  'type' in value && (value.type === 'JSXElement' || value.type === 'JSXFragment');

/** The outermost. */
const tagsIn = function* (value: unknown): Generator<{ name: string; line: number }> {
  if (typeof value !== 'object' || value === null) return;
  if (isTag(value)) {
    const name = value.openingElement?.name.name;
    yield { name: typeof name === 'string' ? name : '', line: value.loc?.start.line ?? 1 };
  } else for (const each of Object.values(value)) yield* tagsIn(each);
};
