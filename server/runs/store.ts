/** The folder of all runs, `.lab/runs/`: a journal each, and how long they are kept. */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pastRun } from './past-run.ts';
import type { Run } from './run.ts';

/** Ended runs of a step: the newest, and those that another page may still ask for. */
const RUNS_A_STEP = 3;
/** Bytes of all ended runs; one has 2 MiB of output at most. */
const TOTAL = 64 * 1024 * 1024;

export interface Store {
  /** Where that run's journal is, or is going to be. */
  folderOf(id: string): string;
  /** What earlier sidecars have left, the oldest first. */
  readonly past: readonly Run[];
  /** It has ended; from now on it may be removed for newer ones. */
  keep(run: Pick<Run, 'id' | 'step'>): void;
}

export const openStore = (root: string): Store => {
  mkdirSync(root, { recursive: true });
  const folderOf = (id: string): string => join(root, id);
  /** The oldest first. */
  let kept: { readonly id: string; readonly step: string; readonly bytes: number }[] = [];

  const remove = ({ id }: { readonly id: string }): void => {
    rmSync(folderOf(id), { recursive: true, force: true });
    kept = kept.filter((other) => other.id !== id);
  };
  const keep = ({ id, step }: Pick<Run, 'id' | 'step'>): void => {
    kept.push({ id, step, bytes: sizeOf(folderOf(id)) });
    for (const old of kept.filter((other) => other.step === step).slice(0, -RUNS_A_STEP)) {
      remove(old);
    }
    const total = (): number => kept.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const old of kept.slice(0, -1)) {
      if (total() <= TOTAL) break;
      remove(old);
    }
  };

  const past = readdirSync(root)
    .flatMap((id) => {
      try {
        return [pastRun(folderOf(id))];
      } catch {
        // Its writer crashed before it had done anything.
        remove({ id });
        return [];
      }
    })
    .sort((left, right) => left.status.startedAt - right.status.startedAt);
  for (const run of past) keep(run);
  return { folderOf, keep, past: past.filter(({ id }) => kept.some((other) => other.id === id)) };
};

/** Bytes; none where the reader has removed it under the run. */
const sizeOf = (folder: string): number => {
  try {
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  } catch {
    return 0;
  }
};
