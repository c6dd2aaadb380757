/**
 * A sidecar that has lost the engine, or that the engine has lost. The cluster runs; a proxy in front
 * of the real engine is shut, so that the engine and what runs in it go on.
 */
import { describe, expect, it, onTestFinished } from 'vitest';
import { capture, until } from '../integration/capture.ts';
import { type DockerHome, docker, pause } from './docker-home.ts';
import { makeProxy } from './engine-proxy.ts';
import { commandsIn, idle, list } from './tools.ts';

export const describeLostEngine = (home: () => DockerHome): void => {
  describe('an engine that is lost', () => {
    it('says plainly that the engine has gone, and does not hang', async () => {
      const proxy = await makeProxy();
      onTestFinished(() => proxy.close());
      const far = home().lab({ env: { DOCKER_HOST: proxy.host } });
      const output = capture();
      const exec = far.exec('kafka1', idle('kafka1'), output.stdio);
      const follower = capture();
      const follow = far.logs('kafka1', { tail: 1, follow: true }, follower.stdio);
      await until('it to run', async () =>
        (await commandsIn('kafka1')).includes('ConsoleConsumer'),
      );
      await until('a line of its log', () => follower.stdout() !== '');
      await proxy.close();
      for (const { exited } of [exec, follow]) {
        await expect(exited).rejects.toThrow(/^Docker 엔진과의 연결이 끊어져 /);
      }
      await expect(far.containers()).rejects.toMatchObject({
        name: 'LabError',
        code: 'unavailable',
      });
      // What could not be stopped then.
      await docker('restart', 'kafka1');
      await until('kafka1 to be back', async () => {
        const again = capture();
        const lab = home().lab();
        return (await lab.exec('kafka1', list('kafka1'), again.stdio).exited) === 0;
      });
    });

    it('says plainly that the engine answers nothing, and lets nobody wait for it', async () => {
      const proxy = await makeProxy();
      onTestFinished(() => proxy.close());
      const far = home().lab({ owner: 'sidecar', env: { DOCKER_HOST: proxy.host } });
      const exec = far.exec('kafka1', idle('kafka1'), capture().stdio);
      await until('it to run', async () =>
        (await commandsIn('kafka1')).includes('ConsoleConsumer'),
      );
      proxy.freeze();
      const silent = { name: 'LabError', code: 'unavailable' };
      exec.signal('kill');
      await Promise.all([
        expect(far.containers()).rejects.toMatchObject({
          ...silent,
          message: expect.stringContaining('멈춘 듯 답하지 않습니다'),
        }),
        expect(exec.exited).rejects.toMatchObject({
          ...silent,
          message: expect.stringContaining('확인하지 못했습니다'),
        }),
      ]);
      await far.close();
      await proxy.close();
      await home().lab({ owner: 'sidecar' }).reap();
      await until('nothing to be left', async () => {
        return !(await commandsIn('kafka1')).includes('ConsoleConsumer');
      });
    });

    it('ends what a killed sidecar has left running, and nothing of anybody else’s', async () => {
      const proxy = await makeProxy();
      onTestFinished(() => proxy.close());
      const killed = home().lab({ owner: 'sidecar', env: { DOCKER_HOST: proxy.host } });
      const ended = killed.exec('kafka1', idle('kafka1'), capture().stdio);
      const output = capture();
      const learners = home().lab().exec('kafka1', idle('kafka1'), output.stdio);
      const consumers = async (): Promise<number> =>
        (await commandsIn('kafka1')).match(/tools\.consumer\.ConsoleConsumer/g)?.length ?? 0;
      await until('both to run', async () => (await consumers()) === 2);
      // As far as the engine knows, that sidecar is gone: what it ran goes on.
      await proxy.close();
      await expect(ended.exited).rejects.toThrow('연결이 끊어져');
      expect(await consumers()).toBe(2);
      const next = home().lab({ owner: 'sidecar' });
      const own = next.exec('kafka1', idle('kafka1'), capture().stdio);
      await until('the third to run', async () => (await consumers()) === 3);
      await next.reap();
      await until('one to be gone', async () => (await consumers()) === 2);
      for (const each of [learners, own]) {
        each.signal('kill');
        expect(await each.exited).toBe(137);
      }
    });

    it('ends it in a paused container as soon as that goes on', async () => {
      const proxy = await makeProxy();
      onTestFinished(() => proxy.close());
      const killed = home().lab({ owner: 'sidecar', env: { DOCKER_HOST: proxy.host } });
      const ended = killed.exec('kafka3', idle('kafka3'), capture().stdio);
      const runs = async () => (await commandsIn('kafka3')).includes('ConsoleConsumer');
      await until('it to run', runs);
      await pause('kafka3');
      await proxy.close();
      await expect(ended.exited).rejects.toThrow('연결이 끊어져');
      await home().lab({ owner: 'sidecar' }).reap();
      expect(await runs()).toBe(true);
      await docker('unpause', 'kafka3');
      await until('it to be gone', async () => !(await runs()));
    });
  });
};
