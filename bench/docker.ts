/**
 * The Docker lab against the docker and compose CLIs alone. Needs a Docker engine, the images of
 * docker-compose.yml and the guide's ports.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ARCHIVE } from '../server/lab/docker/archive.ts';
import { composeArgs, composeOf } from '../server/lab/docker/compose.ts';
import { census } from '../server/lab/docker/containers.ts';
import { mustRun } from '../server/lab/docker/exec.ts';
import { openSession } from '../server/lab/docker/session.ts';
import { makeSite, type Site } from '../server/lab/docker/site.ts';
import { createDockerLab } from '../server/lab/docker.ts';
import type { Lab } from '../server/lab/lab.ts';
import { later } from '../server/lab/spawn/later.ts';
import { readLessons } from '../server/lessons/read.ts';
import { CONTENT } from '../server/settings.ts';
import { waitFor } from '../tests/wait.ts';
import {
  allRegistered,
  compareTimings,
  runProgram,
  SILENT,
  succeed,
  type Timing,
  timed,
  withClicks,
} from './measure.ts';
import { compare, row } from './ratio.ts';

/** Compose names the project after it: no learner's. */
const ROOT = fileURLToPath(new URL('../.lab-test/lab-bench', import.meta.url));
const options = { root: ROOT, home: join(ROOT, 'home'), env: process.env, owner: 'cli' } as const;

const DESCRIBE = 'kafka-topics --bootstrap-server kafka1:29092 --describe --topic orders';

/** `lab`, in which every tool is `echo`: the smallest exec, by the same way. */
const echoing = (lab: Lab, site: Site): Lab => ({
  ...lab,
  exec: (name, { interactive, tty }, stdio) =>
    later(async (cancelled) => {
      const engine = await site.engine();
      const { id: container } = mustRun(await census(site), name);
      const command = ['echo', 'x'];
      return openSession(engine, {
        container,
        command,
        env: [],
        interactive,
        tty,
        stdio,
        cancelled,
      });
    }),
});

const plainExec = (...command: string[]): Promise<Timing> =>
  runProgram('docker', ['exec', 'kafka1', ...command]);

const hasArchive = async (): Promise<boolean> =>
  plainExec('test', '-e', ARCHIVE).then(
    () => true,
    () => false,
  );

/** Prints the Docker lab's lines of the table. */
export const benchDocker = async (): Promise<void> => {
  mkdirSync(ROOT, { recursive: true });
  copyFileSync(new URL('../docker-compose.yml', import.meta.url), join(ROOT, 'docker-compose.yml'));
  const site = makeSite(options);
  const lab = createDockerLab(options);
  const cli = await composeOf(site);
  const down = (): Promise<void> => succeed(lab.down({ volumes: true }, SILENT).exited);
  const upOurs = async (): Promise<number> => {
    const took = await timed(() => succeed(lab.up(SILENT).exited));
    await down();
    return took;
  };
  const upPlain = async (): Promise<number> => {
    const took = await timed(async () => {
      await runProgram(cli.command, composeArgs(site, cli, 'up', '-d'));
      await waitFor('three brokers', allRegistered, 60_000);
    });
    await down();
    return took;
  };
  await down();
  try {
    const target = '≤ 1.1';
    row('Docker: `up` → three brokers registered', await compare(5, upOurs, upPlain), 'ms', target);
    await succeed(lab.up(SILENT).exited);
    const lessons = await readLessons(CONTENT);
    await waitFor('the class-data archive', hasArchive, 60_000);
    await withClicks({ lab, lessons, site: ROOT }, async (click) => {
      await click('topics/create-orders');
      await compareTimings(
        '`kafka-topics --describe` in a container',
        9,
        () => click('topics/describe-orders'),
        () => plainExec(...DESCRIBE.split(' ')),
        { firstByte: undefined, exit: '≤ 0.6' },
      );
    });
    await withClicks({ lab: echoing(lab, site), lessons, site: ROOT }, (click) =>
      compareTimings(
        'the smallest exec',
        15,
        () => click('topics/describe-orders'),
        () => plainExec('echo', 'x'),
        { firstByte: '≤ 1.0', exit: undefined },
      ),
    );
  } finally {
    await down();
  }
};
