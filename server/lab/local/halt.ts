/** Ending the processes of containers. */
import { setTimeout } from 'node:timers/promises';
import type { Container } from '../lab.ts';
import { sealArchive } from './archives.ts';
import type { Observed } from './containers.ts';
import { exitOf, type Started } from './exits.ts';
import { isDying, ours } from './processes.ts';
import { type ContainerRecord, writeRecord } from './record.ts';
import type { Site } from './site.ts';

const POLL_MS = 50;

export interface HaltOptions {
  /** Milliseconds that it may take to end in order; 0 ends it at once, as `docker kill` does. */
  readonly grace: number;
  readonly abort?: AbortSignal | undefined;
  /** As each one ends; `forced` when its time was up. */
  readonly ended?: ((name: Container, forced: boolean) => void) | undefined;
}

/** 128 + SIGTERM and 128 + SIGKILL. */
const STOPPED = 143;
const KILLED = 137;

/**
 * Ends those of `containers` that run, all at once, and the tools that run in them; notes how they
 * ended. The caller holds the lock. Aborted, it still waits for them, and then throws: the next `up`
 * would take one that is about to end for one that runs.
 */
export const halt = async (
  site: Site,
  containers: readonly Observed[],
  options: HaltOptions,
): Promise<void> => {
  await Promise.all(
    containers.map(async ({ name, state, record }) => {
      if (record === undefined || (state !== 'running' && state !== 'paused')) return;
      const forced = await end(site, name, record, options);
      await endTools(site, name);
      settle(site, name, record, forced);
      options.ended?.(name, forced && options.grace > 0);
    }),
  );
  options.abort?.throwIfAborted();
};

/** Ends one process; returns whether it had to be killed. */
export const end = async (
  site: Site,
  name: Container,
  process: Started,
  { grace }: Pick<HaltOptions, 'grace'>,
): Promise<boolean> => {
  const { pid } = process;
  const deadline = performance.now() + grace;
  if (grace > 0) {
    send(pid, 'SIGTERM');
    // A paused process hears SIGTERM when it goes on.
    send(pid, 'SIGCONT');
    while (performance.now() < deadline) {
      if (!(await runs(site, name, process))) return false;
      await setTimeout(POLL_MS);
    }
  }
  send(pid, 'SIGKILL');
  while (await runs(site, name, process)) await setTimeout(POLL_MS);
  return true;
};

/** Until its ports are free: the next command may start it again. */
const runs = async (site: Site, name: Container, process: Started): Promise<boolean> =>
  exitOf(process) === undefined &&
  ((await ours(site, [process.pid])).some(({ container }) => container === name) ||
    (await isDying(process.pid)));

/** As Docker does: what was run in a container ends with it. */
const endTools = async (site: Site, name: Container): Promise<void> => {
  for (const { pid, role, container } of await ours(site)) {
    if (role === 'exec' && container === name) send(pid, 'SIGKILL');
  }
};

const settle = (site: Site, name: Container, record: ContainerRecord, forced: boolean): void => {
  // Another process's child: the signal that ended it is all that is known, and enough.
  const exit = exitOf(record) ?? { code: forced ? KILLED : STOPPED, at: Date.now() };
  if (record.archive !== undefined && exit.code === STOPPED) sealArchive(record.archive);
  writeRecord(site, name, { ...record, archive: undefined, exit });
};

export const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // ESRCH: it has ended, which the caller looks at anyway.
  }
};
