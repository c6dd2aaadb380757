/** The containers as the engine sees them: ours by compose's labels, and strangers in our way. */
import { realpathSync } from 'node:fs';
import type Docker from 'dockerode';
import { CONTAINERS, type Container, type ContainerState } from '../lab.ts';
import { ask } from './engine.ts';
import { projectName } from './project.ts';
import { SERVICES, type Service, type Site } from './site.ts';

const LABEL = {
  project: 'com.docker.compose.project',
  folder: 'com.docker.compose.project.working_dir',
  service: 'com.docker.compose.service',
  /** `docker-compose run`: not a container of the cluster. */
  oneOff: 'com.docker.compose.oneoff',
} as const;

export interface Found {
  readonly id: string;
  readonly service: Service;
  readonly state: Exclude<ContainerState['state'], 'absent'>;
  readonly status: string;
}

/** A container of somebody else's that has a name, or the compose project, that ours would have. */
export interface Stranger {
  readonly name: string;
  readonly image: string;
  readonly status: string;
  /** The folder of the other compose file, where it is from one. */
  readonly folder: string | undefined;
  readonly sameProject: boolean;
}

export interface Census {
  readonly ours: ReadonlyMap<Service, Found>;
  readonly strangers: readonly Stranger[];
  readonly project: string;
  /** Ports of this machine that other containers publish, and the names of those. */
  readonly published: ReadonlyMap<number, string>;
}

/** One request. */
export const census = async (site: Site): Promise<Census> => {
  const engine = await site.engine();
  const all = await ask(engine, ({ docker }) => docker.listContainers({ all: true }));
  return sortOut(all, site);
};

type Listed = Pick<
  Docker.ContainerInfo,
  'Id' | 'Names' | 'Image' | 'Labels' | 'State' | 'Status' | 'Created' | 'Ports'
>;

export const sortOut = (all: readonly Listed[], site: Pick<Site, 'root' | 'env'>): Census => {
  const own = all.filter(({ Labels }) => sameFolder(Labels[LABEL.folder], site.root));
  const project =
    own.map(({ Labels }) => Labels[LABEL.project]).find((name) => name !== undefined) ??
    projectName(site.root, site.env);
  const ours = new Map<Service, Found>();
  // The newest last: while compose makes a container anew, there are two for a moment.
  for (const listed of own.toSorted((a, b) => a.Created - b.Created)) {
    const service = SERVICES.find((each) => each === listed.Labels[LABEL.service]);
    if (service === undefined || listed.Labels[LABEL.oneOff] === 'True') continue;
    ours.set(service, {
      id: listed.Id,
      service,
      state: STATES[listed.State] ?? 'exited',
      status: listed.Status,
    });
  }
  const others = all.filter((listed) => !own.includes(listed));
  const published = new Map(
    others.flatMap((listed) =>
      listed.Ports.map((port) => [port.PublicPort, nameOf(listed)] as const),
    ),
  );
  const strangers = others.flatMap((listed): Stranger[] => {
    const name = nameOf(listed);
    const sameProject = listed.Labels[LABEL.project] === project;
    if (!sameProject && !SERVICES.some((service) => service === name)) return [];
    const { Image: image, Status: status, Labels } = listed;
    return [{ name, image, status, folder: Labels[LABEL.folder], sameProject }];
  });
  return { ours, strangers, project, published };
};

const nameOf = ({ Names: [name = ''] }: Pick<Listed, 'Names'>): string => name.replace(/^\//, '');

/** `created`, `exited`, `dead` and `removing` are all "does not run". */
const STATES: Readonly<Record<string, Found['state']>> = {
  running: 'running',
  restarting: 'running',
  paused: 'paused',
};

/** Compose v2 notes the folder as the shell calls it, v1 without symbolic links. */
const sameFolder = (folder: string | undefined, root: string): boolean => {
  if (folder === undefined) return false;
  if (folder === root) return true;
  try {
    return realpathSync(folder) === root;
  } catch {
    // It is gone.
    return false;
  }
};

export const stateOf = ({ ours }: Census, name: Container): ContainerState['state'] =>
  ours.get(name)?.state ?? 'absent';

/** In the order of CONTAINERS. */
export const describe = ({ ours }: Census): readonly ContainerState[] =>
  CONTAINERS.map((name) => {
    const found = ours.get(name);
    return found === undefined
      ? { name, state: 'absent', status: '' }
      : { name, state: found.state, status: found.status };
  });
