/**
 * Signals for what runs in a container: the Engine API has none for an exec. Each one carries a
 * mark in its environment, which its children inherit; a second exec finds the mark in /proc.
 */
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Signal } from '../../protocol.ts';
import { SIGNALS } from '../spawn/group.ts';
import { type Engine, refusalOf } from './engine.ts';
import type { Site } from './site.ts';

export const MARK = 'LAB_EXEC';

/**
 * In the environment of what a sidecar has run: whatever is left of it after a crash. Two sidecars of
 * one checkout, with homes of their own, have the same containers, but not the same tools in them.
 */
export const ownerMark = ({ notes, session }: Pick<Site, 'notes' | 'session'>): string =>
  `LAB_OWNER=${createHash('sha256').update(notes).digest('hex').slice(0, 16)}.${session}`;

/** A process has an entry in its environment that begins so. */
export interface Marked {
  readonly entry: string;
  /** Not those that have exactly this one. */
  readonly except?: string;
}

/** What earlier sidecars of this home have run. */
export const leftBehind = (site: Pick<Site, 'notes' | 'session'>): Marked => {
  const own = ownerMark(site);
  return { entry: own.slice(0, -site.session.length), except: own };
};

/** What one exec has run. */
export const ofExec = (mark: string): Marked => ({ entry: `${MARK}=${mark}` });

/**
 * $1 the signal, $2 how an entry begins, $3 which one does not count. Bash alone, since images differ
 * in what else they have. Succeeds if there was a process to signal.
 */
const SCRIPT = `
found=1
for process in /proc/[0-9]*; do
  while IFS= read -r -d '' entry; do
    if [[ $entry == "$2"* && $entry != "$3" ]]; then
      kill -s "$1" "\${process#/proc/}" && found=0
      break
    fi
  done < "$process/environ"
done 2> /dev/null
exit $found
`;

export type Signalled = 'found' | 'none' | 'paused' | 'gone';

/** `gone`: the container does not run, and so nothing in it does. */
export const signalMarked = async (
  { docker }: Engine,
  container: string,
  { entry, except = '' }: Marked,
  signal: Signal,
): Promise<Signalled> => {
  try {
    const exec = await docker.getContainer(container).exec({
      Cmd: [
        ...['bash', '-c', SCRIPT, 'lab-signal'],
        ...[SIGNALS[signal].replace('SIG', ''), entry, except],
      ],
      AttachStdout: true,
    });
    const stream = await exec.start({});
    await new Promise((resolve) => stream.resume().once('close', resolve));
    return (await exec.inspect()).ExitCode === 0 ? 'found' : 'none';
  } catch (error) {
    const status = refusalOf(error);
    if (status === 404) return 'gone';
    if (status !== 409) throw error;
    return /paused/.test(String(error)) ? 'paused' : 'gone';
  }
};

const UNPAUSED_POLL_MS = 500;

/**
 * Kills once the container goes on: nothing in a paused one can be signalled. As long as this process
 * lives, and without keeping it alive.
 */
export const killWhenUnpaused = async (
  engine: Engine,
  container: string,
  marked: Marked,
): Promise<void> => {
  try {
    while ((await tryKill(engine, container, marked)) === 'paused') {
      await setTimeout(UNPAUSED_POLL_MS, undefined, { ref: false });
    }
  } catch {
    // The engine is gone, and what runs in it too.
  }
};

/** While a container is just about to go on, the engine may refuse with any reason. */
const tryKill = (engine: Engine, container: string, marked: Marked): Promise<Signalled> =>
  signalMarked(engine, container, marked, 'kill').catch((error: unknown) => {
    if (refusalOf(error) === undefined) throw error;
    return 'paused' as const;
  });
