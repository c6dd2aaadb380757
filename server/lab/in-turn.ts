import { complain, say } from './korean.ts';
import type { Container, Stdio } from './lab.ts';

/** `undefined` when it is done, else why it was refused. */
export type Refusal = string | undefined;

/** As docker: each in turn, its name when it is done; 1 if one was refused. */
export const inTurn = async (
  names: readonly Container[],
  stdio: Stdio,
  once: (name: Container) => Promise<Refusal>,
): Promise<number> => {
  let code = 0;
  for (const name of names) {
    const refusal = await once(name);
    if (refusal === undefined) {
      say(stdio, name);
    } else {
      complain(stdio, refusal);
      code = 1;
    }
  }
  return code;
};
