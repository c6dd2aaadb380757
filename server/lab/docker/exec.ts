/** `docker exec`: one of Kafka's tools in a container that runs. */
import { setTimeout } from 'node:timers/promises';
import { LabError } from '../../errors.ts';
import { sayIfContainerEnded } from '../ended-with.ts';
import { isAbsent, isExited, isPaused } from '../korean.ts';
import { type Container, type ExecOptions, isBroker, type Process, type Stdio } from '../lab.ts';
import { later } from '../spawn/later.ts';
import { FLAGS, makeArchive, toolFlags } from './archive.ts';
import { type Census, census, type Found, stateOf } from './containers.ts';
import { ask, refusalOf } from './engine.ts';
import { killWhenUnpaused, leftBehind, ownerMark, signalMarked } from './marked.ts';
import { openSession } from './session.ts';
import type { Site } from './site.ts';

export const exec = (
  site: Site,
  name: Container,
  { tool, args, interactive, tty }: ExecOptions,
  stdio: Stdio,
): Process =>
  later(async (cancelled) => {
    const engine = await site.engine();
    const { id } = mustRun(await census(site), name);
    const flags = await toolFlags(engine, id);
    // The learner may have started the cluster in a terminal of their own.
    if (isBroker(name) && !flags.includes('SharedArchiveFile')) await makeArchive(engine, id, name);
    cancelled.throwIfAborted();
    const options = {
      container: id,
      command: [tool, ...args],
      env: [`${FLAGS}=${flags}`, UTF8, ...(site.owner === 'sidecar' ? [ownerMark(site)] : [])],
      interactive,
      tty,
      stdio,
      cancelled,
    };
    try {
      const session = await ask(engine, () => openSession(engine, options), OPENED);
      const runs = async (): Promise<boolean> => stateOf(await census(site), name) !== 'exited';
      return sayIfContainerEnded(session, name, runs, stdio);
    } catch (error) {
      if (refusalOf(error) === undefined || !(error instanceof Error)) throw error;
      // It ended, or was paused, in between; or the engine has a reason of its own.
      mustRun(await census(site), name);
      throw new LabError('unavailable', `Docker가 실행을 거절했습니다: ${error.message.trim()}`, {
        cause: error,
      });
    }
  });

/** Milliseconds: the engine starts a process for it. */
const OPENED = 30_000;

/**
 * Ends the tools that a sidecar has run and, killed itself, could not end: an exec outlives it. Those
 * in a paused container end when it goes on.
 */
export const reapTools = async (site: Site): Promise<void> => {
  const engine = await site.engine();
  const alive = [...(await census(site)).ours.values()].filter(
    ({ service, state }) => service !== 'kafka-ui' && state !== 'exited',
  );
  const marked = leftBehind(site);
  await Promise.all(
    alive.map(async ({ id }) => {
      for (let tries = 0; tries < REAP_TRIES; tries += 1) {
        const heard = await signalMarked(engine, id, marked, 'kill');
        if (heard === 'paused') void killWhenUnpaused(engine, id, marked);
        if (heard !== 'found') return;
        await setTimeout(POLL_MS);
      }
    }),
  );
};

/** What is still there then cannot be killed, and must not keep the sidecar from starting. */
const REAP_TRIES = 100;
const POLL_MS = 50;

/** Arguments in Korean reach Java whole only under a UTF-8 locale; Linux always has this one. */
const UTF8 = 'LC_ALL=C.UTF-8';

/** @throws LabError `cluster-down` that says how to start it. */
export const mustRun = ({ ours }: Census, name: Container): Found => {
  const found = ours.get(name);
  if (found?.state === 'running') return found;
  const what = { absent: isAbsent, exited: isExited, paused: isPaused };
  throw new LabError('cluster-down', what[found?.state ?? 'absent'](name));
};
