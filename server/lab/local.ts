/** The local lab: real Kafka and ZooKeeper in four local JVMs, in the place of containers. */
import { join } from 'node:path';
import { isBroker, type Lab, type Owner, type Process, type Stdio } from './lab.ts';
import { describe, observe } from './local/containers.ts';
import { control } from './local/control.ts';
import { down, remove } from './local/down.ts';
import { withLock } from './local/lock.ts';
import { logs } from './local/logs.ts';
import { ps } from './local/ps.ts';
import { PORTS, type Ports, type Site } from './local/site.ts';
import { exec, reapTools } from './local/tools.ts';
import { up } from './local/up.ts';
import { task } from './process.ts';

export interface LocalLabOptions {
  /** The `.lab` folder, absolute. */
  readonly home: string;
  /** Who makes containers through this object; `close` of a sidecar ends the sidecar's. */
  readonly owner: Owner;
  /** An installed Kafka 3.9, instead of jars from Maven. */
  readonly kafkaHome?: string | undefined;
  /** Other than the guide's: for tests, which never touch a lab that runs. */
  readonly ports?: Ports | undefined;
}

export const createLocalLab = ({ home, owner, kafkaHome, ports = PORTS }: LocalLabOptions): Lab => {
  const site: Site = { owner, kafkaHome, ports, root: join(home, 'local') };
  const live = new Set<Process>();

  /** Ended by `close`, at the latest. */
  const track = (process: Process): Process => {
    live.add(process);
    const forget = (): boolean => live.delete(process);
    process.exited.then(forget, forget);
    return process;
  };

  return {
    name: 'local',
    kafkaUi: undefined,
    up: (stdio) => track(task((abort) => up(site, stdio, abort))),
    ps: (stdio) => track(task(() => ps(site, stdio))),
    down: (options, stdio) => track(task((abort) => down(site, options, stdio, abort))),
    control: (verb, containers, stdio) =>
      track(task((abort) => control(site, verb, containers, stdio, abort))),
    logs: (container, options, stdio) =>
      track(task((abort, gate) => logs(site, container, options, stdio, abort, gate))),
    exec: (container, options, stdio) => track(exec(site, container, options, stdio)),
    reap: () => reapTools(site),
    portOf: (broker) => ports.brokers[broker].external,
    containers: async () => (await observe(site)).map(describe),
    // Whether a process is there costs next to nothing to ask.
    follow: () => () => {},
    close: async () => {
      for (const process of live) {
        process.signal('kill');
        // One that is paused does not exit before its last bytes were taken.
        process.resume();
      }
      await Promise.allSettled([...live].map(({ exited }) => exited));
      if (owner === 'sidecar') await removeOwn(site);
    },
  };
};

const SILENT: Stdio = { stdout: () => {}, stderr: () => {}, size: undefined };

/** Also what a crashed sidecar has left. */
const removeOwn = (site: Site): Promise<void> =>
  withLock(site, {}, async () => {
    const containers = (await observe(site)).filter(({ state }) => state !== 'absent');
    const others = containers.filter(({ record }) => record?.owner !== 'sidecar');
    // A broker that somebody else made cannot live without ZooKeeper.
    const needed = others.some(({ name, state }) => isBroker(name) && state !== 'exited');
    const own = containers.filter(
      ({ name, record }) => record?.owner === 'sidecar' && (isBroker(name) || !needed),
    );
    await remove(site, own, SILENT);
  });
