import type { BaseNode } from 'estree';
import { visit } from 'unist-util-visit';
import { QuizProps } from '../../../src/components/quiz-props.ts';
import { readAttributes } from '../read.ts';
import { inWords, isElement, type JsxElement, lineOf, problem, type Rule } from './book.ts';

/** Questions that the build would not take. */
export const quizzes: Rule = function* ({ pages }) {
  for (const page of pages) {
    const found: JsxElement[] = [];
    visit(page.tree, (node) => {
      if (isElement(node) && node.name === 'Quiz') found.push(node);
    });
    for (const quiz of found) {
      const unread: string[] = [];
      const attributes = readAttributes(quiz, (message) => unread.push(message));
      for (const message of unread) yield problem(page, lineOf(quiz), message);
      if (unread.length > 0) continue;
      for (const { path, message } of QuizProps.safeParse(attributes).error?.issues ?? [])
        yield problem(page, lineAt(quiz, path), `<Quiz> ${inWords(path)}: ${message}`);
    }
  }
};

/** Of the answer, where it is about one. */
const lineAt = (quiz: JsxElement, [name, index]: readonly PropertyKey[]): number => {
  const found = quiz.attributes.find(
    (each) => each.type === 'mdxJsxAttribute' && each.name === name,
  );
  const value = typeof found?.value === 'object' ? found.value?.data?.estree : undefined;
  const [statement] = value?.body ?? [];
  const list = statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  const answer: BaseNode | null | undefined =
    list?.type === 'ArrayExpression' ? list.elements[Number(index)] : undefined;
  return answer?.loc?.start.line ?? found?.position?.start.line ?? lineOf(quiz);
};
