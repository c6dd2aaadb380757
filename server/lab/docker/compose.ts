/** The compose CLI: `docker compose`, else `docker-compose`; arguments as they are, no shell. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { LabError } from '../../errors.ts';
import type { Stdio } from '../lab.ts';
import { spawnProcess } from '../spawn.ts';
import { isNameless, NAMELESS } from './project.ts';
import type { Site } from './site.ts';

export interface Compose {
  readonly command: string;
  /** What comes before every subcommand: `['compose']` or nothing. */
  readonly args: readonly string[];
}

const execute = promisify(execFile);

/** @throws LabError where there is none. */
export const findCompose = async (
  env: NodeJS.ProcessEnv = process.env,
): Promise<Compose & { readonly version: string }> => {
  const compose = await locate(env);
  const args = [...compose.args, 'version', '--short'];
  try {
    const { stdout } = await execute(compose.command, args, { env });
    return { ...compose, version: stdout.trim().replace(/^v/, '') };
  } catch (error) {
    throw new LabError(
      'unavailable',
      `${compose.command} 이(가) 있지만 실행되지 않습니다. ${compose.command} ${args.join(' ')} 를 직접 실행해 보고 다시 설치하세요.`,
      { cause: error },
    );
  }
};

/** Without asking v1 for its version, which takes it half a second. */
const locate = async (env: NodeJS.ProcessEnv): Promise<Compose> => {
  const plugin = { command: 'docker', args: ['compose'] };
  try {
    await execute(plugin.command, [...plugin.args, 'version'], { env });
    return plugin;
  } catch {
    // No docker CLI, or one without the plugin.
  }
  if (onPath('docker-compose', env)) return { command: 'docker-compose', args: [] };
  throw new LabError(
    'unavailable',
    'docker compose(또는 docker-compose)가 없습니다. Docker Desktop을 설치하거나, 리눅스라면 docker-compose-plugin 패키지를 설치하세요. Docker 없이 하려면 LAB=local 을 붙여 시작하세요.',
  );
};

const onPath = (command: string, env: NodeJS.ProcessEnv): boolean =>
  (env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const found = new WeakMap<NodeJS.ProcessEnv, Promise<Compose>>();

/** Looked for once; one that could not be found is looked for again. */
export const composeOf = ({ env }: Pick<Site, 'env'>): Promise<Compose> => {
  const known =
    found.get(env) ??
    locate(env).catch((error: unknown) => {
      found.delete(env);
      throw error;
    });
  found.set(env, known);
  return known;
};

export const folderArgs = ({ root }: Pick<Site, 'root'>): string[] => ['--project-directory', root];

/**
 * The file and the folder are always named, so that the labels are those which the learner's own
 * `docker-compose up -d` sets, in the root or in examples/.
 */
export const composeArgs = (
  { root, env }: Pick<Site, 'root' | 'env'>,
  { args }: Compose,
  ...words: readonly string[]
): string[] => [
  ...args,
  '-f',
  join(root, 'docker-compose.yml'),
  ...folderArgs({ root }),
  ...(isNameless(root, env) ? ['-p', NAMELESS] : []),
  ...words,
];

/** How long compose may take to end after Ctrl+C: it waits for the request that is under way. */
const PATIENCE_MS = 15_000;

/** Runs it, its output passed through; gives its exit code. Ctrl+C reaches it, then the caller. */
export const compose = async (
  site: Site,
  words: readonly string[],
  stdio: Stdio,
  abort?: AbortSignal,
): Promise<number> => {
  const [engine, cli] = await Promise.all([site.engine(), composeOf(site)]);
  abort?.throwIfAborted();
  const child = spawnProcess(cli.command, composeArgs(site, cli, ...words), {
    cwd: site.root,
    env: composeEnv(site, engine.host, stdio),
    interactive: false,
    tty: false,
    // After Ctrl+C, compose v1 has only a page of Python to say.
    stdio: { ...stdio, stderr: (bytes) => abort?.aborted || stdio.stderr(bytes) },
  });
  let impatience: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.signal('interrupt');
    impatience = setTimeout(() => child.signal('kill'), PATIENCE_MS);
  };
  abort?.addEventListener('abort', stop, { once: true });
  try {
    const code = await child.exited;
    abort?.throwIfAborted();
    return code;
  } finally {
    clearTimeout(impatience);
    abort?.removeEventListener('abort', stop);
  }
};

/** The engine that we have found, whichever way compose would look for one. */
const composeEnv = ({ env }: Site, host: string, { size }: Stdio): NodeJS.ProcessEnv => {
  const { DOCKER_CONTEXT: _, ...rest } = env;
  // Compose v1 fits its tables to this width.
  return { ...rest, DOCKER_HOST: host, ...(size !== undefined && { COLUMNS: `${size.cols}` }) };
};
