/**
 * Which processes are ours, by an argument in their command line: a pid alone may belong to
 * somebody else by now.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { commandsWith } from '../command-lines.ts';
import { CONTAINERS, type Container, type Owner } from '../lab.ts';
import type { Site } from './site.ts';

/** `container`: a broker or ZooKeeper itself. `exec`: a tool that was run in it. */
export type Role = 'container' | 'exec';

export interface Ours {
  readonly pid: number;
  readonly role: Role;
  readonly container: Container;
  /** Whoever ran a tool. */
  readonly owner: Owner;
  /** Stopped by SIGSTOP. */
  readonly paused: boolean;
}

/** On the command line of a tool. */
export const ownerFlag = (owner: Owner): string => `-Dlab.owner=${owner}`;

/** The folder by its digest: ps prints a path in Korean as it pleases. */
export const marker = (site: Site, role: Role, container: Container): string =>
  `-Dlab.${role}=${createHash('sha256').update(site.root).digest('hex').slice(0, 16)}:${container}`;

/** All of ours that run now, or those of `pids` that do. Zombies do not run. */
export const ours = async (site: Site, pids?: readonly number[]): Promise<readonly Ours[]> => {
  if (pids?.length === 0) return [];
  return (await commandsWith('-Dlab.', pids)).flatMap(({ pid, line, paused }) => {
    const owner = line.includes(` ${ownerFlag('sidecar')} `) ? 'sidecar' : 'cli';
    for (const role of ['container', 'exec'] as const) {
      for (const container of CONTAINERS) {
        if (line.includes(` ${marker(site, role, container)} `))
          return { pid, role, container, owner, paused };
      }
    }
    return [];
  });
};

/**
 * Whether a process that has no command line any more still has its files and ports: those go with
 * the last of its threads, tens of milliseconds later (measured: 12 of 12 killed JVMs).
 */
export const isDying = (pid: number): Promise<boolean> =>
  (existsSync('/proc/self/stat') ? isDyingByProc(pid) : isDyingByPs(pid)).catch(() => false);

/** Bit of the kernel's `flags` (include/linux/sched.h), the 9th field of proc_pid_stat(5). */
const EXITING = 0x4;

const isDyingByProc = async (pid: number): Promise<boolean> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // From the 3rd field on.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, flags, threads] = [fields[0], Number(fields[6]), Number(fields[17])];
  return (flags & EXITING) !== 0 && !(state === 'Z' && threads === 1);
};

/**
 * Linux: a zombie with threads. macOS: one that is trying to exit. On both, ps puts the name of one
 * that has given up its command line into brackets.
 */
const isDyingByPs = async (pid: number): Promise<boolean> => {
  const { stdout } = await run('ps', ['-p', `${pid}`, '-o', 'stat=,args=']);
  const [, stat = '', args = ''] = /^(\S+)\s+(.*)$/.exec(stdout.trim()) ?? [];
  return /^Z.*l|E/.test(stat) || (!stat.startsWith('Z') && /^[[(].*[\])]/.test(args));
};

const run = promisify(execFile);
