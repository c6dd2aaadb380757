/**
 * Signals for what runs in a container: the Engine API has none for an exec. Each one carries a
 * mark in its environment, which its children inherit; a second exec finds the mark in /proc.
 */
import { createHash } from 'node:crypto';
import type { Signal } from '../../protocol.ts';
import { SIGNALS } from '../spawn/group.ts';
import { type Engine, refusalOf } from './engine.ts';
import type { Site } from './site.ts';

export const MARK = 'LAB_EXEC';

/**
 * In the environment of what a sidecar has run: whatever is left of it after a crash. Two sidecars of
 * one checkout, with homes of their own, have the same containers, but not the same tools in them.
 */
export const ownerMark = ({ notes }: Pick<Site, 'notes'>): string =>
  `LAB_OWNER=${createHash('sha256').update(notes).digest('hex').slice(0, 16)}`;

/**
 * $1 the signal, $2 the entry. Bash alone, since images differ in what else they have. Succeeds if
 * there was a process to signal.
 */
const SCRIPT = `
found=1
for process in /proc/[0-9]*; do
  while IFS= read -r -d '' entry; do
    if [[ $entry == "$2" ]]; then
      kill -s "$1" "\${process#/proc/}" && found=0
      break
    fi
  done < "$process/environ"
done 2> /dev/null
exit $found
`;

export type Signalled = 'found' | 'none' | 'paused' | 'gone';

/** Of one exec. `gone`: the container does not run, and so nothing in it does. */
export const signalMarked = (
  engine: Engine,
  container: string,
  mark: string,
  signal: Signal,
): Promise<Signalled> => signalEntry(engine, container, `${MARK}=${mark}`, signal);

/** Whatever has this entry in its environment. */
export const signalEntry = async (
  { docker }: Engine,
  container: string,
  entry: string,
  signal: Signal,
): Promise<Signalled> => {
  try {
    const exec = await docker.getContainer(container).exec({
      Cmd: ['bash', '-c', SCRIPT, 'lab-signal', SIGNALS[signal].replace('SIG', ''), entry],
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
