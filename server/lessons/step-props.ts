import { z } from 'zod';

/** What an author writes on `<Step>`. */
export const StepProps = z.strictObject({
  /** Unique in its chapter and never an index: links, progress and recordings hang on it. */
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'expects lower-case words joined by "-"'),
  /** What the reader is about to do, in a few words. */
  title: z.string().min(1),
});
