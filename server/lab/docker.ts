/** The Docker lab: the guide's own compose cluster, in the containers of this machine's engine. */
import { setTimeout } from 'node:timers/promises';
import { census, describe } from './docker/containers.ts';
import { control } from './docker/control.ts';
import { down } from './docker/down.ts';
import { followEvents } from './docker/events.ts';
import { exec, reapTools } from './docker/exec.ts';
import { logs } from './docker/logs.ts';
import { removeOwn } from './docker/owned.ts';
import { ps } from './docker/ps.ts';
import { makeSite, PORTS } from './docker/site.ts';
import { up } from './docker/up.ts';
import type { Lab, Owner, Process } from './lab.ts';
import { task } from './process.ts';

export interface DockerLabOptions {
  /** The folder of docker-compose.yml, absolute. */
  readonly root: string;
  /** The `.lab` folder, absolute: what is noted there is no container's state. */
  readonly home: string;
  /** DOCKER_HOST and its like, and the variables of docker-compose.yml. */
  readonly env: NodeJS.ProcessEnv;
  /** Who makes containers through this object; `close` of a sidecar removes the sidecar's. */
  readonly owner: Owner;
}

/** How long `close` waits for runs that it has killed: one in a paused container does not end. */
const FAREWELL_MS = 20_000;

/** No engine need be there yet: each operation says what is missing. */
export const createDockerLab = (options: DockerLabOptions): Lab => {
  const site = makeSite(options);
  const live = new Set<Process>();

  /** Ended by `close`, at the latest. */
  const track = (process: Process): Process => {
    live.add(process);
    const forget = (): boolean => live.delete(process);
    process.exited.then(forget, forget);
    return process;
  };

  return {
    name: 'docker',
    kafkaUi: {
      address: `http://localhost:${PORTS['kafka-ui']}/`,
      runs: async () => (await census(site)).ours.get('kafka-ui')?.state === 'running',
    },
    up: (stdio) => track(task((abort) => up(site, stdio, abort))),
    ps: (stdio) => track(task((abort) => ps(site, stdio, abort))),
    down: (which, stdio) => track(task((abort) => down(site, which, stdio, abort))),
    control: (verb, containers, stdio) =>
      track(task((abort) => control(site, verb, containers, stdio, abort))),
    logs: (container, which, stdio) =>
      track(task((abort, gate) => logs(site, container, which, stdio, abort, gate))),
    exec: (container, command, stdio) => track(exec(site, container, command, stdio)),
    reap: () => reapTools(site),
    portOf: (broker) => PORTS[broker],
    containers: async () => describe(await census(site)),
    follow: (listener) => followEvents(site.engine, listener),
    close: async () => {
      for (const process of live) {
        process.signal('kill');
        // One that is paused does not exit before its last bytes were taken.
        process.resume();
      }
      const ended = Promise.allSettled([...live].map(({ exited }) => exited));
      await Promise.race([ended, setTimeout(FAREWELL_MS, undefined, { ref: false })]);
      if (options.owner === 'sidecar') await removeOwn(site);
    },
  };
};
