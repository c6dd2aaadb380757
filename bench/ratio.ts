/** Milliseconds, or whatever both sides were measured in. */
export interface Pair {
  readonly ours: number;
  readonly theirs: number;
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
};

export interface Summary extends Pair {
  readonly ratio: number;
}

/** The medians of each side, and of the ratios pair by pair. */
export const summary = (pairs: readonly Pair[]): Summary => ({
  ours: median(pairs.map((pair) => pair.ours)),
  theirs: median(pairs.map((pair) => pair.theirs)),
  ratio: median(pairs.map((pair) => pair.ours / pair.theirs)),
});

/** One side after the other, `rounds` times, so that a machine that slows down slows both. */
export const compare = async (
  rounds: number,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<Summary> => {
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    pairs.push({ theirs: await theirs(), ours: await ours() });
  }
  return summary(pairs);
};

/** One line of the table in `bench/README.md`. */
export const row = (
  name: string,
  { ours, theirs, ratio }: Summary,
  unit: string,
  target: string,
): void => {
  console.log(
    `| ${name} | ${ours.toFixed(0)} ${unit} | ${theirs.toFixed(0)} ${unit} | ${ratio.toFixed(2)} | ${target} |`,
  );
};
