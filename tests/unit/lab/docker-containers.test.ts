import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describe as describeContainers, sortOut } from '../../../server/lab/docker/containers.ts';
import { refuseSameProject, refuseStrangers } from '../../../server/lab/docker/strangers.ts';
import { explainEnding } from '../../../server/lab/docker/why.ts';
import { makeFolder } from './folder.ts';

const LABEL = 'com.docker.compose';

const listed = (name: string, folder: string | undefined, more: object = {}) => ({
  Id: `id-of-${name}`,
  Names: [`/${name}`],
  Image: 'image:1',
  State: 'running',
  Status: 'Up 5 minutes',
  Created: 1,
  Ports: [],
  Labels: {
    ...(folder !== undefined && {
      [`${LABEL}.project`]: 'lab',
      [`${LABEL}.project.working_dir`]: folder,
      [`${LABEL}.service`]: name,
      [`${LABEL}.oneoff`]: 'False',
    }),
  },
  ...more,
});

describe('a container is ours', () => {
  it('by the folder of its compose file, also through a symbolic link', () => {
    const folder = makeFolder();
    const root = join(folder, 'lab');
    mkdirSync(root);
    symlinkSync(root, join(folder, 'link'));
    const all = [listed('kafka1', root), listed('kafka2', join(folder, 'link'))];
    const census = sortOut(all, { root, env: {} });
    expect([...census.ours.keys()]).toEqual(['kafka1', 'kafka2']);
    expect(census.strangers).toEqual([]);
  });

  it('never by its name', () => {
    const all = [listed('kafka1', undefined), listed('unrelated', undefined)];
    const census = sortOut(all, { root: '/lab', env: {} });
    expect(census.ours.size).toBe(0);
    expect(census.strangers).toMatchObject([{ name: 'kafka1', sameProject: false }]);
    expect(() => refuseStrangers(census)).toThrow('docker rename kafka1');
    expect(() => refuseSameProject(census)).not.toThrow();
  });

  it('not when a folder of the same name has made it', () => {
    const census = sortOut([listed('web', '/elsewhere/lab')], { root: '/here/lab', env: {} });
    expect(census.ours.size).toBe(0);
    expect(() => refuseSameProject(census)).toThrow('/elsewhere/lab');
  });

  it('in the newest of two, while compose makes it anew', () => {
    const old = listed('kafka1', '/lab', { Id: 'old', Created: 1, State: 'exited' });
    const now = listed('kafka1', '/lab', { Id: 'new', Created: 2 });
    const { ours } = sortOut([now, old], { root: '/lab', env: {} });
    expect(ours.get('kafka1')).toMatchObject({ id: 'new', state: 'running' });
  });

  it('and is told in Docker’s words', () => {
    const exited = { State: 'exited', Status: 'Exited (143) 3 seconds ago' };
    const all = [
      listed('kafka1', '/lab', { State: 'paused', Status: 'Up 5 minutes (Paused)' }),
      listed('kafka2', '/lab', exited),
      listed('kafka3', '/lab', { State: 'created', Status: 'Created' }),
    ];
    expect(describeContainers(sortOut(all, { root: '/lab', env: {} }))).toEqual([
      { name: 'zookeeper', state: 'absent', status: '' },
      { name: 'kafka1', state: 'paused', status: 'Up 5 minutes (Paused)' },
      { name: 'kafka2', state: 'exited', status: 'Exited (143) 3 seconds ago' },
      { name: 'kafka3', state: 'exited', status: 'Created' },
    ]);
  });
});

describe('a broker’s end is explained', () => {
  const end = { exitCode: 1, outOfMemory: false, log: 'a\nb\n' };
  it.each([
    ['its own last lines', end, 'a\nb'],
    ['volumes of another cluster', { ...end, log: 'Invalid cluster.id in: x' }, 'down -v'],
    ['too little memory', { ...end, exitCode: 137, outOfMemory: true }, '4 GB'],
    ['a kill', { ...end, exitCode: 137 }, 'SIGKILL'],
    ['a full disk', { ...end, log: 'No space left on device' }, 'docker system df'],
  ])('by %s', (_, ending, words) => {
    expect(explainEnding('kafka2', ending)).toContain(words);
  });
});
