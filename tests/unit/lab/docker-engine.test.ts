import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findEngine, unreachable } from '../../../server/lab/docker/engine.ts';
import { connectionOf, engineHost } from '../../../server/lab/docker/host.ts';
import { makeFolder, makeScript } from './folder.ts';

/** What `docker context use NAME` leaves, and a docker CLI that knows this context alone. */
const chosen = (name: string, host: string): NodeJS.ProcessEnv => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ currentContext: name }));
  makeScript(folder, 'docker', `[ "$5" = known ] && echo '${host}'`);
  return { DOCKER_CONFIG: folder, PATH: `${folder}:${process.env.PATH}` };
};

describe('the engine is', () => {
  it('DOCKER_HOST before anything else', async () => {
    const env = { ...chosen('known', 'unix:///context.sock'), DOCKER_HOST: 'tcp://localhost:2375' };
    expect(await engineHost(env)).toBe('tcp://localhost:2375');
  });

  it('that of the context in use', async () => {
    expect(await engineHost(chosen('known', 'unix:///context.sock'))).toBe('unix:///context.sock');
  });

  it('that of DOCKER_CONTEXT before the one in use', async () => {
    const env = { ...chosen('default', 'unix:///context.sock'), DOCKER_CONTEXT: 'known' };
    expect(await engineHost(env)).toBe('unix:///context.sock');
  });

  it('the default where no context was ever chosen, or there is no CLI to ask', async () => {
    const socket = 'unix:///var/run/docker.sock';
    expect(await engineHost({ DOCKER_CONFIG: makeFolder() })).toBe(socket);
    expect(await engineHost({ ...chosen('known', ''), PATH: makeFolder() })).toBe(socket);
  });

  it('not that of a context that points nowhere', async () => {
    await expect(engineHost(chosen('gone', ''))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('"gone"'),
    });
  });
});

describe('an engine', () => {
  it('is called by its socket, or by a port of this machine', () => {
    expect(connectionOf('unix:///run/docker.sock', {})).toEqual({ socketPath: '/run/docker.sock' });
    expect(connectionOf('tcp://127.0.0.1:2375', {})).toMatchObject({
      host: '127.0.0.1',
      port: '2375',
      protocol: 'http',
    });
  });

  it.each(['tcp://docker.example:2375', 'ssh://me@example', 'nonsense'])(
    'must be on this machine: %s',
    (host) => {
      expect(() => connectionOf(host, {})).toThrow(host);
    },
  );

  it('that is off is told apart from one that may not be used', () => {
    expect(unreachable('ECONNREFUSED', 'unix:///x')).toContain('systemctl start docker');
    expect(unreachable('EACCES', 'unix:///x')).toContain('usermod -aG docker');
  });

  it('that is off, or hangs up, is a LabError that names it', async () => {
    const missing = `unix://${makeFolder()}/docker.sock`;
    await expect(findEngine({ DOCKER_HOST: missing })).rejects.toMatchObject({
      name: 'LabError',
      code: 'unavailable',
      message: expect.stringContaining(missing),
    });
    const path = join(makeFolder(), 'docker.sock');
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(path, resolve));
    onTestFinished(() => void server.close());
    await expect(findEngine({ DOCKER_HOST: `unix://${path}` })).rejects.toMatchObject({
      name: 'LabError',
      message: expect.stringContaining('응답하지 않습니다'),
    });
  });
});
