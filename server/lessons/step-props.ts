import { z } from 'zod';

/** What an author writes on `<Step>`. */
export const StepProps = z.strictObject(
  {
    /** Unique in its chapter and never an index: links, progress and recordings hang on it. */
    id: z
      .string('글이어야 합니다')
      .regex(/^[a-z][a-z0-9-]*$/, '영어 소문자로 시작하고 소문자, 숫자, "-"로 이루어져야 합니다'),
    /** What the reader is about to do, in a few words. */
    title: z.string('글이어야 합니다').min(1, '비어 있을 수 없습니다'),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `id와 title만 쓸 수 있습니다: ${issue.keys.join(', ')}`
        : undefined,
  },
);
