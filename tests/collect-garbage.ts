import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** What is only not collected yet is no memory that anybody holds. */
export const collectGarbage: () => void = runInNewContext('gc');
