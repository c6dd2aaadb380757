import { basename } from 'node:path';

/**
 * What compose calls the project of this folder, by itself (v1 and v2 alike): networks and volumes
 * begin with it. Compose v1 says `default` where nothing is left of the name, as of one that is all
 * Korean; v2 refuses.
 */
export const projectName = (root: string, env: NodeJS.ProcessEnv): string =>
  env.COMPOSE_PROJECT_NAME || normalised(basename(root)) || NAMELESS;

/** Whether compose has to be told a name. */
export const isNameless = (root: string, env: NodeJS.ProcessEnv): boolean =>
  !env.COMPOSE_PROJECT_NAME && normalised(basename(root)) === '';

export const NAMELESS = 'default';

const normalised = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^-_a-z0-9]/g, '')
    .replace(/^[-_]+/, '');
