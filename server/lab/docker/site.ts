/** Where the Docker lab lives: its compose file, its notes, and the engine that carries it. */
import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { CONTAINERS, type Owner } from '../lab.ts';
import { type Engine, openEngine } from './engine.ts';

/** Of the compose file. Kafka UI is a convenience: the lab is whole without it. */
export const SERVICES = [...CONTAINERS, 'kafka-ui'] as const;
export type Service = (typeof SERVICES)[number];

/** The ports of this machine that docker-compose.yml publishes. */
export const PORTS: Readonly<Record<Service, number>> = {
  zookeeper: 2181,
  kafka1: 9092,
  kafka2: 9093,
  kafka3: 9094,
  'kafka-ui': 8080,
};

export interface Site {
  readonly owner: Owner;
  /** The folder of docker-compose.yml, without symbolic links: compose's label holds it. */
  readonly root: string;
  /** The lab's own notes; deleting them loses no container. */
  readonly notes: string;
  readonly env: NodeJS.ProcessEnv;
  /** Tells what this object has run from what those before it have. */
  readonly session: string;
  /** Asked for once it is needed; one that could not be found is looked for again. */
  engine(): Promise<Engine>;
}

export interface SiteOptions {
  readonly root: string;
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly owner: Owner;
}

export const makeSite = ({ root, home, env, owner }: SiteOptions): Site => {
  let engine: Promise<Engine> | undefined;
  return {
    owner,
    env,
    root: realpathSync(root),
    notes: join(home, 'docker'),
    session: randomBytes(8).toString('hex'),
    engine: () => {
      engine ??= openEngine(env).catch((error: unknown) => {
        engine = undefined;
        throw error;
      });
      return engine;
    },
  };
};
