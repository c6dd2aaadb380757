import { fileURLToPath } from 'node:url';
import { EVENTS_OF } from '../event-escape.ts';
import type { Lab, Process, Stdio } from '../lab/lab.ts';
import { task } from '../lab/process.ts';
import { spawnProcess } from '../lab/spawn.ts';
import type { Action, Command } from '../lessons/action.ts';
import { pipe } from './pipe.ts';
import { prune } from './prune.ts';

/** Where the guide's commands are typed, and where its programs are. */
const EXAMPLES = new URL('../../examples/', import.meta.url);

/** How the programs in examples/ are run. */
export interface Programs {
  /** Of Node's. */
  readonly flags: readonly string[];
  /** The run whose page draws what they tell beside their text. */
  readonly drawnOf?: string;
}

const TYPED: Programs = { flags: [] };

/** Begins one command; the process that it returns is the caller's to signal and to wait for. */
export const perform = (
  { action, grep }: Command,
  lab: Lab,
  stdio: Stdio,
  programs = TYPED,
): Process =>
  grep === undefined
    ? performAction(action, lab, stdio, programs)
    : // What they tell would be part of some line, and go with it.
      pipe((into) => performAction(action, lab, into, { flags: programs.flags }), grep, stdio);

const performAction = (
  action: Action,
  lab: Lab,
  stdio: Stdio,
  { flags, drawnOf }: Programs,
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
          env: { ...process.env, ...(drawnOf !== undefined && { [EVENTS_OF]: drawnOf }) },
          tty: true,
          interactive: true,
          stdio,
        },
      );
  }
};
