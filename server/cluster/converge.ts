/** Waits until what a step declares has become true of the cluster, and stays so. */
import type { ClusterCheck } from '../lessons/check.ts';
import { unmet } from './unmet.ts';
import type { Watcher } from './watcher.ts';

/** Milliseconds that a verdict has to last: elections and rebalances pass through states that look done. */
const STABLE = 1_000;

export interface Convergence {
  /** Milliseconds until it is given up; without, it is not. */
  readonly deadline: number | undefined;
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** Why it does not hold yet, whenever that is something new; empty once it holds, and is to last. */
  say(reason: string): void;
}

/**
 * Not until the deadline where waiting cannot help: the cluster is down, say.
 *
 * @returns `undefined` once it holds; else why it does not, as it was said last.
 */
export const converge = async (
  watcher: Pick<Watcher, 'observe' | 'expectChange'>,
  checks: readonly ClusterCheck[],
  { deadline, signal, say }: Convergence,
): Promise<string | undefined> => {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const from = performance.now();
  let said = NOT_SEEN;
  let verdict: { readonly reason: string | undefined; readonly since: number } | undefined;
  const tell = (reason: string): void => {
    if (reason === said) return;
    said = reason;
    say(reason);
  };
  const end = (): void => resolve(said);
  const timer = deadline === undefined ? undefined : setTimeout(end, deadline);
  signal.addEventListener('abort', end);
  watcher.expectChange();
  const leave = watcher.observe((state) => {
    // What was seen before the step had ended proves nothing of what it did.
    if (state.seenAt === null || state.seenAt < from) return;
    const missing = checks
      .map((check) => unmet(check, state, from, checks))
      .find((each) => each !== undefined);
    tell(missing?.reason ?? '');
    // Who waits for as long as it takes, waits also for the reader to mend it.
    const decided = missing === undefined || (missing.hopeless && deadline !== undefined);
    if (!decided) verdict = undefined;
    else if (verdict === undefined || verdict.reason !== missing?.reason)
      verdict = { reason: missing?.reason, since: state.at };
    else if (state.at - verdict.since >= STABLE) resolve(verdict.reason);
  });
  return promise.finally(() => {
    leave();
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  });
};

/** While nothing has been seen at all. */
const NOT_SEEN = '클러스터를 아직 볼 수 없습니다.';
