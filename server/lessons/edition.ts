/** What names a step's content: with other commands, or where something else must be true, it is another to have done. */
import { createHash } from 'node:crypto';
import type { Step } from './read.ts';

/** Twelve hexadecimal digits. */
export const editionOf = ({ commands, props: { check, expect, params } }: Step): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        commands.map(({ text }) => text),
        check,
        expect,
        ...(params ? [params] : []),
      ]),
    )
    .digest('hex')
    .slice(0, 12);
