import { fileURLToPath } from 'node:url';
import type { Lab, Process, Stdio } from '../lab/lab.ts';
import { task } from '../lab/process.ts';
import { spawnProcess } from '../lab/spawn.ts';
import type { Action, Command } from '../lessons/action.ts';
import { pipe } from './pipe.ts';
import { prune } from './prune.ts';

/** Where the guide's commands are typed, and where its programs are. */
const EXAMPLES = new URL('../../examples/', import.meta.url);

/**
 * Begins one command; the process that it returns is the caller's to signal and to wait for.
 *
 * @param flags of Node's, for the programs in examples/.
 */
export const perform = (
  { action, grep }: Command,
  lab: Lab,
  stdio: Stdio,
  flags: readonly string[] = [],
): Process =>
  grep === undefined
    ? performAction(action, lab, stdio, flags)
    : pipe((into) => performAction(action, lab, into, flags), grep, stdio);

const performAction = (
  action: Action,
  lab: Lab,
  stdio: Stdio,
  flags: readonly string[],
): Process => {
  switch (action.kind) {
    case 'cd':
      return task(async () => 0);
    case 'up':
      return lab.up(stdio);
    case 'ps':
      return lab.ps(stdio);
    case 'down':
      return lab.down(action, stdio);
    case 'prune':
      return prune(lab, stdio);
    case 'control':
      return lab.control(action.verb, action.containers, stdio);
    case 'logs':
      return lab.logs(action.container, action, stdio);
    case 'exec':
      return lab.exec(action.container, action, stdio);
    case 'example':
      return spawnProcess(
        process.execPath,
        [...flags, fileURLToPath(new URL(`${action.program}.ts`, EXAMPLES)), ...action.args],
        {
          cwd: fileURLToPath(EXAMPLES),
          env: process.env,
          tty: true,
          interactive: true,
          stdio,
        },
      );
  }
};
