/** The images that the compose file names, and whether they are here. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LabError } from '../../errors.ts';
import type { Stdio } from '../lab.ts';
import { compose, composeArgs, composeOf } from './compose.ts';
import { ask, refusalOf } from './engine.ts';
import type { Site } from './site.ts';

export interface Image {
  readonly service: string;
  readonly image: string;
  readonly present: boolean;
  /** Bytes on this disk. */
  readonly size?: number;
}

const execute = promisify(execFile);

/** In the order of the compose file. @throws LabError without an engine or a compose CLI. */
export const imagesOf = async (site: Site): Promise<readonly Image[]> => {
  const [engine, cli] = await Promise.all([site.engine(), composeOf(site)]);
  const args = composeArgs(site, cli, 'config');
  const { stdout } = await execute(cli.command, args, { env: site.env, cwd: site.root }).catch(
    (error: unknown) => {
      throw new LabError(
        'unavailable',
        `docker-compose.yml 을 읽지 못했습니다. ${site.root} 에서 docker-compose config 를 실행하면 이유가 나옵니다.`,
        { cause: error },
      );
    },
  );
  return Promise.all(
    parseConfig(stdout).map(async ({ service, image }) => {
      try {
        const { Size } = await ask(engine, ({ docker }) => docker.getImage(image).inspect());
        return { service, image, present: true, size: Size };
      } catch (error) {
        if (refusalOf(error) !== 404) throw error;
        return { service, image, present: false };
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

/**
 * Fetches those that are not here, the cluster's before Kafka UI's; compose tells the progress. What
 * could not be had shows in what it gives: the images as they are then.
 */
export const pullImages = async (
  site: Site,
  stdio: Stdio,
  abort: AbortSignal,
): Promise<readonly Image[]> => {
  const absent = (await imagesOf(site)).filter(({ present }) => !present);
  const cluster = absent.filter(({ service }) => service !== 'kafka-ui');
  for (const group of [cluster, absent.filter((image) => !cluster.includes(image))]) {
    const services = group.map(({ service }) => service);
    if (services.length > 0) await compose(site, ['pull', ...services], stdio, abort);
  }
  return imagesOf(site);
};
