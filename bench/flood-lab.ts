/**
 * A sidecar in front of a lab that prints: `node flood-lab.ts PORT HOME FILE`, a process of its own so
 * that its memory and time can be measured. Its steps are those of the lessons: `kafka-topics --list` is
 * `yes`; any other tool prints FILE from memory, and `docker-compose ps` prints it by `cat` in a PTY.
 */
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { piecesOf } from '../server/lab/gate.ts';
import type { Lab, Process, Stdio } from '../server/lab/lab.ts';
import { task } from '../server/lab/process.ts';
import { spawnProcess } from '../server/lab/spawn.ts';
import { readLessons } from '../server/lessons/read.ts';
import { CONTENT } from '../server/settings.ts';
import { startSidecar } from '../server/sidecar.ts';
import { SITE, sitePolicy } from '../server/site.ts';

const [, , port = '', home = '', file = ''] = process.argv;
/** Read at the first run: an idle sidecar has none. */
let output: Buffer | undefined;
const nothing = () => task(async () => 0);
const inPty = (command: string, arg: string, stdio: Stdio): Process =>
  spawnProcess(command, [arg], { env: process.env, interactive: true, tty: true, stdio });
/** As fast as it is read. */
const fromMemory = (stdio: Stdio): Process =>
  task(async (_, gate) => {
    output ??= readFileSync(file);
    for (const piece of piecesOf(output)) {
      await gate.open();
      stdio.stdout(piece);
      await setImmediate();
    }
    return 0;
  });

const lab: Lab = {
  name: 'local',
  kafkaUi: undefined,
  up: nothing,
  ps: (stdio) => inPty('cat', file, stdio),
  down: nothing,
  control: nothing,
  logs: nothing,
  exec: (_, { args }, stdio) =>
    args.includes('--list') ? inPty('yes', '카프카', stdio) : fromMemory(stdio),
  portOf: () => 1,
  follow: () => () => {},
  containers: async () =>
    (['zookeeper', 'kafka1', 'kafka2', 'kafka3'] as const).map((name) => ({
      name,
      state: 'running',
      status: '',
    })),
  reap: async () => {},
  close: async () => {},
};

const sidecar = await startSidecar({
  port: Number(port),
  token: 'bench-'.padEnd(40, 'x'),
  home,
  lab,
  lessons: await readLessons(CONTENT),
  site: SITE,
  policy: await sitePolicy(),
});
console.log(`Ready: ${sidecar.address}`);
