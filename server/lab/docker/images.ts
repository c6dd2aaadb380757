/** The images that the compose file names, and whether they are here. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LabError } from '../../errors.ts';
import { composeArgs, composeOf } from './compose.ts';
import { ask, refusalOf } from './engine.ts';
import type { Site } from './site.ts';

export interface Image {
  readonly image: string;
  /** Those that run it: the three brokers share theirs. */
  readonly services: readonly string[];
  readonly present: boolean;
  /** Bytes on this disk. */
  readonly size?: number;
}

const execute = promisify(execFile);

const named = new WeakMap<Site, Promise<string>>();

/** Asked once: compose v1 takes 0.3 s for it, and the file is the repository's own. */
const configOf = (site: Site): Promise<string> => {
  const known =
    named.get(site) ??
    askCompose(site).catch((error: unknown) => {
      named.delete(site);
      throw error;
    });
  named.set(site, known);
  return known;
};

const askCompose = async (site: Site): Promise<string> => {
  const cli = await composeOf(site);
  const args = composeArgs(site, cli, 'config');
  const options = { env: site.env, cwd: site.root };
  const { stdout } = await execute(cli.command, args, options).catch((error: unknown) => {
    throw new LabError(
      'unavailable',
      `docker-compose.yml 을 읽지 못했습니다. ${site.root} 에서 docker-compose config 를 실행하면 이유가 나옵니다.`,
      { cause: error },
    );
  });
  return stdout;
};

/** In the order of the compose file. @throws LabError without an engine or a compose CLI. */
export const imagesOf = async (site: Site): Promise<readonly Image[]> => {
  const [engine, config] = await Promise.all([site.engine(), configOf(site)]);
  const byImage = Map.groupBy(parseConfig(config), ({ image }) => image);
  return Promise.all(
    [...byImage].map(async ([image, users]) => {
      const services = users.map(({ service }) => service);
      try {
        const { Size } = await ask(engine, ({ docker }) => docker.getImage(image).inspect());
        return { image, services, present: true, size: Size };
      } catch (error) {
        if (refusalOf(error) !== 404) throw error;
        return { image, services, present: false };
      }
    }),
  );
};

/** `compose config` prints plain YAML of one shape, v1 and v2 alike: services two blanks deep. */
export const parseConfig = (text: string): { service: string; image: string }[] => {
  const images: { service: string; image: string }[] = [];
  let section = '';
  let service = '';
  for (const line of text.split('\n')) {
    section = /^(\S+):/.exec(line)?.[1] ?? section;
    service = /^ {2}(\S+):\s*$/.exec(line)?.[1] ?? service;
    const image = /^ {4}image: *['"]?([^'"\s]+)/.exec(line)?.[1];
    if (section === 'services' && image !== undefined) images.push({ service, image });
  }
  return images;
};
