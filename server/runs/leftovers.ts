/**
 * Programs of examples/ that outlived a sidecar which was killed. Most end with their terminal, but
 * brokers that were started meanwhile may have inherited that, and keep it open.
 */
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { commandsWith } from '../lab/command-lines.ts';

/** A flag of Node's that changes nothing, by which the programs of this folder's sidecar are known. */
export const leftoverMark = (home: string): string =>
  `--conditions=lab-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;

/** Milliseconds to commit, to leave the group and to sum up. */
const GRACE = 5_000;
const POLL = 50;

/** Ends them; a drill is told to, and puts its brokers back first, which nobody waits for here. */
export const endLeftovers = async (home: string): Promise<void> => {
  const mark = leftoverMark(home);
  const others = async () =>
    (await commandsWith(mark)).filter(({ line }) => !line.includes('test_broker_failure'));
  for (const { pid } of await commandsWith(mark)) send(pid, 'SIGTERM');
  const deadline = performance.now() + GRACE;
  while ((await others()).length > 0 && performance.now() < deadline) await setTimeout(POLL);
  for (const { pid } of await others()) send(pid, 'SIGKILL');
};

const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // ESRCH: it has ended.
  }
};
