import { z } from 'zod';
import type { Values } from '../protocol.ts';
import { Checks, Needs } from './check.ts';
import { defaultsOf, fillDeep, Params } from './params.ts';
import { Predict } from './predict.ts';

const text = z.string('글이어야 합니다').min(1, '비어 있을 수 없습니다');

const props = z.strictObject(
  {
    /** Unique in its chapter and never an index: links, progress and recordings hang on it. */
    id: z
      .string('글이어야 합니다')
      .regex(/^[a-z][a-z0-9-]*$/, '영어 소문자로 시작하고 소문자, 숫자, "-"로 이루어져야 합니다'),
    /** What the reader is about to do, in a few words. */
    title: text,
    /** The step passes only if this reason appears in the output, whatever the exit code. */
    expect: z.strictObject({ failure: text }, '{ failure: "이유" } 꼴이어야 합니다').optional(),
    /** Runs until stopped; it counts as passed once it is up. */
    background: z.literal(true, '값 없이 background라고만 적습니다').optional(),
    /** What a background step prints once it is up; without it, anything. */
    ready: text.optional(),
    /** What the reader may change: `{name}` stands for it in the fence, and in `check`. */
    params: Params.optional(),
    /** What the reader may say beforehand, and is then compared with what has become of the cluster. */
    predict: Predict.optional(),
    /** What must be true of the cluster afterwards: a step has not passed before. */
    check: Checks.optional(),
    /** The cluster that it begins with, offered above it: for one that readers come to from elsewhere. */
    needs: Needs.optional(),
    /** What to look at where the check does not hold; folded. */
    hint: text.optional(),
    /** The command that would mend it; shown, and never typed for anybody. */
    solution: text.optional(),
    /** An example of what to type. */
    input: text.optional(),
    /** How wide a table it prints: where fewer columns fit, the terminal scrolls sideways. */
    columns: z
      .int('정수여야 합니다')
      .min(20, '20에서 500까지입니다')
      .max(500, '20에서 500까지입니다')
      .optional(),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `id, title, expect, background, ready, params, predict, check, needs, hint, solution, input, columns만 쓸 수 있습니다: ${issue.keys.join(', ')}`
        : undefined,
  },
);

/** What an author writes on `<Step>`. */
export const StepProps = props
  .refine(({ background, ready }) => ready === undefined || background, {
    path: ['ready'],
    error: 'background 단계에만 쓸 수 있습니다',
  })
  .refine(({ background, expect }) => expect === undefined || !background, {
    path: ['expect'],
    error: 'background 단계에는 쓸 수 없습니다',
  })
  .refine(({ check, hint, solution }) => check !== undefined || !(hint ?? solution), {
    path: ['check'],
    error: 'hint와 solution은 check가 있는 단계에만 쓸 수 있습니다',
  });
export type StepProps = z.infer<typeof StepProps>;
/** As it is written. */
export type StepAttributes = z.input<typeof StepProps>;

/** @param values in their places; without, those that stand there at first. */
export const parseProps = (attributes: Readonly<Record<string, unknown>>, values?: Values) => {
  const params = Params.safeParse(attributes.params);
  if (!params.success) return StepProps.safeParse(attributes);
  const check = fillDeep(attributes.check, values ?? defaultsOf(params.data));
  return StepProps.safeParse({ ...attributes, check });
};
