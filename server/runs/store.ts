/** The folder of all runs, `.lab/runs/`: a journal each, and how long they are kept. */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { notWritable } from '../errors.ts';
import type { Lab } from '../lab/lab.ts';
import { RunId } from '../protocol.ts';
import { NoJournal } from './journal.ts';
import { pastRun } from './past-run.ts';
import type { Run } from './run.ts';

/** Ended runs of a step: the newest, and those that another page may still ask for. */
const RUNS_A_STEP = 3;
/** Bytes of all ended runs; one has 2 MiB of output at most. */
const TOTAL = 64 * 1024 * 1024;

export interface Store {
  /** Where that run's journal is, or is going to be. */
  folderOf(id: string): string;
  /** What earlier sidecars have left of this lab's runs, the oldest first. */
  readonly past: readonly Run[];
  /** It has ended; from now on it may be removed for newer ones. Returns the ids of those that were. */
  keep(run: Pick<Run, 'id' | 'step'>): readonly string[];
  /** Removes what this lab's runs have left. */
  clear(): void;
}

/** @throws LabError `unavailable` where nothing can be written. */
export const openStore = (root: string, lab: Lab['name']): Store => {
  try {
    // Of this user alone: it holds what was typed.
    mkdirSync(root, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw notWritable(root, error);
  }
  const folderOf = (id: string): string => join(root, id);
  /** The oldest first. */
  let kept: readonly Kept[] = [];

  const remove = ({ id }: { readonly id: string }): void => {
    rmSync(folderOf(id), { recursive: true, force: true });
    kept = kept.filter((other) => other.id !== id);
  };
  const keep = ({ id, step, lab: its = lab }: Ended): readonly string[] => {
    const before = kept;
    kept = [...before, { id, step, lab: its, bytes: sizeOf(folderOf(id)) }];
    for (const old of kept.filter((other) => other.step === step).slice(0, -RUNS_A_STEP)) {
      remove(old);
    }
    const total = (): number => kept.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const old of kept.slice(0, -1)) {
      if (total() <= TOTAL) break;
      remove(old);
    }
    return before.filter((old) => !kept.includes(old)).map((old) => old.id);
  };

  const past = readdirSync(root)
    .filter((name) => RunId.safeParse(name).success)
    .flatMap((id) => {
      try {
        return [pastRun(folderOf(id))];
      } catch (error) {
        // Its writer crashed before it had done anything. What cannot be read now may be another time.
        if (error instanceof NoJournal) remove({ id });
        return [];
      }
    })
    .sort((left, right) => left.status.startedAt - right.status.startedAt);
  for (const run of past) keep(run);
  // Another lab's runs are kept like these, and shown where they have run.
  const own = past.filter((run) => run.lab === lab && kept.some(({ id }) => id === run.id));
  const clear = (): void => {
    for (const run of kept) if (run.lab === lab) remove(run);
  };
  return { folderOf, keep, clear, past: own };
};

/** Of the lab that runs now, where it is not said. */
interface Ended extends Pick<Run, 'id' | 'step'> {
  readonly lab?: Lab['name'];
}

interface Kept extends Required<Ended> {
  readonly bytes: number;
}

/** Bytes; none where the reader has removed it under the run. */
const sizeOf = (folder: string): number => {
  try {
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  } catch {
    return 0;
  }
};
