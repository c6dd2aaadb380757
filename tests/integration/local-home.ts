/** Homes for local labs under test: beside no lab that runs, on ports that nobody has. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab, Owner } from '../../server/lab/lab.ts';
import { resolveJars } from '../../server/lab/local/jars.ts';
import { withLock } from '../../server/lab/local/lock.ts';
import { ours } from '../../server/lab/local/processes.ts';
import { PORTS, type Ports, type Site } from '../../server/lab/local/site.ts';
import { createLocalLab } from '../../server/lab/local.ts';
import { freePort } from '../free-port.ts';
import { capture } from './capture.ts';

/** Git-ignored. Only the jars stay between runs. */
const SHARED = join(import.meta.dirname, '../../.lab-test');

export interface LocalHome {
  readonly home: string;
  readonly ports: Ports;
  readonly site: Site;
  lab(owner?: Owner): Lab;
  /** The lab's processes that run now, tools included. */
  processes(): Promise<readonly number[]>;
  /** Ends whatever runs there still, and removes the folder. */
  dispose(): Promise<void>;
}

export const makeLocalHome = async (): Promise<LocalHome> => {
  mkdirSync(SHARED, { recursive: true });
  const home = mkdtempSync(join(SHARED, 'home-'));
  const root = join(home, 'local');
  const site: Site = { owner: 'cli', kafkaHome: undefined, ports: await freePorts(), root };
  mkdirSync(root);
  symlinkSync(await sharedJars(), join(root, 'jars-3.9.1'));
  const processes = async () => (await ours(site)).map(({ pid }) => pid);
  return {
    home,
    site,
    ports: site.ports,
    lab: (owner = 'cli') => createLocalLab({ home, owner, ports: site.ports }),
    processes,
    dispose: async () => {
      for (const pid of await processes()) process.kill(pid, 'SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
};

/** Downloaded once for all runs. */
const sharedJars = async (): Promise<string> => {
  const site: Site = {
    owner: 'cli',
    kafkaHome: undefined,
    ports: PORTS,
    root: join(SHARED, 'shared'),
  };
  const jars = await withLock(site, {}, () =>
    resolveJars(site, capture().stdio, new AbortController().signal),
  );
  if (!existsSync(jars.folder)) throw new Error('there are no jars');
  return jars.folder;
};

/** All held at once, so that they differ; then let go. */
const freePorts = async (): Promise<Ports> => {
  const free = new Set<number>();
  while (free.size < 7) free.add(await freePort());
  const [zookeeper = 0, e1 = 0, i1 = 0, e2 = 0, i2 = 0, e3 = 0, i3 = 0] = [...free];
  return {
    zookeeper,
    brokers: {
      kafka1: { external: e1, internal: i1 },
      kafka2: { external: e2, internal: i2 },
      kafka3: { external: e3, internal: i3 },
    },
  };
};
