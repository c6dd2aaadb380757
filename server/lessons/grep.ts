import { CommandError } from './words.ts';

/** `| grep [-E] PATTERN`: the lines of a command's output that match. */
export interface Grep {
  /** `-E`: a POSIX extended pattern, otherwise a basic one. */
  readonly extended: boolean;
  readonly pattern: string;
}

/**
 * What follows a `|`.
 *
 * @throws CommandError
 */
export const parseFilter = ([name, ...rest]: readonly string[]): Grep => {
  const extended = rest[0] === '-E';
  const [pattern, extra] = extended ? rest.slice(1) : rest;
  if (name !== 'grep' || pattern === undefined || extra !== undefined) {
    throw new CommandError('"|" 뒤에는 grep [-E] 찾을_말 만 쓸 수 있습니다');
  }
  if (pattern.startsWith('-'))
    throw new CommandError(`grep이 이해하지 않는 옵션입니다: ${pattern}`);
  return { extended, pattern };
};
