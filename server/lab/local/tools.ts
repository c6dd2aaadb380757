/** Kafka's command line tools, each a main class of its jars (3.9). */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { LabError } from '../../errors.ts';
import { sayIfContainerEnded } from '../ended-with.ts';
import { isAbsent, isExited, isPaused } from '../korean.ts';
import type { Container, ExecOptions, Process, Stdio } from '../lab.ts';
import { MAIN_CLASS } from '../main-classes.ts';
import { later } from '../spawn/later.ts';
import { spawnProcess } from '../spawn.ts';
import { archivePath, makeArchive, sealArchive, useArchive } from './archives.ts';
import { observeOne } from './containers.ts';
import { send } from './halt.ts';
import { jvmEnvironment, jvmFlags } from './jvm.ts';
import { marker, ours, ownerFlag } from './processes.ts';
import { knownRuntime, type Runtime } from './runtime.ts';
import { portsOf, type Site } from './site.ts';

/** What is still there then cannot be killed, and must not keep the sidecar from starting. */
const REAP_TRIES = 100;
const POLL_MS = 50;

const toolFlags = (site: Site): string[] => [
  '-Xmx512m',
  ...jvmFlags(site, 'tools-log4j.properties'),
];

/** `docker exec`: runs a tool as if in the container, which must run. */
export const exec = (
  site: Site,
  name: Container,
  { tool, args, interactive, tty }: ExecOptions,
  stdio: Stdio,
): Process =>
  later(async (cancelled) => {
    await mustRun(site, name);
    const runtime = knownRuntime(site);
    await access(runtime.java).catch(() => {
      throw new LabError(
        'unavailable',
        `${runtime.java} 이(가) 없습니다. Java를 다시 설치하거나, docker-compose down 한 뒤 docker-compose up -d 로 새 Java를 찾게 하세요.`,
      );
    });
    cancelled.throwIfAborted();
    const flags = [
      ...toolFlags(site),
      ...useArchive(archivePath(site, runtime, 'tools')),
      marker(site, 'exec', name),
      ownerFlag(site.owner),
    ];
    const process = spawnProcess(runtime.java, [...flags, MAIN_CLASS[tool], ...args], {
      env: jvmEnvironment(runtime),
      interactive,
      tty,
      stdio,
    });
    const runs = async (): Promise<boolean> => (await observeOne(site, name)).state !== 'exited';
    return sayIfContainerEnded(process, name, runs, stdio);
  });

const mustRun = async (site: Site, name: Container): Promise<void> => {
  const { state } = await observeOne(site, name);
  if (state === 'running') return;
  const what = {
    absent: isAbsent,
    exited: isExited,
    paused: isPaused,
  };
  throw new LabError('cluster-down', what[state](name));
};

/** Ends the tools that a sidecar has run and, killed itself, could not end. */
export const reapTools = async (site: Site): Promise<void> => {
  for (let tries = 0; tries < REAP_TRIES; tries += 1) {
    const left = (await ours(site)).filter(
      ({ role, owner }) => role === 'exec' && owner === 'sidecar',
    );
    if (left.length === 0) return;
    for (const { pid } of left) send(pid, 'SIGKILL');
    await setTimeout(POLL_MS);
  }
};

/**
 * Makes the tools' archive, once, by running one of them: the client's classes are common to all. Where it
 * cannot be made, the tools run without.
 */
export const archiveTools = async (
  site: Site,
  runtime: Runtime,
  abort: AbortSignal,
): Promise<void> => {
  const path = archivePath(site, runtime, 'tools');
  if (existsSync(path)) return;
  const bootstrap = `localhost:${portsOf(site, 'kafka1')[0]}`;
  const child = spawn(
    runtime.java,
    [
      ...toolFlags(site),
      ...makeArchive(path),
      marker(site, 'exec', 'kafka1'),
      ...[MAIN_CLASS['kafka-topics'], '--bootstrap-server', bootstrap, '--list'],
    ],
    { env: jvmEnvironment(runtime), stdio: 'ignore', signal: abort, killSignal: 'SIGKILL' },
  );
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
  abort.throwIfAborted();
  if (code === 0) sealArchive(path);
};
