/**
 * A sidecar in front of a lab that prints: `node flood-lab.ts PORT HOME`, a process of its own so that
 * its memory and time can be measured. Its steps are those of the lessons; each exec of `kafka-topics
 * --list` is `yes`, any other prints the realistic output that the bench draws.
 */
import type { Lab } from '../server/lab/lab.ts';
import { task } from '../server/lab/process.ts';
import { spawnProcess } from '../server/lab/spawn.ts';
import { readLessons } from '../server/lessons/read.ts';
import { CONTENT } from '../server/settings.ts';
import { startSidecar } from '../server/sidecar.ts';
import { SITE, sitePolicy } from '../server/site.ts';

const [, , port = '', home = '', file = ''] = process.argv;
const nothing = () => task(async () => 0);

const lab: Lab = {
  name: 'local',
  kafkaUi: undefined,
  up: nothing,
  ps: nothing,
  down: nothing,
  control: nothing,
  logs: nothing,
  exec: (_, { args }, stdio) => {
    const [command = '', ...rest] = args.includes('--list') ? ['yes', '카프카'] : ['cat', file];
    return spawnProcess(command, rest, { env: process.env, interactive: true, tty: true, stdio });
  },
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
