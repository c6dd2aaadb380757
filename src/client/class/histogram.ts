import type { PollState } from '../../../server/workshop/state.ts';

export interface Bar {
  readonly value: string;
  readonly label: string;
  readonly count: number;
  /** Of all votes, 0 to 1. */
  readonly share: number;
}

/** A bar for each option, in the order in which they were asked. */
export const barsOf = ({ options, votes }: PollState): Bar[] => {
  const counts = new Map<string, number>();
  for (const value of Object.values(votes)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const all = Object.keys(votes).length;
  return options.map(({ value, label }) => {
    const count = counts.get(value) ?? 0;
    return { value, label, count, share: all === 0 ? 0 : count / all };
  });
};
