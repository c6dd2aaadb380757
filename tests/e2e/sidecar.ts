import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { census } from '../../server/lab/docker/containers.ts';
import { makeSite } from '../../server/lab/docker/site.ts';
import { freePort } from '../free-port.ts';
import { waitFor } from '../wait.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The tests' own state; its jars are kept between runs, everything else is made anew. */
export const HOME = join(ROOT, '.lab-test/e2e');
export const PORT = await freePort();

// Each file of tests is a reader who has run nothing yet.
rmSync(join(HOME, 'runs'), { recursive: true, force: true });

/** On Docker, volumes of the tests' own: the project of this folder may be somebody's lab. */
const PROJECT = 'kafka-lab-e2e';

const env = {
  ...process.env,
  LAB_HOME: HOME,
  PORT: String(PORT),
  LAB: process.env.LAB ?? 'local',
  COMPOSE_PROJECT_NAME: PROJECT,
};

/** @throws where the guide's containers are not the tests': they would be in the way, or be removed. */
export const refuseOthersCluster = async (): Promise<void> => {
  if (env.LAB !== 'docker') return;
  const site = makeSite({ root: ROOT, home: HOME, env, owner: 'cli' });
  const { strangers, project } = await census(site);
  if (strangers.length > 0) {
    throw new Error(`these are somebody else's: ${strangers.map(({ name }) => name).join(', ')}`);
  }
  if (project !== PROJECT) {
    throw new Error('a cluster of this folder exists: npm run -s lab -- docker-compose down');
  }
};

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program of the project, as npm would run it, with what it prints. */
export class Program {
  stdout = '';
  stderr = '';
  readonly child: ChildProcess;
  readonly exited: Promise<Finished>;

  constructor(script: string, args: readonly string[], other: NodeJS.ProcessEnv = {}) {
    this.child = spawn(process.execPath, [join(ROOT, script), ...args], {
      cwd: ROOT,
      env: { ...env, ...other },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.exited = new Promise((resolve) => {
      this.child.on('close', (code) => resolve({ code, stdout: this.stdout, stderr: this.stderr }));
    });
  }
}

/**
 * `npm start`. Resolves with the printed address.
 *
 * @param other what is different in its environment.
 */
export const startSidecar = async (
  other: NodeJS.ProcessEnv = {},
): Promise<{ program: Program; address: string }> => {
  const program = new Program('server/index.ts', [], other);
  const address = await waitFor(
    'the line Ready: …',
    () => {
      if (program.child.exitCode !== null)
        throw new Error(`it ended: ${program.stdout}${program.stderr}`);
      return /^Ready: (\S+)$/m.exec(program.stdout)?.[1];
    },
    120_000,
  );
  return { program, address };
};

/** `npm run -s lab -- …`, to its end. */
export const lab = (...words: string[]): Promise<Finished> =>
  new Program('server/cli.ts', words).exited;

/**
 * The command lines of what this folder's runs have started and that still runs. On Docker those in
 * containers, too: this machine sees them, and nobody else's cluster is there.
 */
export const left = async (): Promise<string[]> => {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid,args']);
  const ours = /kafka\.(tools|admin)\.|(_example|failure|create_topic)\.ts/;
  return stdout
    .split('\n')
    .filter((line) => ours.test(line) && (env.LAB === 'docker' || line.includes(ROOT)));
};
