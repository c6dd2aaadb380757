/** What an author writes on `<Quiz>`. */
import { z } from 'zod';

const text = z.string('글이어야 합니다').min(1, '비어 있을 수 없습니다');

/** @param names that may be written, for those who wrote another, or something else than these. */
const only = (names: string, otherwise: string) => ({
  error: (issue: z.core.$ZodRawIssue) =>
    issue.code === 'unrecognized_keys'
      ? `${names}만 쓸 수 있습니다: ${issue.keys.join(', ')}`
      : otherwise,
});

const Option = z.strictObject(
  {
    /** What is chosen; `code` between backticks. */
    text,
    /** Why it is right, or is not, in a sentence or two. */
    why: text,
    right: z.literal(true, '맞는 답에만 right: true라고 적습니다').optional(),
  },
  only('text, why, right', "{ text: '답', why: '까닭' } 꼴이어야 합니다"),
);

export const QuizProps = z.strictObject(
  {
    /** Unique on its page: links and the reader's answer hang on it. */
    id: z
      .string('글이어야 합니다')
      .regex(/^[a-z][a-z0-9-]*$/, '영어 소문자로 시작하고 소문자, 숫자, "-"로 이루어져야 합니다'),
    question: text,
    /** Exactly one of them is right. */
    options: z
      .array(
        Option,
        `답의 목록이어야 합니다. 예: options={[{ text: '답', why: '까닭', right: true }, …]}`,
      )
      .min(2, '답이 둘 이상이어야 합니다')
      .refine(
        (all) => all.filter(({ right }) => right).length === 1,
        '맞는 답이 꼭 하나여야 합니다. 그 답에 right: true라고 적습니다',
      )
      .refine(
        (all) => new Set(all.map((each) => each.text)).size === all.length,
        '같은 답이 둘입니다',
      ),
  },
  only('id, question, options', '속성의 이름과 값을 적습니다'),
);
export type QuizAttributes = z.input<typeof QuizProps>;
