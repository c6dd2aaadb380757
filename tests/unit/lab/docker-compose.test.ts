import { describe, expect, it } from 'vitest';
import { composeArgs, findCompose } from '../../../server/lab/docker/compose.ts';
import { parseConfig } from '../../../server/lab/docker/images.ts';
import { projectName } from '../../../server/lab/docker/project.ts';
import { makeFolder, makeScript } from './folder.ts';

describe('compose is', () => {
  it('the plugin of the docker CLI', async () => {
    const PATH = makeFolder();
    makeScript(PATH, 'docker', 'echo v2.39.1');
    makeScript(PATH, 'docker-compose', 'echo 1.29.2');
    expect(await findCompose({ PATH })).toEqual({
      command: 'docker',
      args: ['compose'],
      version: '2.39.1',
    });
  });

  it('docker-compose, where the CLI has no plugin', async () => {
    const PATH = makeFolder();
    makeScript(PATH, 'docker', 'exit 1');
    makeScript(PATH, 'docker-compose', 'echo 1.29.2');
    expect(await findCompose({ PATH })).toEqual({
      command: 'docker-compose',
      args: [],
      version: '1.29.2',
    });
  });

  it('broken, which says how to see it', async () => {
    const PATH = makeFolder();
    makeScript(PATH, 'docker-compose', 'exit 1');
    await expect(findCompose({ PATH })).rejects.toMatchObject({
      name: 'LabError',
      message: expect.stringContaining('docker-compose version'),
    });
  });

  it('missing, which says what to install', async () => {
    await expect(findCompose({ PATH: makeFolder() })).rejects.toMatchObject({
      name: 'LabError',
      code: 'unavailable',
      message: expect.stringContaining('docker-compose-plugin'),
    });
  });
});

describe('a project is called', () => {
  it.each([
    ['/home/me/kafka-lab', 'kafka-lab'],
    ['/home/me/Kafka Lab_2', 'kafkalab_2'],
    ['/home/me/_lab', 'lab'],
    ['/home/me/카프카 lab', 'lab'],
    ['/home/me/카프카', 'default'],
  ])('as compose calls %s: %s', (root, name) => {
    expect(projectName(root, {})).toBe(name);
  });

  it('what the environment says', () => {
    expect(projectName('/home/me/lab', { COMPOSE_PROJECT_NAME: 'other' })).toBe('other');
  });

  it('by compose itself, unless nothing is left of the name', () => {
    const compose = { command: 'docker', args: ['compose'] };
    expect(composeArgs({ root: '/lab', env: {} }, compose, 'ps')).not.toContain('-p');
    expect(composeArgs({ root: '/카프카', env: {} }, compose, 'ps')).toContain('-p');
  });
});

it('reads the images from what compose makes of its file', () => {
  const config = `name: lab
networks:
  default:
    name: lab_default
services:
  kafka1:
    depends_on:
      zookeeper:
        condition: service_healthy
    environment:
      image: not-this
    image: confluentinc/cp-kafka:7.9.4
  kafka-ui:
    image: 'ghcr.io/kafbat/kafka-ui:v1.3.0'
volumes:
  data:
    image: nor-this
`;
  expect(parseConfig(config)).toEqual([
    { service: 'kafka1', image: 'confluentinc/cp-kafka:7.9.4' },
    { service: 'kafka-ui', image: 'ghcr.io/kafbat/kafka-ui:v1.3.0' },
  ]);
});
