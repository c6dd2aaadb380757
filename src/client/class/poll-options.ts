/** The options of a poll, as a presenter types them: one on each line. */
import { poll as strings } from '../../strings/class.ts';

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Empty where nothing is wrong. */
export const complaint = (labels: readonly string[]): string => {
  if (new Set(labels).size < labels.length) return strings.twice;
  const fits =
    labels.length >= 2 && labels.length <= 8 && labels.every(({ length }) => length <= 100);
  return fits ? '' : strings.wrong;
};
