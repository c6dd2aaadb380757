/**
 * Running processes by what is in their command line. Read from /proc where there is one (no process
 * is started), else by ps.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

interface Seen {
  readonly pid: number;
  /** The arguments, joined by blanks. */
  readonly line: string;
  readonly paused: boolean;
}

/** Those that run now, of `pids` if given, with this text in their command line. */
export const commandsWith = async (
  text: string,
  pids?: readonly number[],
): Promise<readonly Seen[]> =>
  (await (existsSync('/proc/self/cmdline') ? fromProc(text, pids) : fromPs(pids))).filter(
    ({ line }) => line.includes(text),
  );

const fromProc = async (text: string, pids: readonly number[] | undefined): Promise<Seen[]> => {
  const all = pids ?? (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const seen = await Promise.all(
    all.map(async (pid) => {
      try {
        const line = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
        // Most are others': of those, no more is asked.
        if (!line.includes(text)) return [];
        const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
        // `pid (name) S …`: the name may hold anything, a parenthesis too.
        return { pid, line, paused: stat[stat.lastIndexOf(')') + 2] === 'T' };
      } catch {
        // It has ended.
        return [];
      }
    }),
  );
  return seen.flat();
};

const run = promisify(execFile);

const fromPs = async (pids: readonly number[] | undefined): Promise<Seen[]> => {
  const which = pids === undefined ? ['-ax'] : ['-p', pids.join(',')];
  // It exits with 1 when none of the pids runs.
  const { stdout } = await run('ps', ['-ww', ...which, '-o', 'pid=,stat=,args='], {
    maxBuffer: 16 * 1024 * 1024,
  }).catch(() => ({ stdout: '' }));
  return stdout.split('\n').flatMap((row) => {
    const [, pid, stat, line] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(row) ?? [];
    if (pid === undefined || stat === undefined || line === undefined) return [];
    return { pid: Number(pid), line: `${line} `, paused: stat.startsWith('T') };
  });
};
