/** A Docker lab under test: a folder and a compose project of its own, in front of the real engine. */

import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { census } from '../../server/lab/docker/containers.ts';
import { findEngine } from '../../server/lab/docker/engine.ts';
import { makeSite, SERVICES, type Site } from '../../server/lab/docker/site.ts';
import { createDockerLab } from '../../server/lab/docker.ts';
import type { Lab, Owner } from '../../server/lab/lab.ts';
import { capture, until } from '../integration/capture.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
/** Git-ignored. */
const SHARED = join(REPOSITORY, '.lab-test');

export interface DockerHome {
  /** The folder of its docker-compose.yml; beside it is examples/. */
  readonly root: string;
  readonly site: Site;
  /** The folder of what the lab notes. */
  readonly home: string;
  lab(options?: { owner?: Owner; env?: NodeJS.ProcessEnv }): Lab;
  /** Removes whatever there is of this project, and the folder. */
  dispose(): Promise<void>;
}

/** @throws where no engine answers, or a cluster of somebody else's has the guide's names. */
export const makeDockerHome = async (): Promise<DockerHome> => {
  await findEngine();
  mkdirSync(SHARED, { recursive: true });
  const folder = mkdtempSync(join(SHARED, 'docker-'));
  // Compose names the project after this folder: no other test, and no learner, has it.
  const root = join(folder, `lab-test-${process.pid}-${Date.now()}`);
  mkdirSync(join(root, 'examples'), { recursive: true });
  copyFileSync(join(REPOSITORY, 'docker-compose.yml'), join(root, 'docker-compose.yml'));
  const home = join(folder, 'home');
  const site = makeSite({ root, home, env: process.env, owner: 'cli' });
  const lab: DockerHome['lab'] = ({ owner = 'cli', env = {} } = {}) =>
    createDockerLab({ root, home, owner, env: { ...process.env, ...env } });
  const { strangers } = await census(site);
  if (strangers.length > 0) {
    throw new Error(`these are somebody else's: ${strangers.map(({ name }) => name).join(', ')}`);
  }
  return {
    root,
    site,
    home,
    lab,
    dispose: async () => {
      const { ours } = await census(site);
      const ids = SERVICES.flatMap((service) => ours.get(service)?.id ?? []);
      if (ids.length > 0) await docker('rm', '-f', '-v', ...ids);
      await lab().down({ volumes: true }, capture().stdio).exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const run = promisify(execFile);

/** The learner's own terminal. */
export const docker = async (...args: string[]): Promise<string> =>
  (await run('docker', args)).stdout.trim();

/** Once its processes can be frozen: runc gives up on a cgroup in which new ones are being made. */
export const pause = (container: string): Promise<boolean> =>
  until(`${container} to be paused`, () =>
    docker('pause', container).then(
      () => true,
      (error: unknown) => {
        if (!String(error).includes('unable to freeze')) throw error;
        return false;
      },
    ),
  );
