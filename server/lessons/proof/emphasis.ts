import { visit } from 'unist-util-visit';
import { lineOf, problem, type Rule } from './book.ts';

/** Emphasis that Markdown did not close: after a sign like `…**` no syllable may follow. */
export const emphasis: Rule = function* (book) {
  for (const page of book.pages) {
    const lines: number[] = [];
    visit(page.tree, 'text', (node) => {
      if (node.value.includes('**')) lines.push(lineOf(node));
    });
    for (const line of lines)
      yield problem(
        page,
        line,
        '강조(**)가 닫히지 않아 별표가 그대로 보입니다. 예: **처음으로…**를 → **처음으로…** 버튼을',
      );
  }
};
